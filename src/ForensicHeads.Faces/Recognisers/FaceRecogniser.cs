namespace ForensicHeads.Faces.Recognisers;

/// <summary>A published recogniser of real faces, run by ONNX Runtime. Embeds from several threads at once.</summary>
public sealed class FaceRecogniser : IFaceIdentity
{
    private readonly OnnxSession session;

    private FaceRecogniser(RecogniserDesign design, byte[] model)
    {
        Design = design;
        session = new OnnxSession(model, design.Name, "Fetch the models again.", design.Name);
    }

    /// <summary>Which of them this is.</summary>
    public RecogniserDesign Design { get; }

    /// <inheritdoc/>
    public string Name => Design.Name;

    /// <inheritdoc/>
    public int Size => Design.Side;

    /// <inheritdoc/>
    public int Length => Design.Length;

    /// <inheritdoc/>
    public string Sha256 => Design.Sha256;

    /// <summary>Loads one.</summary>
    /// <param name="design">Which.</param>
    /// <param name="modelsFolder">The folder of <c>--models</c>, or null for the usual places.</param>
    /// <exception cref="UserErrorException">A file is missing, or not the pinned content.</exception>
    public static FaceRecogniser Load(RecogniserDesign design, string? modelsFolder = null)
    {
        ArgumentNullException.ThrowIfNull(design);
        return new FaceRecogniser(design, design.Write([.. design.Models.Select(model => ModelRegistry.Load(model, modelsFolder))]).Bytes);
    }

    /// <inheritdoc/>
    /// <remarks>Frames of any size; a face smaller than the network's is enlarged, which <see cref="RecogniserDesign.Reduction"/>
    /// tells.</remarks>
    /// <exception cref="UserErrorException">A frame has landmarks that span no face.</exception>
    public float[][] Embed(IReadOnlyList<Shot> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var result = new float[frames.Count][];
        ParallelLoop.Run(result.Length, i => result[i] = Embed(FivePoints.Read(frames[i], Design)));
        return result;
    }

    /// <summary>The unit vector of an aligned face.</summary>
    /// <param name="face">float32[3 · side · side] in R G B 0…255, plane by plane.</param>
    internal float[] Embed(float[] face)
    {
        using var output = session.Run(face, 1, 3, Size, Size);
        var vector = output.Take(0, Length).ToArray();
        var length = Math.Sqrt(vector.Sum(value => (double)value * value));
        return Array.ConvertAll(vector, value => (float)(value / Math.Max(length, 1e-12)));
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();
}
