namespace ForensicHeads.Generator.Tests.Training;

public class TrainOptionsTests
{
    [Fact]
    public void The_defaults_are_valid_and_as_documented()
    {
        var options = new TrainOptions();
        Assert.Equal(options, options.Validated());
        Assert.Equal((4000, 8, 4, 1, 0),
            (options.Steps, options.Batch, options.Shots, options.DiscriminatorUpdates, options.AdversarialFrom));
        Assert.Equal((2e-4, 4e-4, 1e-8, 0.9),
            (options.GeneratorRate, options.DiscriminatorRate, options.DiscriminatorEpsilon, options.GeneratorBeta1));
        Assert.Equal((0.4, 0.999, TrainedFor.Both), (options.DecayShare, options.AverageDecay, options.For));
        Assert.Equal(("laplacian", 40.0, 1.0, 10.0, 1.0),
            (options.Content, options.ContentWeight, options.AdversarialWeight, options.FeatureMatchingWeight, options.MatchingWeight));
    }

    [Fact]
    public void Rates_hold_then_fall_to_a_tenth_at_the_end()
    {
        var options = new TrainOptions { Steps = 100, DecayShare = 0.4 };
        Assert.Equal(1, options.RateFactor(60));
        Assert.Equal(0.55, options.RateFactor(80), 1e-12);
        Assert.Equal(0.1, options.RateFactor(100), 1e-12);
        Assert.Equal(1, (options with { DecayShare = 0 }).RateFactor(100));
    }

    [Theory]
    [InlineData("iccv", 1.5e-1, 2.5e-2, 10)]
    [InlineData("v1", 1e-2, 2e-3, 80)]
    public void The_published_versions_have_their_published_numbers(string version, double vgg19, double vggFace, double matching)
    {
        var options = TrainOptions.ByVersion(version).Validated();
        Assert.Equal((vgg19, vggFace, matching), (options.Vgg19Weight, options.VggFaceWeight, options.MatchingWeight));
        Assert.Equal(("vgg", 1.0, 1.0, 10.0),
            (options.Content, options.ContentWeight, options.AdversarialWeight, options.FeatureMatchingWeight));
        Assert.Equal((8, 2, 0), (options.Shots, options.DiscriminatorUpdates, options.AdversarialFrom));
        Assert.Equal((5e-5, 2e-4, 1e-5, 0.0, 0.0, 0.999),
            (options.GeneratorRate, options.DiscriminatorRate, options.DiscriminatorEpsilon, options.GeneratorBeta1, options.DecayShare,
            options.AverageDecay));
    }

    [Fact]
    public void Small_is_the_default_and_an_unknown_version_is_refused_with_the_known_ones()
    {
        Assert.Equal(new TrainOptions(), TrainOptions.ByVersion("small"));
        Assert.Contains("small, iccv or v1", Assert.Throws<UserErrorException>(() => TrainOptions.ByVersion("v2")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_for_ff_has_no_embedding_match_and_is_twice_as_long()
    {
        var options = new TrainOptions { Steps = 300 };
        var forFf = options.Meant(TrainedFor.Ff).Validated();
        Assert.Equal((0.0, 600, TrainedFor.Ff), (forFf.MatchingWeight, forFf.Steps, forFf.For));
        Assert.Equal(options with { For = TrainedFor.Ft }, options.Meant(TrainedFor.Ft));
        Assert.Contains("without L_MCH", Assert.Throws<UserErrorException>(() => (forFf with { MatchingWeight = 1 }).Validated()).Message,
            StringComparison.Ordinal);
    }

    public static TheoryData<string, TrainOptions> Wrong => new()
    {
        { "option steps is 0", new TrainOptions { Steps = 0 } },
        { "option discriminator updates is 11", new TrainOptions { DiscriminatorUpdates = 11 } },
        { "option generator rate is 1", new TrainOptions { GeneratorRate = 1 } },
        { "option generator beta1 is 1", new TrainOptions { GeneratorBeta1 = 1 } },
        { "option average decay is NaN", new TrainOptions { AverageDecay = double.NaN } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void A_value_outside_its_range_is_wrong_usage(string says, TrainOptions options)
    {
        var error = Assert.Throws<UserErrorException>(options.Validated);
        Assert.Equal(2, error.ExitCode);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }
}
