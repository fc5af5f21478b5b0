using ForensicHeads.Testing;
using ForensicHeads.Detector.Tests.Networks;

namespace ForensicHeads.Detector.Tests.Folder;

public sealed class SavedDetectorTests : IDisposable
{
    private static readonly FeatureLayout Layout = new(["dct_beta"], 32);
    private readonly TestFolder folder = new();

    [Fact]
    public void A_saved_folder_opens_with_the_same_scores_calibrator_and_manifest()
    {
        var (scores, written) = Save();
        using var saved = SavedDetector.Load(folder.Path);
        Assert.Equal(scores, saved.Detector.Score(Features()));
        Assert.Equal(Calibrator(), saved.Calibrator);
        Assert.Equal(written.Files, saved.Manifest.Files);
        Assert.Equal([8, 32], saved.Manifest.Shots);
        Assert.Equal(["calibrator.json", "model.zip"], saved.Manifest.Files.Keys.Order());
        Assert.Equal(63, saved.Manifest.Columns);
        Assert.Equal(["0.1.0", "5.0.1"], saved.Manifest.Versions.OrderBy(version => version.Key).Select(version => version.Value));
        Assert.Equal(Hashes.OfFile(folder["detector.json"]), saved.Sha256);
    }

    [Fact]
    public void Saving_the_same_detector_twice_gives_the_same_bytes()
    {
        Save();
        var first = Directory.GetFiles(folder.Path).Order().Select(Hashes.OfFile).ToArray();
        Save();
        Assert.Equal(first, Directory.GetFiles(folder.Path).Order().Select(Hashes.OfFile));
    }

