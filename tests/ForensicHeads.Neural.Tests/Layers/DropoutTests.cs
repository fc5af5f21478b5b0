using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests.Layers;

public class DropoutTests
{
    [Fact]
    public void Learning_drops_the_share_and_scales_the_rest_by_the_stream_alone()
    {
        using var scope = NewDisposeScope();
        var x = ones(40, 500);
        float[] Once(long seed) =>
            new BoundParameters([], learns: true, dropped: new SeededRandom(seed, "dropout")).Dropout(x, 0.25).data<float>().ToArray();
        var values = Once(1);
        Assert.All(values, value => Assert.True(value is 0 or 1 / 0.75f));
        Assert.InRange(values.Count(value => value == 0) / 20_000.0, 0.24, 0.26);
        Assert.Equal(values, Once(1));
        Assert.NotEqual(values, Once(2));
        Assert.Equal(x.data<float>().ToArray(), new BoundParameters([]).Dropout(x, 0.25).data<float>().ToArray());
    }

    [Fact]
    public void Learning_without_a_stream_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new BoundParameters([], learns: true).Dropout(ones(1), 0.5));
}
