using ForensicHeads.Foundation;
using ForensicHeads.Generator.Training;

namespace ForensicHeads.Generator.Tests.Training;

public class TrainOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => new TrainOptions().Validated();

    [Fact]
    public void Rates_hold_then_fall_to_a_tenth_at_the_end()
    {
        var options = new TrainOptions { Steps = 100, DecayShare = 0.4 };
        Assert.Equal(1, options.RateFactor(60));
        Assert.Equal(0.55, options.RateFactor(80), 1e-12);
        Assert.Equal(0.1, options.RateFactor(100), 1e-12);
        Assert.Equal(1, (options with { DecayShare = 0 }).RateFactor(100));
    }

    public static TheoryData<string, TrainOptions> Wrong => new()
    {
        { "Steps is 0", new TrainOptions { Steps = 0 } },
        { "DiscriminatorUpdates is 11", new TrainOptions { DiscriminatorUpdates = 11 } },
        { "GeneratorRate is 1", new TrainOptions { GeneratorRate = 1 } },
        { "GeneratorBeta1 is 1", new TrainOptions { GeneratorBeta1 = 1 } },
        { "AverageDecay is NaN", new TrainOptions { AverageDecay = double.NaN } },
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
