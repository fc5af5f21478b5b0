namespace ForensicHeads.Detector.Networks;

/// <summary>
/// <c>cnn</c>: a small convolutional network on the nearest-neighbour residual and RGB, trained by <c>CnnTraining</c> on training people
/// and run by ONNX Runtime.
/// </summary>
/// <remarks>
/// float32[65]: the logit, positive = generated, then the 64 values of the penultimate vector, none negative. On the frames that the
/// network learnt from these are over-confident: whoever trains on them takes <c>CnnFeatures.OutOfFold</c>.
/// </remarks>
public sealed class CnnFamily : IFileFamily
{
    /// <summary>The family's name.</summary>
    public const string FamilyName = "cnn";

    /// <summary>Name of the file in a detector's folder.</summary>
    public const string ModelFile = "cnn.onnx";

    /// <summary>Length of the penultimate vector.</summary>
    public const int VectorLength = 64;

    /// <summary>What a file of this family calls itself in its metadata.</summary>
    public const string Kind = "forensicheads-cnn";

    /// <summary>The columns' names, the same at every size.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["logit", .. Enumerable.Range(0, VectorLength).Select(i => FormattableString.Invariant($"vector_{i:D2}"))];

    private readonly OnnxSession session;

    private CnnFamily(byte[] model, string source)
    {
        session = new OnnxSession(model, source, "Restore it or train again.", Kind);
        FileBytes = model;
        Sha256 = Hashes.Of(model);
    }

    /// <inheritdoc/>
    public string Name => FamilyName;

    /// <inheritdoc/>
    public string FileName => ModelFile;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> FileBytes { get; }

    /// <inheritdoc/>
    public string Sha256 { get; }

    /// <summary>What the file says about its training.</summary>
    public IReadOnlyDictionary<string, string> Metadata => session.Metadata;

    /// <summary>Opens a trained network.</summary>
    /// <param name="path">An ONNX file that <c>CnnTraining</c> made.</param>
    /// <exception cref="UserErrorException">Missing, or not such a file.</exception>
    public static CnnFamily Open(string path) => PlainFile.Reading(
        $"the network {path}", () => FromBytes(PlainFile.ReadBytes(path), path), "Name a file that a training wrote.");

    /// <summary>Opens a trained network from its bytes, which are kept.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="UserErrorException">Not such a file.</exception>
    public static CnnFamily FromBytes(byte[] model, string source = ModelFile)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new CnnFamily(model, source);
    }

    /// <inheritdoc/>
    public int Length(int size) => 1 + VectorLength;

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames(int size) => Columns;

    /// <inheritdoc/>
    public void Compute(RgbImage image, Span<float> features)
    {
        GreyPlane.Check(this, image, features);
        var input = GC.AllocateUninitializedArray<float>(CnnInput.Channels * image.Width * image.Height);
        CnnInput.Fill(image, input);
        using var found = session.Run(input, 1, CnnInput.Channels, image.Height, image.Width);
        found.Take(0, features.Length).CopyTo(features);
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();
}
