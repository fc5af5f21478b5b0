namespace ForensicHeads.Detector.Foreign;

/// <summary>A network of others in an ONNX file, run on all cores without libtorch.</summary>
public sealed class OnnxDetector : IForeignDetector
{
    // Where the batch is free. Larger ones were no faster, and a batch is in memory once a core.
    private const int UsualBatch = 4;
    private const int MostNumbers = 1 << 26;
    private readonly OnnxNetwork network;
    private readonly PictureTensor tensor;
    private readonly int batch;

    private OnnxDetector(DetectorFile file, byte[] model)
    {
        File = file;
        Sha256 = Hashes.OfText($"{CanonicalJson.ToLine(file)}\n{Hashes.Of(model)}");
        tensor = new PictureTensor(file.Input!, file.Clip);
        network = new OnnxNetwork(file, model);
        try
        {
            var said = RampCheck.Run(network, file.Input!, file.Clip);
            if (file.Output!.Activation == OutputActivation.Softmax && said.Length < 2) throw new UserErrorException(
                $"{file.Source}: output.activation is softmax, and {file.Output.Name} gives one number for a picture; allowed are none and "
                + "sigmoid. Correct the file.", exitCode: 2);
            RampCheck.Check(network, file, said);
            batch = network.IsBatched && RunsInBatches(said) ? Math.Clamp(MostNumbers / tensor.Length, 1, UsualBatch) : 1;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public DetectorFile File { get; }

    /// <inheritdoc/>
    public string Sha256 { get; }

    /// <summary>Opens a network that is at hand.</summary>
    /// <param name="file">A description of kind onnx.</param>
    /// <param name="model">The ONNX file.</param>
    /// <exception cref="UserErrorException">Not the pinned content, not an ONNX file that runs, or input, output or what it says of the
    /// check picture are others than described.</exception>
    public static OnnxDetector FromBytes(DetectorFile file, byte[] model)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(model);
        if (Hashes.Of(model) is var found && found != file.Sha256) throw new UserErrorException(
            $"{file.Source}: sha256 is {file.Sha256}, and that of {file.File} is {found}. Fetch the file again, or correct the hash.",
            exitCode: 2);
        return new OnnxDetector(file, model);
    }

    /// <inheritdoc/>
    public IReadOnlyList<double?[]> Score(IReadOnlyList<IReadOnlyList<ForeignSample>> clips, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clips);
        double?[][] scores = [.. clips.Select(clip => new double?[clip.Count])];
        var parts = clips.SelectMany((clip, i) => ClipWindow.Of(i, clip.Count, File.Clip)).Chunk(batch).ToArray();
        ParallelLoop.Run(parts.Length, part => Score(clips, parts[part], scores), cancellation);
        return scores;
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();

    private void Score(IReadOnlyList<IReadOnlyList<ForeignSample>> clips, ClipWindow[] windows, double?[][] scores)
    {
        var values = GC.AllocateUninitializedArray<float>(windows.Length * tensor.Length);
        var seen = new List<ClipWindow>(windows.Length);
        foreach (var window in windows)
        {
            if (Fill(clips[window.Clip], window.First, values.AsSpan(seen.Count * tensor.Length, tensor.Length))) seen.Add(window);
        }

        if (seen.Count == 0) return;
        var raw = network.Run(values.AsMemory(0, seen.Count * tensor.Length), seen.Count, tensor.Sides);
        var each = raw.Length / seen.Count;
        foreach (var (i, window) in seen.Index())
            scores[window.Clip].AsSpan(window.From, window.Count).Fill(File.Output!.Score(raw.AsSpan(i * each, each)));
    }

    // False where a frame shows no face.
    private bool Fill(IReadOnlyList<ForeignSample> clip, int first, Span<float> item)
    {
        for (var frame = 0; frame < (File.Clip?.Frames ?? 1); frame++)
        {
            var sample = clip[first + (frame * (File.Clip?.Every ?? 1))];
            if (ForeignCrop.Of(sample, File.Crop!, File.Input!) is not { } picture) return false;
            tensor.Fill(picture, frame, item);
        }

        return true;
    }

    // Some graphs call their batch free and then take one picture alone, or mix the pictures up.
    private bool RunsInBatches(float[] one)
    {
        try
        {
            var two = RampCheck.Run(network, File.Input!, File.Clip, count: 2);
            return two.Length == 2 * one.Length && two.Zip([.. one, .. one]).All(pair => pair.First.Equals(pair.Second));
        }
        catch (UserErrorException)
        {
            return false;
        }
    }
}
