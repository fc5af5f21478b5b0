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
        var store = ProceduralStore.Render(
            new ProceduralOptions { Identities = 1, Frames = 4, Size = 64 }, tiny["source"], null, CancellationToken.None);
        plan = new PersonPlan(store,
            ShotSampler.Make(store, store.Identities.Single(), new ShotOptions { ShotCounts = [1, 2], Draws = 1, DriverFrames = 2 },
            CancellationToken.None), 64);
    }

    private string Folder => tiny["frames"];

    public void Dispose()
    {
        weights.Dispose();
        autoEncoder.Dispose();
        tiny.Dispose();
    }

    [Theory]
    [InlineData(SplitRole.Train, new[] { "few-shot", "passthrough", "reconstruct", "self-blend" })]
    [InlineData(SplitRole.Validation, new[] { "few-shot", "passthrough", "reconstruct", "self-blend" })]
    [InlineData(SplitRole.Test, new[] { "affine-warp", "few-shot", "nearest-shot", "passthrough", "reconstruct", "t0", "t_all" })]
    public void Each_role_gets_its_own_kinds_over_the_same_drivers(SplitRole role, string[] kinds)
    {
        var frames = Make(role);
        Assert.Equal(kinds, frames.Select(frame => frame.Origin.Generator).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        var drivers = frames.Where(frame => frame.IsReal && !frame.IsSpare).Select(frame => frame.Record.FrameNumber).ToArray();
        Assert.Equal(2, drivers.Length);
        foreach (var group in frames.Where(frame => !frame.IsSpare)
            .GroupBy(frame => (frame.Origin.Generator, frame.Origin.Mode, frame.Origin.Shots))) Assert
            .Equal(drivers, group.Select(frame => frame.Record.FrameNumber));
    }

    [Fact]
    public void The_unaware_detectors_frames_are_made_of_the_true_ones_and_only_where_it_is_asked_for()
    {
        Assert.DoesNotContain(Make(SplitRole.Train, tiny.Config with { Unaware = false }), frame =>
            frame.Origin.Generator is "self-blend" or "reconstruct");
        var frames = Make(SplitRole.Train);
        var truth = frames.Where(frame => frame.IsReal).ToDictionary(frame => frame.Record.FrameNumber);
        foreach (var kind in new[] { "self-blend", "reconstruct" })
        {
            var made = frames.Where(frame => frame.Origin.Generator == kind).ToArray();
            Assert.Equal(truth.Keys.Order(), made.Select(frame => frame.Record.FrameNumber).Order());
            Assert.All(made, frame => Assert.NotEqual(truth[frame.Record.FrameNumber].Read().Pixels, frame.Read().Pixels));
        }

        // A face blended with itself keeps its background: the corners are the true frame's.
        foreach (var frame in frames.Where(frame => frame.Origin.Generator == "self-blend")) Assert.Equal(
            truth[frame.Record.FrameNumber].Read()[0, 0].ToArray(), frame.Read()[0, 0].ToArray(), (a, b) => Math.Abs(a - b) <= 40);
    }

    [Fact]
    public void The_second_true_sequence_comes_from_the_other_video_and_is_as_long_as_the_first()
    {
        var frames = Make(SplitRole.Test);
        var (first, second) =
            (frames.Where(frame => frame.IsReal && !frame.IsSpare).ToArray(), frames.Where(frame => frame.IsSpare).ToArray());
        Assert.Equal(first.Length, second.Length);
        Assert.All(second, frame => Assert.True(frame.IsReal));
        Assert.All(second, frame => Assert.NotEqual(plan.Plan.DriverVideo, frame.Record.Video));
        Assert.Equal([0, 1], second.Select(frame => frame.Position));
        Assert.Equal(1, second[1].Record.FrameNumber.CompareTo(second[0].Record.FrameNumber));
        Assert.DoesNotContain(Make(SplitRole.Train), frame => frame.IsSpare);
    }

    [Fact]
    public void Of_several_generators_all_but_the_first_make_their_own_heads_alone_under_keys_of_their_own()
    {
        var (first, second) = (Make(SplitRole.Test, label: "g1"), Make(SplitRole.Test, label: "g2", folder: Folder + "-g2"));
        Assert.Equal(["few-shot", "t0", "t_all"], second.Select(frame => frame.Origin.Generator!).Distinct().Order(StringComparer.Ordinal));
        Assert.All(second, frame => Assert.Equal("g2", frame.Origin.Weights));
        Assert.Equal(["g1"],
            first.Where(frame => frame.Origin.Generator is "few-shot" or "t0" or "t_all").Select(frame => frame.Origin.Weights).Distinct());
        Assert.All(first.Where(frame => frame.Origin.Generator is null or "passthrough" or "reconstruct" or "affine-warp"), frame =>
            Assert.Empty(frame.Origin.Weights));
        Assert.Empty(first.Select(frame => frame.Record.Key).Intersect(second.Select(frame => frame.Record.Key)));
    }

    [Fact]
    public void Only_what_is_fine_tuned_is_made_for_each_arm_and_an_added_arm_leaves_the_rest_alone()
    {
        var one = Make(SplitRole.Test, BothArms with { Arms = null });
        Assert.Equal(["few-shot ft", "t_all "], Kinds(one.Where(frame => frame.Origin.Arm == Arm.Updates)));
        Assert.DoesNotContain(one, frame => frame.Origin.Arm is null && frame.Origin is { Mode: Mode.Ft } or { Generator: "t_all" });
        var old = Age();

        var both = Make(SplitRole.Test, BothArms with { Adapt = BothArms.Adapt with { Epochs = 3 } });
        Assert.Equal(Kinds(both.Where(frame => frame.Origin.Arm == Arm.Updates)),
            Kinds(both.Where(frame => frame.Origin.Arm == Arm.Epochs)));
        Assert.Equal(one.Select(frame => frame.Record.Key),
            both.Where(frame => frame.Origin.Arm != Arm.Epochs).Select(frame => frame.Record.Key));
        Assert.Equal(both.Count, both.Select(frame => frame.Record.Key).Distinct().Count());
        Assert.All(Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories), file =>
            Assert.Equal(file.Contains("epochs", StringComparison.Ordinal), File.GetLastWriteTimeUtc(file) != old));
    }

    [Fact]
    public void Arms_whose_budgets_come_to_the_same_updates_show_the_same_face_and_others_do_not()
    {
        // Two passes over one shot are the two updates of the other arm; over two shots in batches of one they are four.
        var frames = Make(SplitRole.Train, BothArms);
        bool Alike(int shots)
        {
            byte[][] Pixels(Arm arm) =>
                [.. frames.Where(frame => frame.Origin.Arm == arm && frame.Origin.Shots == shots).Select(frame => frame.Read().Pixels)];
            return Pixels(Arm.Updates).Zip(Pixels(Arm.Epochs)).All(pair => pair.First.SequenceEqual(pair.Second));
        }

        Assert.True(Alike(1));
        Assert.False(Alike(2));
    }

    [Fact]
    public void Attackers_are_made_of_test_people_and_only_those_in_training_of_the_others()
    {
        var config = tiny.Config
            with
        {
            Generators = ["few-shot", .. Generators.Of(GeneratorPart.Attacker).Select(one => (GeneratorReference)one.Name)],
            AttackersInTraining = ["self-blend"]
        };
        string[] Made(SplitRole role) =>
            [.. Make(role, config).Where(frame => frame.Origin.Shots is not null && config.Attackers.Contains(frame.Origin.Generator))
            .Select(frame => $"{frame.Origin.Generator} {frame.Origin.Shots}").Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(from name in config.Attackers.Order(StringComparer.Ordinal) from shots in new[] { 1, 2 } select $"{name} {shots}",
            Made(SplitRole.Test));
        Assert.Equal(["self-blend 1", "self-blend 2"], Made(SplitRole.Train));
        Assert.Empty(Made(SplitRole.Validation));
    }

    [Fact]
    public void What_was_made_once_is_not_made_again()
    {
        var first = Make(SplitRole.Train);
        var old = Age();
        Assert.Equal(Hashes(first), Hashes(Make(SplitRole.Train)));
        Assert.All(Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories), file =>
            Assert.Equal(old, File.GetLastWriteTimeUtc(file)));
    }

    [Fact]
    public void Other_options_of_fine_tuning_make_what_is_fine_tuned_again_and_no_more()
    {
        Make(SplitRole.Train);
        var old = Age();
        Make(SplitRole.Train, tiny.Config with { Adapt = tiny.Config.Adapt with { Updates = 3 } });
        Assert.NotEqual(old, File.GetLastWriteTimeUtc(Path.Combine(Folder, "updates", "index.parquet")));
        Assert.Equal(old, File.GetLastWriteTimeUtc(Path.Combine(Folder, "common", "index.parquet")));
    }

    [Fact]
    public void A_damaged_picture_is_made_again_not_used()
    {
        var first = Make(SplitRole.Train);
        var frame = first[^1].Record;
        var shard = Path.Combine(Folder, "updates", "shards", "000000.tar");
        var bytes = File.ReadAllBytes(shard);
        bytes[frame.Offset + (frame.Length / 2)] ^= 1;
        File.WriteAllBytes(shard, bytes);
        var again = Make(SplitRole.Train);
        foreach (var store in again.Select(frame => frame.Store).Distinct()) store.Verify(
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Hashes(first), Hashes(again));
    }

    [Fact]
    public void Weights_of_their_own_make_the_feed_forward_frames_and_no_others()
    {
        var before = Make(SplitRole.Train).ToDictionary(frame => frame.Record.Key, Bytes);
        using var forward = new GeneratorWeights(weights.Preset, 7);
        foreach (var frame in Make(SplitRole.Train, forward: forward)) Assert.Equal(
            frame.Origin.Mode != Mode.Ff, before[frame.Record.Key].SequenceEqual(Bytes(frame)));

        static byte[] Bytes(ExperimentFrame frame) => frame.Store.ReadImage(frame.Record).Pixels;
    }

    private ExperimentConfig BothArms =>
        tiny.Config with { Arms = [Arm.Updates, Arm.Epochs], Adapt = tiny.Config.Adapt with { Epochs = 2, Batch = 1 } };

    private static string[] Hashes(IEnumerable<ExperimentFrame> frames) => [.. frames.Select(frame => frame.Store.ContentHash).Distinct()];

    private static string[] Kinds(IEnumerable<ExperimentFrame> frames) =>
        [.. frames.Select(frame => $"{frame.Origin.Generator} {frame.Origin.Mode?.Text()}").Distinct().Order(StringComparer.Ordinal)];

    private IReadOnlyList<ExperimentFrame> Make(SplitRole role, ExperimentConfig? config = null, GeneratorWeights? forward = null,
        string label = "", string? folder = null) =>
        new PersonFrames(config ?? tiny.Config, weights, forward ?? weights, autoEncoder, label)
            .Make(plan, role, other: null, folder ?? Folder, CancellationToken.None);

    private DateTime Age()
    {
        var old = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, old);
        return old;
    }
}
