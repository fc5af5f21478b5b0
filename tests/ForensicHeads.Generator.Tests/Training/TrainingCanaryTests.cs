namespace ForensicHeads.Generator.Tests.Training;

public class TrainingCanaryTests
{
    private static readonly StepLosses Healthy = new(
        new Dictionary<string, double> { ["content"] = 0.3, ["adversarial"] = 0.1, ["feature_matching"] = 0.2, ["matching"] = 0.1 },
        Discriminator: 1.5, EmbeddingSpread: 0.4);

    private static readonly StepMeasures Measured = new(0.5, -0.5, 1, 1, 1, 1);
    private readonly List<string> warnings = [];
    private readonly TrainingCanary canary;

    public TrainingCanaryTests() => canary = new TrainingCanary(warnings.Add);

    [Fact]
    public void A_healthy_run_gives_no_warning()
    {
        Observe(Healthy, 500);
        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_discriminator_pinned_at_one_or_two_is_warned_of_once(double loss)
    {
        Observe(Healthy with { Discriminator = loss }, 199);
        Assert.Empty(warnings);
        Observe(Healthy with { Discriminator = loss }, 300);
        Assert.Contains("does not tell true frames from made ones", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.93)]
    [InlineData(1.92)]
    [InlineData(2.08)]
    public void A_loss_that_stands_still_near_one_or_two_is_warned_of(double loss)
    {
        Swing(loss, 0.02);
        Assert.Contains("does not tell true frames from made ones", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_swings_around_nearly_two_is_that_of_a_discriminator_that_learns()
    {
        Swing(1.92, 0.3);
        Assert.Empty(warnings);
    }

    [Fact]
    public void An_embedder_that_does_nothing_is_warned_of_once()
    {
        Observe(Healthy with { EmbeddingSpread = 0.01 }, 400);
        Assert.Contains("embedder does nothing", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Batches_of_one_say_nothing_about_the_embedder()
    {
        Observe(Healthy with { EmbeddingSpread = null }, 400);
        Assert.Empty(warnings);
    }

    [Fact]
    public void Before_the_adversarial_start_there_is_no_discriminator_to_judge_but_an_embedder()
    {
        Observe(Healthy with { Discriminator = null }, 400);
        Assert.Empty(warnings);
        Observe(Healthy with { Discriminator = null, EmbeddingSpread = 0.01 }, 400);
        Assert.Contains("embedder does nothing", Assert.Single(warnings), StringComparison.Ordinal);
    }

    public static TheoryData<StepLosses> Broken => new(
        With("content", double.NaN), Healthy with { Discriminator = double.NaN }, With("adversarial", double.PositiveInfinity),
        With("feature_matching", double.NaN), With("matching", double.NaN), With("a_further_term", double.NaN),
        Healthy with { Measures = Measured with { Generator = double.NaN } },
        Healthy with { Measures = Measured with { Discriminator = double.PositiveInfinity } });

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void A_loss_that_is_no_number_stops_the_run_with_step_and_remedy(StepLosses losses)
    {
        var error = Assert.Throws<UserErrorException>(() => canary.Observe(17, losses));
        Assert.Contains("step 17", error.Message, StringComparison.Ordinal);
        Assert.Contains("lower learning rates", error.Message, StringComparison.Ordinal);
        Assert.Contains("No checkpoint was written before it", error.Message, StringComparison.Ordinal);
        Assert.Contains("good checkpoint is here",
            Assert.Throws<UserErrorException>(() => new TrainingCanary(warnings.Add, () => "here").Observe(17, losses)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_embedding_that_changes_nothing_in_three_grids_is_warned_of_once()
    {
        foreach (var change in new double?[] { 0.001, 0.002, null, 0.3, 0.001, 0.002 }) canary.ObserveSwap(1, change);
        Assert.Empty(warnings);
        for (var i = 0; i < 5; i++) canary.ObserveSwap(40, 0.003);
        Assert.Contains("step 40: another person's ê", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_content_loss_is_named_before_the_discriminators_and_that_before_other_terms()
    {
        var broken = With("feature_matching", double.NaN);
        Assert.Contains("the feature matching loss became", Refusal(broken), StringComparison.Ordinal);
        Assert.Contains("the discriminator's loss became", Refusal(broken with { Discriminator = double.NaN }), StringComparison.Ordinal);
        broken = With("content", double.NaN) with { Discriminator = double.NaN };
        Assert.Contains("the content loss became", Refusal(broken), StringComparison.Ordinal);

        string Refusal(StepLosses losses) => Assert.Throws<UserErrorException>(() => canary.Observe(1, losses)).Message;
    }

    private static StepLosses With(string term, double value) =>
        Healthy with { Terms = new Dictionary<string, double>(Healthy.Terms) { [term] = value } };

    private void Swing(double mean, double by)
    {
        for (var step = 1; step <= 400; step++) canary.Observe(
            step, Healthy with { Discriminator = step % 2 == 0 ? mean + by : mean - by });
    }

    private void Observe(StepLosses losses, int steps)
    {
        for (var step = 1; step <= steps; step++) canary.Observe(step, losses);
    }
}
