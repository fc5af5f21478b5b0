using System.Text.Json;

namespace ForensicHeads.Generator.Tests.Heads;

public class AdaptOptionsTests
{
    [Theory]
    [InlineData(Arm.Updates, 1, 160)]
    [InlineData(Arm.Updates, 32, 160)]
    [InlineData(Arm.Epochs, 1, 40)]
    [InlineData(Arm.Epochs, 8, 40)]
    [InlineData(Arm.Epochs, 9, 45)]
    [InlineData(Arm.Epochs, 10, 50)]
    [InlineData(Arm.Epochs, 11, 55)]
    [InlineData(Arm.Epochs, 3, 40)]
    [InlineData(Arm.Epochs, 32, 160)]
    public void The_budget_follows_from_the_arm(Arm arm, int shots, int steps) =>
        Assert.Equal(steps, new AdaptOptions { Arm = arm, Batch = 8, Epochs = 40, Updates = 160 }.StepsFor(shots));

    [Fact]
    public void Batches_of_one_give_the_largest_count_thirty_two_times_the_steps() =>
        Assert.Equal(32 * 40, new AdaptOptions { Arm = Arm.Epochs, Batch = 1 }.StepsFor(32));

    [Theory]
    [InlineData(Arm.Updates)]
    [InlineData(Arm.Epochs)]
    public void The_cap_holds_in_both_arms(Arm arm) => Assert.Equal(7, new AdaptOptions { Arm = arm, StepCap = 7 }.StepsFor(32));

    [Fact]
    public void An_epoch_of_batches_shows_every_shot_once()
    {
        var order = new ShotOrder(8, 2, 1);
        for (var epoch = 0; epoch < 3; epoch++) Assert.Equal(
            Enumerable.Range(0, 8).Select(i => (long)i), Enumerable.Range(0, 4).SelectMany(_ => order.Next()).Order());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(32)]
    public void The_epochs_arm_shows_every_shot_once_an_epoch(int shots)
    {
        var options = new AdaptOptions { Arm = Arm.Epochs, Batch = 8, Epochs = 40 };
        var order = new ShotOrder(shots, Math.Min(options.Batch, shots), 1);
        var seen = Enumerable.Range(0, options.StepsFor(shots)).SelectMany(_ => order.Next()).CountBy(shot => shot).ToArray();
        Assert.Equal(shots, seen.Length);
        Assert.All(seen, pair => Assert.Equal(40, pair.Value));
    }

    [Fact]
    public void More_epochs_than_an_integer_counts_end_at_the_cap() =>
        Assert.Equal(2000, new AdaptOptions { Arm = Arm.Epochs, Epochs = int.MaxValue }.StepsFor(32));

    public static TheoryData<string, AdaptOptions> Wrong => new()
    {
        { "option epochs is 0", new AdaptOptions { Epochs = 0 } },
        { "option discriminator updates is 0", new AdaptOptions { DiscriminatorUpdates = 0 } },
        { "option step cap is 0", new AdaptOptions { StepCap = 0 } },
        { "option batch is -1", new AdaptOptions { Batch = -1 } },
        { "option average decay is 1", new AdaptOptions { AverageDecay = 1 } },
        { "option generator rate is -1", new AdaptOptions { GeneratorRate = -1 } },
        { "option discriminator rate is NaN", new AdaptOptions { DiscriminatorRate = double.NaN } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void A_value_outside_its_range_is_wrong_usage(string says, AdaptOptions options)
    {
        var error = Assert.Throws<UserErrorException>(options.Validated);
        Assert.Equal(2, error.ExitCode);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_published_versions_fine_tune_as_the_paper_does()
    {
        var options = AdaptOptions.ByVersion("iccv").Validated();
        Assert.Equal((Arm.Epochs, 40, "vgg", 0, false, 0.972),
            (options.Arm, options.Epochs, options.Content, options.Jitter, options.AverageWarmUp, options.AverageDecay));
        Assert.Equal((5e-5, 2e-4, 1e-5, 0.0, 1.0, 10.0),
            (options.GeneratorRate, options.DiscriminatorRate, options.DiscriminatorEpsilon, options.GeneratorBeta1,
            options.AdversarialWeight, options.FeatureMatchingWeight));
        Assert.Equal((1e-2, 2e-3), (AdaptOptions.ByVersion("v1").Vgg19Weight, AdaptOptions.ByVersion("v1").VggFaceWeight));
        Assert.Equal((2, 2), (options.DiscriminatorUpdates, AdaptOptions.ByVersion("v1").DiscriminatorUpdates));
        Assert.Equal(new AdaptOptions(), AdaptOptions.ByVersion("small"));
    }

    [Fact]
    public void One_update_of_D_is_not_written_so_that_older_caches_keep_their_keys_and_others_are_read_back()
    {
        Assert.DoesNotContain("discriminator_updates", CanonicalJson.ToLine(new AdaptOptions()), StringComparison.Ordinal);
        var two = CanonicalJson.ToLine(new AdaptOptions { DiscriminatorUpdates = 2 });
        Assert.Contains("\"discriminator_updates\":2", two, StringComparison.Ordinal);
        Assert.Equal(2, JsonSerializer.Deserialize<AdaptOptions>(two, CanonicalJson.Foreign)!.DiscriminatorUpdates);
        Assert.Equal(1, JsonSerializer.Deserialize<AdaptOptions>("{}", CanonicalJson.Foreign)!.DiscriminatorUpdates);
    }
}
