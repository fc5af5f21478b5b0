using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests.Layers;

public sealed class NetworkParametersTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Embedder net = new(Tiny.Preset);
    private readonly NetworkParameters parameters;

    public NetworkParametersTests() => parameters = new NetworkParameters(net.Layout, 1, "embedder");

    public void Dispose()
    {
        parameters.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void U_moves_once_a_bind_that_advances_and_not_otherwise()
    {
        var entry = net.Layout.Entries[0];
        var (rows, columns) = (entry.Shape[0], entry.Length / entry.Shape[0]);
        var start = parameters.Spectral.clone();
        parameters.Bind(learn: true, advance: false);
        parameters.Bind(learn: false, advance: false);
        Assert.Equal(start.ToArray(), parameters.Spectral.ToArray());

        var expected = start.narrow(0, entry.SpectralOffset, rows).clone();
        SpectralNorm.Advance(parameters.Values.detach().narrow(0, entry.Offset, entry.Length).view(rows, columns), expected);
        parameters.Bind(learn: true, advance: true);
        Assert.Equal(expected.ToArray(), parameters.Spectral.narrow(0, entry.SpectralOffset, rows).ToArray());
        Assert.NotEqual(start.ToArray(), parameters.Spectral.ToArray());
    }

    [Fact]
    public void Weights_bound_before_u_moves_can_still_be_differentiated_afterwards()
    {
        // Trap 9: u changed in place between the forward and the backward of one step.
        var input = Tiny.Random("x", 1, 6, 32, 32);
        var loss = net.Forward(input, parameters.Bind(learn: true, advance: true)).sum();
        loss.backward();
        var alone = parameters.Values.grad!.clone();
        parameters.Values.grad!.zero_();
        var again = net.Forward(input, parameters.Bind(learn: true, advance: false)).sum();
        parameters.Bind(learn: true, advance: true);
        again.backward();
        Assert.Equal(alone.ToArray(), parameters.Values.grad!.ToArray());
    }

    [Fact]
    public void A_bind_without_learning_passes_no_gradient()
    {
        var input = Tiny.Random("x", 1, 6, 32, 32).requires_grad_(true);
        net.Forward(input, parameters.Bind(learn: false, advance: false)).sum().backward();
        Assert.Null(parameters.Values.grad);
        Assert.NotEqual(0, input.grad!.abs().max().item<float>());
    }

    [Fact]
    public void Folding_leaves_the_outputs_unchanged()
    {
        for (var i = 0; i < 50; i++) parameters.Bind(learn: false, advance: true);
        var input = Tiny.Random("x", 2, 6, 32, 32);
        var before = net.Forward(input, parameters.Bind(learn: false, advance: false));
        parameters.Fold();
        var after = net.Forward(input, parameters.Bind(learn: false, advance: false));
        // Relative to the outputs' size: one more float32 division a layer, by a sigma that is 1 up to rounding.
        Assert.True(Tiny.Distance(before, after) < 1e-4 * before.abs().max().item<float>());
        var weight = net.Layout.Entries[0];
        Assert.Equal(1,
            SpectralNormTests
            .LargestSingularValue(parameters.Values.narrow(0, weight.Offset, weight.Length).ToArray(), (int)weight.Shape[0],
            (int)(weight.Length / weight.Shape[0])), 1e-3);
    }

    [Fact]
    public void The_same_seed_and_name_give_the_same_start_and_others_another()
    {
        using var again = new NetworkParameters(net.Layout, 1, "embedder");
        using var other = new NetworkParameters(net.Layout, 2, "embedder");
        Assert.Equal(parameters.Values.ToArray(), again.Values.ToArray());
        Assert.Equal(parameters.Spectral.ToArray(), again.Spectral.ToArray());
        Assert.NotEqual(parameters.Values.ToArray(), other.Values.ToArray());
    }

    [Fact]
    public void A_clone_is_independent()
    {
        using var copy = parameters.Clone();
        var before = parameters.Values.ToArray();
        using (no_grad()) copy.Values.fill_(0);
        copy.Spectral.fill_(0);
        Assert.Equal(before, parameters.Values.ToArray());
        Assert.NotEqual(0, parameters.Spectral.abs().max().item<float>());
    }

    [Fact]
    public void A_parameter_name_can_be_taken_once()
    {
        var layout = new ParameterLayout();
        layout.Add("a", Initial.Zeros, false, 2);
        Assert.Throws<ArgumentException>(() => layout.Add("a", Initial.Zeros, false, 2));
    }
}
