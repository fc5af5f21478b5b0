using ForensicHeads.Detector.Tests.Networks;
using ForensicHeads.Testing;
using PureHDF;

namespace ForensicHeads.Detector.Tests.Foreign;

public class MesoDetectorsTests
{
    // Float32 against double through nine layers; the logits are of about 1 to 10.
    private const double Tolerance = 1e-3;

    public static TheoryData<string> PublishedNames => [.. MesoDetectors.Published.Select(model => model.Name)];

    [Theory]
    [InlineData("Meso4", false)]
    [InlineData("MesoInception4", true)]
    public void Weights_by_formula_give_the_reference_s_logits(string name, bool inception)
    {
        IMesoNetwork network = inception ? new MesoInception4() : new Meso4();
        var model = MesoDetectors.Network(network, FormulaWeights.Of(inception));
        var file = DetectorFile.Parse(MesoDetectors.Describe("formula", model, Label.Real, "none", "nothing"), "formula.detector.json");
        Check(Golden.Load("mesonet.json").GetProperty("formula").GetProperty(name), file, model);
    }

    [Theory]
    [MemberData(nameof(PublishedNames))]
    public void Published_weights_become_a_file_that_gives_the_reference_s_logits(string name)
    {
        using var folder = new TestFolder();
        var weights = MesoDetectors.Published.Single(model => model.Name == name);
        File.Copy(Path.Combine(SharedData.Models, weights.File), folder[weights.File]);
        Assert.Null(MesoDetectors.Find(weights, folder.Path));
        var path = Assert.Single(MesoDetectors.Write(folder.Path));
        Assert.Equal(path, MesoDetectors.Find(weights, folder.Path));
        var before = Array.ConvertAll(Directory.GetFiles(folder.Path).Order().ToArray(), Hashes.OfFile);
        Assert.Equal(3, before.Length);
        MesoDetectors.Write(folder.Path);
        Assert.Equal(before, Array.ConvertAll(Directory.GetFiles(folder.Path).Order().ToArray(), Hashes.OfFile));
        var file = DetectorFile.Read(path);
        Assert.Equal((name, weights.Licence), (file.Name, file.Licence));
        Assert.Equal((MesoDetectors.Crop, MesoDetectors.Input.Scale), (file.Crop, file.Input!.Scale));
        Assert.Contains(name.EndsWith("f2f", StringComparison.Ordinal) ? "Face2Face" : "Deepfake", file.TrainedOnText,
            StringComparison.Ordinal);
        ForeignDetectors.Open(file).Dispose();
        Check(Golden.Load("mesonet.json").GetProperty("published").GetProperty(weights.File), file, File.ReadAllBytes(folder[file.File!]));
    }

    [Fact]
    public void The_networks_have_the_published_numbers_of_weights()
    {
        // Afchar et al. 2018, sections II-B-1 and II-B-2.
        Assert.Equal(27_977, new Meso4().Layout.ParameterCount);
        Assert.Equal(28_615, new MesoInception4().Layout.ParameterCount);
    }

    [Fact]
    public void An_HDF5_file_is_read_as_Keras_writes_it()
    {
        var expected = FormulaWeights.Of(inception: false);
        var file = new H5File();
        foreach (var (name, tensors) in expected.Layers)
        {
            var inner = new H5Group();
            foreach (var tensor in tensors.Values) inner[$"{tensor.Name}:0"] =
                new H5Dataset(tensor.Values, fileDims: [.. tensor.Shape.Select(side => (ulong)side)]);
            file[name] = new H5Group { [name] = inner };
        }

        file["flatten_1"] = new H5Group();
        using var stream = new MemoryStream();
        file.Write(stream);
        var read = KerasWeights.Read(stream.ToArray(), "test.h5");
        Assert.Equal(expected.Layers.Keys.Order(StringComparer.Ordinal), read.Layers.Keys);
        foreach (var (name, tensors) in expected.Layers)
        {
            foreach (var tensor in tensors.Values)
            {
                Assert.Equal(tensor.Shape, read.Layers[name][tensor.Name].Shape);
                Assert.Equal(tensor.Values, read.Layers[name][tensor.Name].Values);
            }
        }
    }

