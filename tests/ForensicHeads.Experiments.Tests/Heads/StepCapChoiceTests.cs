namespace ForensicHeads.Experiments.Tests.Heads;

public sealed class StepCapChoiceTests(TinyExperiment tiny) : IClassFixture<TinyExperiment>
{
    [Fact]
    public void The_cap_nearest_to_the_truth_is_chosen_and_the_smaller_of_equals()
    {
        StepCapRow[] rows =
            [new() { Cap = 10, Ssim = .5 }, new() { Cap = 20, Ssim = .7 }, new() { Cap = 40, Ssim = .7 }, new() { Cap = 80, Ssim = .6 }];
        Assert.Equal([false, true, false, false], StepCapChoice.Choose(rows).Select(row => row.Chosen));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0, 5)]
    [InlineData(5, 5)]
    [InlineData(9, 5)]
    public void Caps_that_cannot_be_compared_are_wrong_usage(params int[] caps) =>
        Assert.Contains("step_caps", Assert.Throws<UserErrorException>(() => (tiny.Config with { StepCaps = caps }).Validated()).Message,
            StringComparison.Ordinal);
}
