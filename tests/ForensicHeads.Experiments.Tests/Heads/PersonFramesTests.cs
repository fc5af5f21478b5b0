using ForensicHeads.Datasets;
using ForensicHeads.Datasets.Procedural;
using ForensicHeads.Experiments.Heads;
using ForensicHeads.Experiments.Plan;
using ForensicHeads.Generator.Baselines;
using ForensicHeads.Generator.Training;

namespace ForensicHeads.Experiments.Tests.Heads;

public sealed class PersonFramesTests : IDisposable
{
    private readonly TinyExperiment tiny = new();
    private readonly GeneratorWeights weights;
    private readonly FrameAutoEncoder autoEncoder;
    private readonly PersonPlan plan;

    public PersonFramesTests()
    {
        weights = GeneratorWeights.Load(tiny["weights.safetensors"]);
        autoEncoder = FrameAutoEncoder.Load(tiny["autoencoder.safetensors"], weights.Preset);
        var store = ProceduralStore.Render(new ProceduralOptions { Identities = 1, Frames = 4, Size = 64 }, tiny["source"], null, CancellationToken.None);
        plan = new PersonPlan(store, ShotSampler.Make(store, store.Identities.Single(), new ShotOptions { ShotCounts = [1, 2], Draws = 1, DriverFrames = 2 }, CancellationToken.None), 64);
    }

    private string Folder => tiny["frames"];

    public void Dispose()
    {
        weights.Dispose();
        autoEncoder.Dispose();
        tiny.Dispose();
    }

    [Theory]
    [InlineData(SplitRole.Train, new[] { "few-shot", "passthrough" })]
    [InlineData(SplitRole.Validation, new[] { "few-shot", "passthrough", "reconstruct" })]
    [InlineData(SplitRole.Test, new[] { "affine-warp", "few-shot", "nearest-shot", "passthrough", "reconstruct", "t0", "t_all" })]
    public void Each_role_gets_its_own_kinds_over_the_same_drivers(SplitRole role, string[] kinds)
    {
        var store = Make(role);
        Assert.Equal(kinds, store.Frames.Select(frame => frame.Generator).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        var drivers = store.Frames.Where(frame => frame.Label == "real").Select(frame => frame.FrameNumber).ToArray();
        Assert.Equal(2, drivers.Length);
        foreach (var group in store.Frames.GroupBy(frame => (frame.Generator, frame.Mode, frame.Shots))) Assert.Equal(drivers, group.Select(frame => frame.FrameNumber));
    }

    [Fact]
    public void What_was_made_once_is_not_made_again()
    {
        var first = Make(SplitRole.Train);
        var old = Age();
        Assert.Equal(first.ContentHash, Make(SplitRole.Train).ContentHash);
        Assert.All(Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories), file => Assert.Equal(old, File.GetLastWriteTimeUtc(file)));
    }

    [Fact]
    public void Other_options_make_it_again()
    {
        Make(SplitRole.Train);
        var old = Age();
        new PersonFrames(tiny.Config with { Adapt = tiny.Config.Adapt with { Updates = 3 } }, weights, autoEncoder).Make(plan, SplitRole.Train, other: null, Folder, CancellationToken.None);
        Assert.NotEqual(old, File.GetLastWriteTimeUtc(Path.Combine(Folder, "index.parquet")));
    }

    [Fact]
    public void A_damaged_picture_is_made_again_not_used()
    {
        var first = Make(SplitRole.Train);
        var frame = first.Frames[^1];
        var shard = Path.Combine(Folder, "shards", "000000.tar");
        var bytes = File.ReadAllBytes(shard);
        bytes[frame.Offset + (frame.Length / 2)] ^= 1;
        File.WriteAllBytes(shard, bytes);
        var again = Make(SplitRole.Train);
        again.Verify(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(first.ContentHash, again.ContentHash);
    }

    private FrameStore Make(SplitRole role) => new PersonFrames(tiny.Config, weights, autoEncoder).Make(plan, role, other: null, Folder, CancellationToken.None);

    private DateTime Age()
    {
        var old = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, old);
        return old;
    }
}