    [Fact]
    public void Weights_of_the_other_network_and_bytes_of_no_file_refuse()
    {
        Assert.Contains("weights of this network",
            Assert.Throws<UserErrorException>(() =>
                MesoDetectors.Network(new MesoInception4(), FormulaWeights.Of(inception: false))).Message, StringComparison.Ordinal);
        Assert.Contains("weights of this network",
            Assert.Throws<UserErrorException>(() => MesoDetectors.Network(new Meso4(), FormulaWeights.Of(inception: true))).Message,
            StringComparison.Ordinal);
        Assert.Contains("not a Keras weight file",
            Assert.Throws<UserErrorException>(() => KerasWeights.Read(new byte[600], "x.h5")).Message, StringComparison.Ordinal);
        Assert.Contains("not a usable ONNX file", Assert.Throws<UserErrorException>(() => MesoDetectors.Retrained([1, 2, 3])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_retrained_Meso4_tells_what_it_was_taught_and_says_so_with_the_sign_of_generated()
    {
        // Stripes in one class.
        TrainingFrame Frame(int person, bool generated) => new()
        {
            Key = $"{person}-{generated}",
            Identity = $"{person}",
            Origin = Origins.Of(generated),
            Image = () => Textures.Striped(64, person + (generated ? 1000 : 0), strength: generated ? 40 : 0),
        };
        TrainingFrame[] People(int from, int count) =>
            [.. Enumerable.Range(from, count).SelectMany(person => new[] { Frame(person, true), Frame(person, false) })];
        var options = Meso4Training.Defaults with { Steps = 20, Pairs = 3, ValidateEvery = 5, ValidationFrames = 4, Rate = 5e-3 };
        TrainedNetwork Once() =>
            Meso4Training.Learn(People(0, 12), People(20, 6), options, cancellation: TestContext.Current.CancellationToken);
        var trained = Once();
        Assert.Equal(trained.Model.Bytes, Once().Model.Bytes);
        using var made = MesoDetectors.Retrained(trained.Model.Bytes);
        Assert.Equal((Label.Generated, CropAlign.Upright), (made.File.Output!.RisesTo, made.File.Crop!.Align));
        var test = People(40, 8);
        var scores = Scores(made.File, trained.Model.Bytes, [.. test.Select(frame => frame.Image())]);
        Assert.True(Auc.Of(scores, Array.ConvertAll(test, frame => frame.Generated)) > 0.95);
        Assert.Equal(4, trained.Curve.Count);
        Assert.Contains(trained.Best, trained.Curve);
    }

    // The published class 1 is "real", so a score, higher = generated, is minus the logit.
    private static void Check(System.Text.Json.JsonElement golden, DetectorFile file, byte[] model)
    {
        var picture = Pictures.Formula(256);
        var mirrored = new RgbImage(256, 256);
        for (var y = 0; y < 256; y++)
        {
            for (var x = 0; x < 256; x++) picture[255 - x, y].CopyTo(mirrored[x, y]);
        }

        var (expected, scores) = (Golden.Doubles(golden), Scores(file, model, picture, mirrored));
        Assert.Equal(-expected[0], scores[0], Tolerance);
        Assert.Equal(-expected[1], scores[1], Tolerance);
    }

    // The pictures are the faces already.
    private static float[] Scores(DetectorFile file, byte[] model, params RgbImage[] pictures) =>
        [.. TinyNetwork.Score(file with { Crop = new DetectorCrop { Of = CropOf.Store } }, model,
            [.. pictures.Select((picture, i) => new ForeignSample($"{i}", picture, new Landmarks68(new float[136])))])
            .Select(score => (float)score!.Value)];
}
