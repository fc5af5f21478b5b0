using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ForensicHeads.Neural.Tests.Layers;

public sealed class ResidualBlockTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly ParameterLayout layout = new();
    private readonly Tensor x = Tiny.Random("x", 2, 4, 8, 8);

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(Resample.Down, true, 4)]
    [InlineData(Resample.Down, false, 4)]
    [InlineData(Resample.Up, true, 16)]
    [InlineData(Resample.None, true, 8)]
    public void A_block_equals_its_definition_in_the_literal_order(Resample resample, bool preActivation, long side)
    {
        var block = new ResidualBlock(layout, "b", 4, 6, resample, norm: null, preActivation);
        using var parameters = new NetworkParameters(layout, 1, "net");
        // Zero biases would hide a bias added at the wrong place.
        using (no_grad()) parameters.Values.add_(0.1);
        var bound = parameters.Bind(learn: false, advance: false);
        var actual = block.Forward(x, bound);
        Assert.Equal([2, 6, side, side], actual.shape);

        var main = preActivation ? F.relu(x) : x;
        if (resample == Resample.Up) main = Double(main);
        main = F.relu(Convolve(main, bound, "b.conv1", padding: 1));
        main = Convolve(main, bound, "b.conv2", padding: 1);
        if (resample == Resample.Down) main = F.avg_pool2d(main, 2);
        // The definition resamples around the 1×1 convolution, on the larger side.
        var skip = Convolve(resample == Resample.Up ? Double(x) : x, bound, "b.skip", padding: 0);
        if (resample == Resample.Down) skip = F.avg_pool2d(skip, 2);
        // Values of about 1; sums of 54 float32 products in another order.
        Assert.InRange(Tiny.Distance(main + skip, actual), 0, 1e-5f);
    }

    [Fact]
    public void A_block_that_changes_nothing_has_no_skip_weights_and_adds_its_input()
    {
        var block = new ResidualBlock(layout, "b", 4, 4, Resample.None, norm: null);
        Assert.DoesNotContain(layout.Entries, entry => entry.Name.StartsWith("b.skip", StringComparison.Ordinal));
        using var parameters = new NetworkParameters(layout, 1, "net");
        CloseMainPath(parameters);
        Assert.Equal(x.ToArray(), block.Forward(x, parameters.Bind(learn: false, advance: false)).ToArray());
    }

    [Fact]
    public void In_normed_blocks_only_the_skip_has_a_bias()
    {
        _ = new ResidualBlock(layout, "b", 4, 6, Resample.Down, (name, channels) => new AffineInstanceNorm(layout, name, channels));
        Assert.Equal(
            ["b.conv1.weight", "b.conv2.weight", "b.norm1.bias", "b.norm1.weight", "b.norm2.bias", "b.norm2.weight", "b.skip.bias",
                "b.skip.weight"],
            layout.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_normed_block_norms_before_each_relu()
    {
        var slots = new AdaptiveSlots();
        var block = new ResidualBlock(layout, "b", 4, 6, Resample.Up, (_, channels) => new AdaptiveInstanceNorm(slots, channels));
        using var parameters = new NetworkParameters(layout, 1, "net");
        var bound = parameters.Bind(learn: false, advance: false);
        var psi = Tiny.Random("psi", 2, slots.Length);
        var main = Convolve(Double(F.relu(Norm(x, psi, 0, 4))), bound, "b.conv1", padding: 1);
        main = Convolve(F.relu(Norm(main, psi, 8, 6)), bound, "b.conv2", padding: 1);
        var skip = Convolve(Double(x), bound, "b.skip", padding: 0);
        Assert.InRange(Tiny.Distance(main + skip, block.Forward(x, bound, psi)), 0, 1e-4f);
    }

    private static Tensor Double(Tensor value) => value.repeat_interleave(2, 2).repeat_interleave(2, 3);

    private static Tensor Norm(Tensor value, Tensor psi, long offset, long channels)
    {
        var centred = value - value.mean([2L, 3L], keepdim: true);
        var deviation = (centred.pow(2).mean([2L, 3L], keepdim: true) + 1e-4).sqrt();
        return (centred / deviation * psi.narrow(1, offset + channels, channels).unsqueeze(-1).unsqueeze(-1))
            + psi.narrow(1, offset, channels).unsqueeze(-1).unsqueeze(-1);
    }

    private Tensor Convolve(Tensor value, BoundParameters bound, string name, long padding)
    {
        int Index(string part) =>
            layout.Entries.Select((entry, i) => (entry.Name, i)).Where(pair => pair.Name == $"{name}.{part}").Select(pair => pair.i)
            .FirstOrDefault(-1);
        return F.conv2d(value, bound[Index("weight")], Index("bias") < 0 ? null : bound[Index("bias")], padding: [padding, padding]);
    }

    // A strongly negative bias of the first convolution closes the ReLU behind it: the main path gives exact zeros.
    private static void CloseMainPath(NetworkParameters parameters)
    {
        var bias = parameters.Layout.Entries.Single(entry => entry.Name == "b.conv1.bias");
        using var _ = no_grad();
        parameters.Values.narrow(0, bias.Offset, bias.Length).fill_(-1000);
    }
}
