using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests.Training;

public sealed class ParameterAverageTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly NetworkParameters source;

    public ParameterAverageTests()
    {
        var layout = new ParameterLayout();
        layout.Add("w", Initial.He, spectralNorm: true, 2, 3);
        source = new NetworkParameters(layout, 1, "net");
    }

    public void Dispose()
    {
        source.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void Parameters_are_averaged_and_u_is_copied()
    {
        using var average = new ParameterAverage(source, 0.999, warmUp: true);
        var expected = source.Values.ToArray().Select(value => (double)value).ToArray();
        for (var step = 1; step <= 3; step++)
        {
            using (no_grad()) source.Values.add_(1);
            source.Bind(learn: false, advance: true);
            average.Update(step);
            var decay = (1.0 + step) / (10 + step);
            var values = source.Values.ToArray();
            for (var i = 0; i < expected.Length; i++) expected[i] = (decay * expected[i]) + ((1 - decay) * values[i]);
        }

        // Float32 values of about 3.
        Assert.All(expected.Zip(average.Average.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
        Assert.Equal(source.Spectral.ToArray(), average.Average.Spectral.ToArray());
    }

    [Theory]
    [InlineData(1, 2.0 / 11)]
    [InlineData(89, 90.0 / 99)]
    [InlineData(100_000, 0.999)]
    public void The_decay_grows_with_the_steps_up_to_its_limit(long step, double decay)
    {
        using var average = new ParameterAverage(source, 0.999, warmUp: true);
        Assert.Equal(decay, average.DecayAt(step), 1e-12);
    }

    [Fact]
    public void Without_warm_up_the_decay_is_the_limit_from_the_first_step()
    {
        using var average = new ParameterAverage(source, 0.972, warmUp: false);
        Assert.Equal(0.972, average.DecayAt(1));
    }
}
