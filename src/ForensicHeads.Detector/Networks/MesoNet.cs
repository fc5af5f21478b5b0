namespace ForensicHeads.Detector.Networks;

/// <summary>Meso-4 or MesoInception-4 (Afchar et al. 2018, arXiv 1809.00888), published or retrained, run by ONNX Runtime on 256×256 pixels
/// in 0…1.</summary>
/// <remarks>
/// The published networks were taught with 1 = real: their data generator numbers class folders by the alphabet, <c>df</c> before
/// <c>real</c> (their example.py; in issue 9 of DariusAf/MesoNet a picture of class 1 gets 0.998). So a published score is minus the logit;
/// that of a retrained network, taught with 1 = generated, is the logit itself.
/// </remarks>
public sealed class MesoNet : IBaselineNetwork
{
    /// <summary>What a file of this class calls itself in its metadata.</summary>
    public const string Kind = "forensicheads-mesonet";

    /// <summary>The metadata field that says which class has positive logits: <c>real</c> or <c>generated</c>.</summary>
    public const string PositiveField = "positive";

    private const int Channels = 3;
    private readonly OnnxSession session;
    private readonly double sign;

    private MesoNet(byte[] model, string name)
    {
        session = new OnnxSession(model, name, "Restore it or train again.", Kind);
        Name = name;
        Model = model;
        sign = session.Metadata.GetValueOrDefault(PositiveField) == Label.Real.Text() ? -1 : 1;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Size => MesoExport.Size;

    /// <summary>The network as an ONNX file.</summary>
    public ReadOnlyMemory<byte> Model { get; }

    /// <summary>The four published networks, as <see cref="ModelRegistry"/> knows them.</summary>
    public static IReadOnlyList<FaceModel> PublishedModels { get; } =
        [FaceModels.Meso4Deepfakes, FaceModels.Meso4Face2Face, FaceModels.MesoInceptionDeepfakes, FaceModels.MesoInceptionFace2Face];

    /// <summary>Opens a published network.</summary>
    /// <param name="model">One of <see cref="PublishedModels"/>.</param>
    /// <param name="modelsFolder">The folder of <c>--models</c>, or null for the usual places.</param>
    /// <exception cref="UserErrorException">Missing, or not the pinned content.</exception>
    public static MesoNet Published(FaceModel model, string? modelsFolder = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        IMesoNetwork network = model.File.StartsWith("MesoInception", StringComparison.Ordinal) ? new MesoInception4() : new Meso4();
        return FromKeras(network, KerasWeights.Read(ModelRegistry.Load(model, modelsFolder), model.File), model.Name);
    }

    /// <summary>Opens a retrained network.</summary>
    /// <param name="model">The ONNX file that <c>Meso4Training</c> made; kept.</param>
    /// <param name="name">Its name in tables.</param>
    /// <exception cref="UserErrorException">Not such a file.</exception>
    public static MesoNet FromBytes(byte[] model, string name = "meso4-retrained") => new(model, name);

    /// <inheritdoc/>
    public double Score(RgbImage face)
    {
        ArgumentNullException.ThrowIfNull(face);
        using var logit = session.Run(Input(face), 1, Channels, Size, Size);
        return sign * logit.Take(0, 1)[0];
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    /// <summary>Weights in the published layout, with their sign.</summary>
    internal static MesoNet FromKeras(IMesoNetwork network, KerasWeights weights, string name) =>
        new(MesoExport.Write(
            network, weights, new Dictionary<string, string> { ["kind"] = Kind, [PositiveField] = Label.Real.Text() }).Bytes, name);

    /// <summary>float32[3, 256, 256] in 0…1: the picture brought to size by the area filter, or bilinearly where it is smaller.</summary>
    internal static float[] Input(RgbImage face)
    {
        if (face.Width != face.Height) throw new UserErrorException(
            $"A picture of {face.Width}×{face.Height} px is not square; give MesoNet a square crop of a face.");
        var pixels = ImageResize.Area(face, MesoExport.Size, MesoExport.Size).Pixels;
        var planes = new float[pixels.Length];
        var plane = pixels.Length / Channels;
        for (var i = 0; i < plane; i++)
        {
            for (var channel = 0; channel < Channels; channel++) planes[(channel * plane) + i] = pixels[(Channels * i) + channel] / 255f;
        }

        return planes;
    }
}

/// <summary>A detector of others that ours is compared with: one picture of a face in, one number out.</summary>
public interface IBaselineNetwork : IDisposable
{
    /// <summary>Its name in tables.</summary>
    string Name { get; }

    /// <summary>Side in pixels that pictures are brought to.</summary>
    int Size { get; }

    /// <summary>A logit, higher = generated; which way is up was fixed before any picture was scored. May be called from several threads at
    /// once.</summary>
    /// <param name="face">A square picture of a face, of any size.</param>
    /// <exception cref="UserErrorException">The picture is not square.</exception>
    double Score(RgbImage face);
}
