namespace ForensicHeads.Generator.Tests.Training;

public sealed class GeneratorWeightsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("forensicheads-weights-").FullName;
    private readonly GeneratorWeights weights =
        new(TinyScene.Preset, 1) { MeanEmbedding = [.. Enumerable.Range(0, 16).Select(i => i / 8f)] };

    private string Target => Path.Combine(folder, "weights.safetensors");

    public void Dispose()
    {
        weights.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(TensorPrecision.Bits32, 1)]
    [InlineData(TensorPrecision.Bits16, 3)]
    [InlineData(TensorPrecision.Bits8, 3)]
    public void Weights_read_back_render_the_same_person(TensorPrecision precision, int levels)
    {
        weights.Save(Target, new Dictionary<string, string> { ["licence"] = "x" }, precision);
        using var read = GeneratorWeights.Load(folder);
        Assert.Equal(TinyScene.Preset, read.Preset);
        Assert.Equal(("x", Hashes.OfFile(Target)), (read.Metadata["licence"], read.Sha256));
        Assert.Equal(weights.MeanEmbedding, read.MeanEmbedding);
        var (a, b) = (Render(weights), Render(read));
        // Grey levels: folding divides by sigma twice, half precision keeps 11 bits a weight.
        Assert.All(a.Pixels.Zip(b.Pixels), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, levels));
    }

    [Fact]
    public void Weights_without_a_mean_have_no_nobody()
    {
        weights.MeanEmbedding = null;
        weights.Save(Target, new Dictionary<string, string>());
        using var read = GeneratorWeights.Load(Target);
        Assert.Null(read.MeanEmbedding);
        Assert.Contains("mean embedding",
            Assert.Throws<UserErrorException>(() => new FewShotGenerator(read, new AdaptOptions()).Nobody()).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind", "other", "holds no generator weights (kind 'other')")]
    [InlineData("preset", "null", "it is null")]
    [InlineData("preset", "{", "cannot read")]
    [InlineData("preset", "{\"name\":\"x\"}", "cannot read")]
    [InlineData("preset", "heads-64", "Use weights of the same preset")]
    [InlineData("preset", "heads-64 of 1000 px", "size is 1000")]
    public void Weights_of_another_kind_or_preset_are_refused_in_one_line(string field, string value, string says)
    {
        weights.Save(Target, new Dictionary<string, string>());
        var content = SafetensorsFile.Read(Target);
        var heads = Neural.Networks.NetworkPreset.Heads64;
        var text = value switch
        {
            "heads-64" => CanonicalJson.ToLine(heads with { EmbedderBlocks = 5 }),
            "heads-64 of 1000 px" => CanonicalJson.ToLine(heads with { Size = 1000 }),
            _ => value,
        };
        SafetensorsFile.Write(Target, [.. content.Tensors.Values], new Dictionary<string, string>(content.Metadata) { [field] = text });
        var error = Assert.Throws<UserErrorException>(() => GeneratorWeights.Load(Target));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Missing_weights_are_refused_with_what_to_name() =>
        Assert.Contains("run folder", Assert.Throws<UserErrorException>(() => GeneratorWeights.Load(Target)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_preset_whose_vector_does_not_fit_the_embedder_is_refused() =>
        Assert.Contains("embedding is 24",
            Assert.Throws<UserErrorException>(() => new GeneratorWeights(TinyScene.Preset with { Embedding = 24 }, 1)).Message,
            StringComparison.Ordinal);

    private static RgbImage Render(GeneratorWeights weights)
    {
        using var head = new FewShotGenerator(weights, new AdaptOptions { Mode = Mode.Ff })
            .Adapt(TinyScene.Shots(0, 2), null, CancellationToken.None);
        return head.Render([TinyScene.Face(3)])[0];
    }
}
