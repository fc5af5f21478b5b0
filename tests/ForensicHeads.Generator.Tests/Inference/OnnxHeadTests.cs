using TorchSharp;

namespace ForensicHeads.Generator.Tests.Inference;

public sealed class OnnxHeadTests : IDisposable
{
    private readonly OutputScene scene = new();
    private readonly NetworkHead head;
    private readonly byte[] model;
    private readonly Landmarks68[] drivers = [.. Enumerable.Range(0, 9).Select(TinyScene.Face)];

    public OnnxHeadTests()
    {
        head = scene.MakeHead();
        model = head.ToOnnx(OnnxMetadata.Of(scene.Info, "abc")).Bytes;
    }

    public void Dispose()
    {
        head.Dispose();
        scene.Dispose();
    }

    [Fact]
    public void It_renders_the_pictures_of_the_head_it_was_made_from()
    {
        using var onnx = new OnnxHead(model);
        var (expected, actual) = (head.Render(drivers), onnx.Render(drivers));
        Assert.Equal(expected.Length, actual.Length);

        // Values equal to 1e-4 of 2 may still fall on two sides of a grey level's edge.
        foreach (var (a, b) in expected.Zip(actual)) Assert.All(
            a.Pixels.Zip(b.Pixels), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
        Assert.True(expected.Zip(actual).Average(pair => TinyScene.Difference(pair.First, pair.Second)) < 0.01);
        Assert.NotEqual(actual[0].Pixels, actual[1].Pixels);
    }

    [Fact]
    public void A_frames_bytes_depend_neither_on_the_batch_nor_on_the_threads_nor_on_the_run()
    {
        using var reference = new OnnxHead(model, new RenderOptions { Batch = 1, Threads = 1 });
        var expected = reference.Render(drivers).Select(image => Hashes.Of(image.Pixels)).ToArray();
        foreach (var (batch, threads) in new[] { (1, 1), (3, 1), (8, 1), (8, 2), (16, 3), (16, 3) })
        {
            using var other = new OnnxHead(model, new RenderOptions { Batch = batch, Threads = threads });
            Assert.Equal(expected, other.Render(drivers).Select(image => Hashes.Of(image.Pixels)));
        }
    }

    [Fact]
    public void The_same_head_gives_the_same_file() =>
        Assert.Equal(Hashes.Of(model), Hashes.Of(head.ToOnnx(OnnxMetadata.Of(scene.Info, "abc")).Bytes));

    [Fact]
    public void The_file_says_whom_it_shows_from_what_and_on_which_consent()
    {
        using var onnx = new OnnxHead(model);
        Assert.Equal(OutputScene.Size, onnx.Size);
        Assert.Equal("forensicheads-head", onnx.Metadata["kind"]);
        Assert.Equal("abc", onnx.Metadata["head_sha256"]);
        Assert.Equal(scene.Info.WeightsSha256, onnx.Metadata["weights_sha256"]);
        Assert.Equal(("ff", "2", "tiny", "Zoë"),
            (onnx.Metadata["mode"], onnx.Metadata["shots"], onnx.Metadata["preset"], onnx.Metadata["identity"]));
        Assert.Equal(CanonicalJson.ToLine(scene.Info.Consent), onnx.Metadata["consent"]);
    }

    [Fact]
    public void A_damaged_cut_or_foreign_file_is_refused_in_one_line()
    {
        Refuses(new byte[100], "not a usable ONNX file");
        Refuses(model[..(model.Length / 2)], "not a usable ONNX file");
        var damaged = (byte[])model.Clone();
        new SeededRandom(1, "damage").Shuffle(damaged.AsSpan(0, 400));
        Refuses(damaged, "ONNX");
        using var weights = OnnxScene.Weights(attention: false);
        var embedder = EmbedderExport.Write(weights.Architecture.Embedder, 64, weights.Embedder, new Dictionary<string, string>()).Bytes;
        Refuses(embedder, "of another kind");

        static void Refuses(byte[] bytes, string says)
        {
            var error = Assert.Throws<UserErrorException>(() => new OnnxHead(bytes, source: "x.onnx"));
            Assert.StartsWith("x.onnx", error.Message, StringComparison.Ordinal);
            Assert.Contains(says, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Theory]
    [InlineData(0, 0, "1 to 256")]
    [InlineData(257, 0, "1 to 256")]
    [InlineData(1, -1, "0 (all processors) or more")]
    public void Options_out_of_range_are_refused_with_the_range(int batch, int threads, string says) =>
        Assert.Contains(says,
            Assert.Throws<UserErrorException>(() => new RenderOptions { Batch = batch, Threads = threads }.Validated()).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_embedders_mean_is_that_of_the_few_shot_generator()
    {
        using var weights = OnnxScene.Weights(attention: false);
        using var embedder = OnnxScene.Embedder(weights);
        var random = new SeededRandom(3, "shots");
        var shots = Enumerable.Range(0, 19)
            .Select(i =>
            new Shot(new RgbImage(64, 64, [.. Enumerable.Range(0, 64 * 64 * 3).Select(_ => (byte)random.NextInt(256))]), TinyScene.Face(i)))
            .ToArray();
        using var expected = new FewShotGenerator(weights, new AdaptOptions()).Embed(shots);
        var actual = new float[embedder.OutputLength];
        foreach (var shot in shots)
        {
            var pair = new float[2 * 3 * 64 * 64];
            PlanarPixels.Read(shot.Image, pair.AsSpan(0, pair.Length / 2));
            PlanarPixels.Read(LandmarkRaster.Draw(shot.Landmarks, 64), pair.AsSpan(pair.Length / 2));
            foreach (var (i, value) in embedder.Run(pair, 1).Index()) actual[i] += value / shots.Length;
        }

        Assert.Equal((64, 40), (embedder.Size, embedder.OutputLength));
        Assert.InRange(OnnxScene.Distance(expected.ToArray(), actual) / actual.Max(Math.Abs), 0, 1e-4f);
    }

    [Fact]
    public void A_store_is_made_by_the_runtime_that_the_head_was_opened_with()
    {
        HeadFile.Save(scene["head.safetensors"], head, scene.Info);
        using var file = HeadFile.Load(scene["head.safetensors"], new RenderOptions { Batch = 2, Threads = 1 });
        Assert.IsType<OnnxHead>(file.Renderer);
        var store = StoreOutput.Write(scene["fakes"], file, scene.Driver, Provenance.Of(file, scene.Driver, "1.2.3"), null,
            CancellationToken.None);
        var expected =
            file.Renderer.Render([.. scene.Driver.Frames.Select(frame => frame.Landmarks.Resize(2 * OutputScene.Size, OutputScene.Size))]);
        Assert.Equal(expected.Select(image => Hashes.Of(image.Pixels)),
            store.Frames.Select(frame => Hashes.Of(store.ReadImage(frame).Pixels)));
        using var plain = HeadFile.Load(scene["head.safetensors"]);
        Assert.Same(plain.Head, plain.Renderer);
    }
}
