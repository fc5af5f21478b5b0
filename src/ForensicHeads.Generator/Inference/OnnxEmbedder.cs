namespace ForensicHeads.Generator.Inference;

/// <summary>The embedder E in ONNX Runtime.</summary>
public sealed class OnnxEmbedder : IDisposable
{
    private const int Batch = 16;
    private readonly OnnxNetwork network;

    /// <summary>Opens an exported embedder.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <exception cref="UserErrorException">It is no ONNX model of an embedder.</exception>
    public OnnxEmbedder(byte[] model, string source = "The exported embedder") =>
        network = new OnnxNetwork(model, source, EmbedderExport.Input, 6, EmbedderExport.Output);

    /// <summary>Side of a frame in pixels.</summary>
    public int Size => network.Size;

    /// <summary>N, the length of a vector.</summary>
    public int Length => network.OutputLength;

    /// <summary>The fields of <see cref="OnnxMetadata"/>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => network.Metadata;

    /// <summary>ê of the shots, float32[N]: the mean over them.</summary>
    /// <exception cref="UserErrorException">There are none, or one has another size.</exception>
    public float[] Embed(IReadOnlyList<Shot> shots)
    {
        if (shots.Count == 0) throw new UserErrorException("No shots were given; an embedding needs at least one.", exitCode: 2);
        var sum = new double[Length];
        var half = 3 * Size * Size;
        foreach (var chunk in shots.Chunk(Batch))
        {
            var pairs = new float[chunk.Length * 2 * half];
            for (var i = 0; i < chunk.Length; i++)
            {
                var image = chunk[i].Image;
                if (image.Width != Size || image.Height != Size)
                    throw new UserErrorException(
                        $"A shot is {image.Width}×{image.Height}, but this embedder works at {Size} px. "
                        + $"Make the store with --size {Size}.");
                PlanarPixels.Read(image, pairs.AsSpan(2 * i * half, half));
                PlanarPixels.Read(LandmarkRaster.Draw(chunk[i].Landmarks, Size), pairs.AsSpan(((2 * i) + 1) * half, half));
            }

            var vectors = network.Run(pairs, chunk.Length);
            for (var i = 0; i < vectors.Length; i++) sum[i % Length] += vectors[i];
        }

        return Array.ConvertAll(sum, value => (float)(value / shots.Count));
    }

    /// <summary>The network alone: frames and landmark images float32[count, 6, S, S] in −1…1 to float32[count, N].</summary>
    public float[] Compute(float[] framesAndLandmarks, int count) => network.Run(framesAndLandmarks, count);

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