    [Theory]
    [InlineData("model.zip")]
    [InlineData("calibrator.json")]
    public void One_flipped_bit_in_a_file_refuses(string name)
    {
        Save();
        var path = folder[name];
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("was changed", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.zip", "missing")]
    [InlineData("calibrator.json", "missing")]
    [InlineData("detector.json", "not a detector")]
    public void A_missing_file_refuses(string name, string words)
    {
        Save();
        File.Delete(folder[name]);
        Assert.Contains(words, Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../model.zip")]
    [InlineData("/etc/hostname")]
    [InlineData("sub/model.zip")]
    [InlineData("..")]
    public void A_name_that_leaves_the_folder_refuses(string name)
    {
        Save();
        Edit(manifest => manifest with { Files = new Dictionary<string, string>(manifest.Files) { [name] = new string('0', 64) } });
        Assert.Contains("leaves the detector's folder", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_in_place_of_a_file_refuses()
    {
        Save();
        var elsewhere = Path.Combine(folder.Path, "..", Path.GetFileName(folder.Path) + "-elsewhere.zip");
        try
        {
            File.Move(folder["model.zip"], elsewhere);
            File.CreateSymbolicLink(folder["model.zip"], Path.GetFullPath(elsewhere));
            Assert.Contains("is a link", Refusal(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(elsewhere);
        }
    }

    [Fact]
    public void Families_that_do_not_fit_the_model_and_unknown_formats_refuse()
    {
        Save();
        Edit(manifest => manifest with { Families = ["npr_stats"] });
        Assert.Contains("216", Refusal(), StringComparison.Ordinal);
        Edit(manifest => manifest with { Families = null! });
        Assert.Contains("null", Refusal(), StringComparison.Ordinal);
        Edit(manifest => manifest with { FormatVersion = 99 });
        Assert.Contains("format version 99", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_detector_with_a_network_carries_its_file_and_refuses_without_it()
    {
        using var cnn = Cnn();
        var written = SaveWith(cnn);
        Assert.Equal(cnn.Sha256, written.Files[CnnFamily.ModelFile]);
        Assert.Contains("microsoft.ml.onnxruntime", written.Versions.Keys);
        var image = Pictures.Scene(32, 4);
        var expected = new float[128];
        FeatureLayout.Of([cnn, FeatureFamilies.OfPictures.ByName("dct_beta")], 32).Compute(image, expected);
        using (var saved = SavedDetector.Load(folder.Path))
        {
            var actual = new float[saved.Layout.Length];
            saved.Layout.Compute(image, actual);
            Assert.Equal(expected, actual);
            Assert.Equal("cnn/logit", saved.Layout.ColumnNames[0]);
        }

        var path = folder[CnnFamily.ModelFile];
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("was changed", Refusal(), StringComparison.Ordinal);
        Edit(manifest => manifest with { Files = manifest.Files.Where(file => file.Key != CnnFamily.ModelFile).ToDictionary() });
        Assert.Contains("no cnn.onnx", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_s_family_is_neither_laid_out_nor_saved_without_its_network()
    {
        Assert.Contains("trained network", Assert.Throws<UserErrorException>(() => new FeatureLayout(["cnn"], 32)).Message,
            StringComparison.Ordinal);
        Assert.Contains("network of each family", Assert.Throws<UserErrorException>(() => SaveWith(null)).Message,
            StringComparison.Ordinal);
        Assert.False(File.Exists(folder["detector.json"]));
    }

    [Fact]
    public void A_zip_bomb_is_refused_though_its_hash_is_right()
    {
        Save();
        using (var stream = File.Create(folder["model.zip"]))
        using (var archive = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry("TransformerChain/Model.key").Open();
            for (var i = 0; i < 64; i++) entry.Write(new byte[1 << 20]);
        }

        var bytes = File.ReadAllBytes(folder["model.zip"]);
        Edit(manifest => manifest with { Files = new Dictionary<string, string>(manifest.Files) { ["model.zip"] = Hashes.Of(bytes) } });
        Assert.Matches(
            $"^The archive of {bytes.Length} bytes unpacks to more than [0-9]+; at most 1073741824, and 200 times its own length, are "
            + "allowed", Refusal());
    }

    public void Dispose() => folder.Dispose();

    private static CnnFamily Cnn() =>
        CnnFamily.FromBytes(
            CnnTraining.Learn(Textures.People(0, 2, 32), [], new NetworkTrainingOptions { Steps = 1, Pairs = 1 }).Model.Bytes);

    private DetectorManifest SaveWith(CnnFamily? cnn)
    {
        var rows = Tables.Rows(6, 8, 1, 1, columns: 128);
        using var detector =
            FrameDetector.Train(rows, new DetectorOptions { Trees = 20 }, [.. Enumerable.Range(0, 128).Select(i => $"c/{i}")]);
        var manifest = new DetectorManifest
        {
            Options = new DetectorOptions { Trees = 20 },
            Families = ["cnn", "dct_beta"],
            Size = 32,
            TrainingStores = new Dictionary<string, string> { ["demo"] = new string('a', 64) },
            CropContract = "none",
        };
        return SavedDetector.Save(folder.Path, detector, null, manifest, networks: cnn is null ? null : [cnn]);
    }

    private static float[][] Features() => [.. Rows().Select(row => row.Features)];

    private static List<LabelledFeatures> Rows() => Tables.Rows(6, 8, 1, 1, columns: 63);

    private static VideoCalibrator Calibrator() =>
        VideoCalibrator
            .Fit([.. Enumerable.Range(0, 40)
            .Select(i => new VideoScore($"{i / 4}", $"{i}", Origins.Of(i % 2 == 1), Math.Sin(i) + (i % 2), 0.1, 5))]);

    private string Refusal()
    {
        var error = Assert.Throws<UserErrorException>(() => SavedDetector.Load(folder.Path));
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    private void Edit(Func<DetectorManifest, DetectorManifest> change)
    {
        var path = folder["detector.json"];
        File.WriteAllText(path, CanonicalJson.ToText(change(CanonicalJson.Read<DetectorManifest>(path))));
    }

    private (float[] Scores, DetectorManifest Written) Save()
    {
        using var detector = FrameDetector.Train(Rows(), new DetectorOptions { Trees = 20 }, Layout.ColumnNames);
        var manifest = new DetectorManifest
        {
            Options = new DetectorOptions { Trees = 20 },
            Families = Layout.Families,
            Size = Layout.Size,
            TrainingStores = new Dictionary<string, string> { ["demo"] = new string('a', 64) },
            CropContract = "none",
            Shots = [8, 32],
            Modes = ["ff"],
            Threshold = 0.25,
        };
        return (detector.Score(Features()), SavedDetector.Save(folder.Path, detector, Calibrator(), manifest));
    }
}
