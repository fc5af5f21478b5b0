namespace ForensicHeads.Generator.Tests.Training;

public sealed class StepCostTests
{
    [Theory]
    [InlineData(75, 1, 0.75)]
    [InlineData(200, 1, 1)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public void Steps_without_the_discriminator_count_by_their_share(int from, int updates, double without)
    {
        var steps = new List<StepProgress>();
        var options = TinyScene.Options with { Steps = 100, AdversarialFrom = from, DiscriminatorUpdates = updates };
        var cost = StepCost.Measure(TinyScene.Preset, options, 1, ContentLossFiles.None, Compute.Cpu, new Collected(steps),
            TestContext.Current.CancellationToken);
        Assert.Equal(without < 1, cost.WithDiscriminator is > 0);
        Assert.Equal(without > 0, cost.WithoutDiscriminator is > 0);
        var expected = ((cost.WithDiscriminator ?? 0) * (1 - without)) + ((cost.WithoutDiscriminator ?? 0) * without);
        Assert.Equal(expected, cost.SecondsAStep, 1e-9 * expected);
        Assert.Equal(options.Batch, cost.Batch);
        // Two steps of each kind: the first is not counted.
        Assert.Equal(without is > 0 and < 1 ? 4 : 2, steps.Count);
    }

    [Fact]
    public void Larger_frames_are_measured_on_fewer_episodes()
    {
        // 12 frames of 32 px are as many pixels as 3 of 64 px: 24 episodes of the 64 asked for.
        var cost = StepCost.Measure(TinyScene.Preset, TinyScene.Options with { Batch = 64, Shots = 11, DiscriminatorUpdates = 0 }, 1,
            ContentLossFiles.None, Compute.Cpu, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(24, cost.Batch);
    }

    private sealed class Collected(List<StepProgress> steps) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => steps.Add(value);
    }
}
