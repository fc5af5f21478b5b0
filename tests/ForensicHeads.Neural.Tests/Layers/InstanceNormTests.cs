using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests.Layers;

public sealed class InstanceNormTests : IDisposable
{
    private const int Pictures = 2, Channels = 3, Side = 4;
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly AdaptiveSlots slots = new();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void The_adaptive_norm_is_the_definition_with_bias_first_and_the_scale_as_it_is()
    {
        slots.Reserve(5);
        var norm = new AdaptiveInstanceNorm(slots, Channels);
        var x = Tiny.Values("x", Pictures * Channels * Side * Side);
        var adaptive = Tiny.Values("psi", Pictures * (int)slots.Length);
        var actual =
            norm.Forward(tensor(x, [Pictures, Channels, Side, Side]), new BoundParameters([]), tensor(adaptive, [Pictures, slots.Length]))
            .ToArray();
        for (var n = 0; n < Pictures; n++)
        {
            for (var c = 0; c < Channels; c++)
            {
                var plane = x.AsSpan(((n * Channels) + c) * Side * Side, Side * Side).ToArray();
                var bias = adaptive[(n * (int)slots.Length) + 10 + c];
                var scale = adaptive[(n * (int)slots.Length) + 10 + Channels + c];
                var expected = Normed(plane).Select(value => (value * scale) + bias).ToArray();
                // Float32 against double, values of about 1.
                for (var i = 0; i < plane.Length; i++) Assert.Equal(expected[i], actual[(((n * Channels) + c) * Side * Side) + i], 1e-5);
            }
        }
    }

    [Fact]
    public void A_flat_channel_gives_the_bias_and_a_finite_gradient()
    {
        // Trap 4: a root without eps inside has an infinite slope at zero variance.
        var norm = new AdaptiveInstanceNorm(slots, 1);
        var x = full(1, 1, Side, Side, 0.3f).requires_grad_(true);
        var result = norm.Forward(x, new BoundParameters([]), tensor(new[] { 2f, 7f }, [1, 2]));
        result.pow(2).sum().backward();
        // The mean of 16 equal float32 values is exact to an ulp; eps 1e-4 magnifies that by 100.
        Assert.All(result.ToArray(), value => Assert.Equal(2, value, 1e-4f));
        Assert.All(x.grad!.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void The_learnt_norm_adds_1e4_to_the_variance_under_the_root()
    {
        var layout = new ParameterLayout();
        var norm = new AffineInstanceNorm(layout, "norm", 1);
        using var parameters = new NetworkParameters(layout, 1, "net");
        // Variance 1e-4: with eps 1e-4 the result is 1/√2 of the unit deviation; without it would be 1.
        var plane = Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? 0.01f : -0.01f).ToArray();
        var actual = norm.Forward(tensor(plane, [1, 1, 4, 4]), parameters.Bind(learn: false, advance: false), null).ToArray();
        Assert.Equal(Math.Sqrt(0.5), actual[0], 1e-4);
        Assert.Equal(-Math.Sqrt(0.5), actual[1], 1e-4);
    }

    [Fact]
    public void Slots_follow_one_another_and_own_two_values_a_channel()
    {
        Assert.Equal(0, slots.Reserve(3));
        Assert.Equal(6, slots.Reserve(4));
        Assert.Equal(14, slots.Length);
        Assert.Equal([(0L, 3L), (6L, 4L)], slots.Slots);
    }

    private static IEnumerable<double> Normed(float[] plane)
    {
        var mean = plane.Average(value => (double)value);
        var variance = plane.Average(value => (value - mean) * (value - mean));
        return plane.Select(value => (value - mean) / Math.Sqrt(variance + 1e-4));
    }
}
