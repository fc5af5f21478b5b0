using ForensicHeads.Foundation;
using ForensicHeads.Neural.Files;

namespace ForensicHeads.Detector;

/// <summary>Measures the frames of a training piece by piece and keeps each piece on disk, so that a training that was killed goes on from there.</summary>
/// <remarks>A piece is found by its content: pictures, conditions, families, size and code. A damaged one is measured again.</remarks>
internal sealed class FeatureSpool
{
    /// <summary>Changes whenever the same frames would give other features.</summary>
    private const string CodeVersion = "1";

    private const string Values = "features";
    private const int FramesAPiece = 512;

    private readonly string folder;

    /// <summary>Opens the spool of a detector that is to lie at <paramref name="detector"/>.</summary>
    public FeatureSpool(string detector)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(detector)) + ".features";
        Leftovers.RemoveIn(folder);
    }

    /// <summary>The features of each frame, in order.</summary>
    public float[][] Extract(FeatureLayout layout, IReadOnlyList<StoreFrame> frames, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var rows = new List<float[]>(frames.Count);
        foreach (var piece in frames.Chunk(FramesAPiece))
        {
            var file = Path.Combine(folder, Name(layout, piece) + ".safetensors");
            rows.AddRange(Kept(layout, file, piece.Length) ?? Measure(layout, file, piece, cancellation));
            progress?.Report(new StepProgress("features", rows.Count, frames.Count, "frames"));
        }

        return [.. rows];
    }

    /// <summary>Removes it, once the detector is written.</summary>
    public void Remove()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static string Name(FeatureLayout layout, StoreFrame[] piece) => Hashes.OfText(string.Join(
        '\n', [CodeVersion, $"{layout.Size}", string.Join(',', layout.Families), .. piece.Select(frame => $"{frame.Store.ContentHash} {frame.Record.Key} {frame.Condition?.Name}")]));

    private static float[][]? Kept(FeatureLayout layout, string file, int count)
    {
        if (!File.Exists(file)) return null;
        try
        {
            var values = NetworkFile.Find(SafetensorsFile.Read(file), Values, [count, layout.Length], file).Values;
            return [.. values.Chunk(layout.Length)];
        }
        catch (UserErrorException)
        {
            return null;
        }
    }

    private static float[][] Measure(FeatureLayout layout, string file, StoreFrame[] piece, CancellationToken cancellation)
    {
        var rows = FeatureExtractor.Extract(piece.Length, i => piece[i].Read(layout.Size), layout, null, cancellation);
        SafetensorsFile.Write(file, [new NamedTensor(Values, [rows.Length, layout.Length], [.. rows.SelectMany(row => row)])], new Dictionary<string, string>());
        return rows;
    }
}
