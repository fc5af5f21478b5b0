namespace ForensicHeads.Detector.Foreign;

/// <summary>Meso-4 and MesoInception-4 (Afchar et al. 2018, arXiv 1809.00888) as detectors of others: the four published files, and one
/// taught afresh.</summary>
/// <remarks>
/// The published networks were taught with 1 = real: their data generator numbers class folders by the alphabet, <c>df</c> before
/// <c>real</c> (their example.py; in issue 9 of DariusAf/MesoNet a picture of class 1 gets 0.998). So their numbers rise to real; those of
/// a network of <see cref="Meso4Training"/> rise to generated.
/// </remarks>
public static class MesoDetectors
{
    private const string OnnxEnding = ".onnx";
    private const string MetadataKind = "forensicheads-mesonet";

    /// <summary>What the networks are fed: 256×256 pixels in 0 … 1.</summary>
    public static DetectorInput Input { get; } = new()
    {
        Name = MesoExport.Input,
        Layout = TensorLayout.Nchw,
        Channels = ChannelOrder.Rgb,
        Size = [MesoExport.Size, MesoExport.Size],
        Scale = 1 / 255.0,
    };

    /// <summary>The face as the authors cut it out (their pipeline.py); they bring it to size by a cubic spline.</summary>
    public static DetectorCrop Crop { get; } = new() { Of = CropOf.Face, Align = CropAlign.Upright, Margin = 2.86 };

    /// <summary>The published weights, as <see cref="ModelRegistry"/> knows them.</summary>
    public static IReadOnlyList<FaceModel> Published { get; } =
        [FaceModels.Meso4Deepfakes, FaceModels.Meso4Face2Face, FaceModels.MesoInceptionDeepfakes, FaceModels.MesoInceptionFace2Face];

    /// <summary>Writes a network and its description beside each of the published weights that are in a folder.</summary>
    /// <param name="folder">The folder; equal files are written again.</param>
    /// <returns>The descriptions that were written.</returns>
    /// <exception cref="UserErrorException">The folder cannot be written, or weights are not the pinned content.</exception>
    public static IReadOnlyList<string> Write(string folder)
    {
        var written = new List<string>();
        foreach (var model in Published.Where(model => PlainFile.IsThere(folder, model.File)))
        {
            IMesoNetwork network = model.File.StartsWith("MesoInception", StringComparison.Ordinal) ? new MesoInception4() : new Meso4();
            var bytes = Network(network, KerasWeights.Read(ModelRegistry.Load(model, folder), model.File));
            AtomicFile.WriteBytes(folder, model.Name + OnnxEnding, bytes);
            AtomicFile.WriteText(folder, model.Name + DetectorFile.Ending,
                Describe(model.Name, bytes, Label.Real, model.Licence, TaughtOn(model)));
            written.Add(Path.Combine(folder, model.Name + DetectorFile.Ending));
        }

        return written;
    }

    /// <summary>The description of a published network; null where <see cref="Write"/> has not been.</summary>
    /// <param name="model">One of <see cref="Published"/>.</param>
    /// <param name="folder">The folder of <c>--models</c>, or null for the usual places.</param>
    public static string? Find(FaceModel model, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelRegistry.Folders(folder).Select(one => Path.Combine(one, model.Name + DetectorFile.Ending))
            .FirstOrDefault(path => File.Exists(path));
    }

    /// <summary>Opens a network that <see cref="Meso4Training"/> made.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <exception cref="UserErrorException">Not such a file.</exception>
    public static IForeignDetector Retrained(byte[] model)
    {
        ArgumentNullException.ThrowIfNull(model);
        const string name = "meso4-retrained";
        return OnnxDetector.FromBytes(
            DetectorFile.Parse(Describe(name, model, Label.Generated, "as its training clips", "the round's training clips"), name), model);
    }

    /// <summary>What a network says of itself in its file.</summary>
    /// <param name="positive">The class of positive logits.</param>
    internal static Dictionary<string, string> Metadata(Label positive) =>
        new() { ["kind"] = MetadataKind, ["positive"] = positive.Text() };

    /// <summary>Published weights as an ONNX file.</summary>
    internal static byte[] Network(IMesoNetwork network, KerasWeights weights) =>
        MesoExport.Write(network, weights, Metadata(Label.Real)).Bytes;

    /// <summary>The description of such a file.</summary>
    internal static string Describe(string name, byte[] model, Label risesTo, string licence, string trainedOn) =>
        FormattableString.Invariant($$"""
        {
          "name": "{{name}}",
          "kind": "onnx",
          "licence": "{{licence}}",
          "trained_on": "{{trainedOn}}",
          "file": "{{name + OnnxEnding}}",
          "sha256": "{{Hashes.Of(model)}}",
          "input": {
            "name": "{{Input.Name}}", "layout": "nchw", "channels": "rgb", "size": [{{Input.Width}}, {{Input.Height}}],
            "scale": {{Input.Scale}}, "resize": "area"
          },
          "crop": { "of": "face", "margin": {{Crop.Margin}}, "align": "upright" },
          "output": { "name": "{{MesoExport.Output}}", "index": 0, "activation": "sigmoid", "rises_to": "{{risesTo.Text()}}" },
          "video_score": "mean"
        }

        """);

    private static string TaughtOn(FaceModel model) => model == FaceModels.Meso4Deepfakes || model == FaceModels.MesoInceptionDeepfakes
        ? "Deepfake videos from the web, gathered by the authors (Afchar et al. 2018)"
        : "Face2Face videos of FaceForensics (Afchar et al. 2018)";
}
