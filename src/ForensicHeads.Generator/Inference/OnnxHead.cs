namespace ForensicHeads.Generator.Inference;

/// <summary>A head of the few-shot generator in ONNX Runtime. A frame's bytes depend neither on the batch it is in nor on the number of
/// threads.</summary>
public sealed class OnnxHead : ITalkingHead
{
    private readonly OnnxNetwork network;
    private readonly RenderOptions options;

    /// <summary>Opens an exported head.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="options">Batch and threads, or null for the defaults.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <exception cref="UserErrorException">It is no ONNX model of a head, or an option is out of range.</exception>
    public OnnxHead(byte[] model, RenderOptions? options = null, string source = "The exported head")
    {
        this.options = (options ?? new RenderOptions()).Validated();
        network = new OnnxNetwork(model, source, HeadExport.Input, 3, HeadExport.Output);
    }

    /// <summary>Side of a frame in pixels.</summary>
    public int Size => network.Size;

    /// <summary>The fields of <see cref="OnnxMetadata"/>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => network.Metadata;

    /// <inheritdoc/>
    public RgbImage[] Render(IReadOnlyList<Landmarks68> drivers)
    {
        var result = new RgbImage[drivers.Count];
        var threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        for (var start = 0; start < drivers.Count; start += options.Batch)
        {
            var count = Math.Min(options.Batch, drivers.Count - start);
            var parts = Math.Min(threads, count);
            var first = start;
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part =>
                Part(first + (count * part / parts), first + (count * (part + 1) / parts)));
        }

        return result;

        void Part(int from, int to)
        {
            var length = 3 * Size * Size;
            var landmarks = new float[(to - from) * length];
            for (var i = from; i < to; i++) PlanarPixels.Read(
                LandmarkRaster.Draw(drivers[i], Size), landmarks.AsSpan((i - from) * length, length));
            var frames = network.Run(landmarks, to - from);
            for (var i = from; i < to; i++) result[i] = PlanarPixels.ToImage(frames.AsSpan((i - from) * length, length), Size);
        }
    }

    /// <summary>The network alone: landmark images float32[count, 3, S, S] in −1…1 to frames of the same form, on the calling
    /// thread.</summary>
    public float[] Compute(float[] landmarks, int count) => network.Run(landmarks, count);

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
