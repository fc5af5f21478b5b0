namespace ForensicHeads.Generator.Tests.Baselines;

public sealed class FrameAutoEncoderTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"forensicheads-{Guid.NewGuid():N}.safetensors");
    private readonly FrameAutoEncoder net = new(TinyScene.Preset, 1);

    public void Dispose()
    {
        net.Dispose();
        File.Delete(file);
    }

    [Fact]
    public void It_learns_and_is_read_back_as_it_was()
    {
        var losses = new List<double>();
        net.Learn(TinyScene.Data(2, 6), 100, 2, 1, (_, loss) => losses.Add(loss), CancellationToken.None);
        // A net that does not learn stays near 1.
        Assert.InRange(losses.TakeLast(10).Average() / losses.Take(5).Average(), 0, 0.6);

        net.Save(file, new Dictionary<string, string> { ["licence"] = "x" });
        using var read = FrameAutoEncoder.Load(file, TinyScene.Preset);
        Assert.Equal(("x", Hashes.OfFile(file)), (read.Metadata["licence"], read.Sha256));
        RgbImage[] frames = [TinyScene.Picture(0, 1), TinyScene.Picture(1, 2)];
        foreach (var (a, b) in net.Reconstruct(frames).Zip(read.Reconstruct(frames)))
        {
            // Grey levels: folding divides by sigma twice.
            Assert.All(a.Pixels.Zip(b.Pixels), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
        }
    }

    [Fact]
    public void Another_kind_of_weights_is_refused()
    {
        using (var weights = new GeneratorWeights(TinyScene.Preset, 1)) weights.Save(file, new Dictionary<string, string>());
        Assert.Contains("holds no auto-encoder",
            Assert.Throws<UserErrorException>(() => FrameAutoEncoder.Load(file, TinyScene.Preset)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_preset_is_refused()
    {
        net.Save(file, new Dictionary<string, string>());
        Assert.Contains("same preset",
            Assert.Throws<UserErrorException>(() => FrameAutoEncoder.Load(file, TinyScene.Preset with { MinChannels = 4 })).Message,
            StringComparison.Ordinal);
    }
}
