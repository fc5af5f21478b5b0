using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests;

/// <summary>Counts the tensors of the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public class LiveTensorTests
{
    [Fact]
    public void Twenty_training_steps_leave_no_tensor_behind()
    {
        var net = new Embedder(Tiny.Preset);
        using var parameters = new NetworkParameters(net.Layout, 1, "e");
        using var adam = new Adam(parameters.Values, new AdamOptions(1e-3, 0.9));
        using var average = new ParameterAverage(parameters, 0.99, warmUp: true);
        using var input = Tiny.Random("x", 2, 6, 32, 32);
        // The first step makes the gradient, which stays.
        Step(1);
        var before = TorchRuntime.LiveTensors();
        for (var step = 2; step <= 21; step++) Step(step);
        Assert.Equal(before, TorchRuntime.LiveTensors());

        void Step(int step)
        {
            using var scope = NewDisposeScope();
            net.Forward(input, parameters.Bind(learn: true, advance: true)).mean().backward();
            adam.Step();
            average.Update(step);
        }
    }

    [Fact]
    public void Folding_cloning_and_disposing_leave_no_tensor_behind()
    {
        var before = TorchRuntime.LiveTensors();
        using (var parameters = new NetworkParameters(new Embedder(Tiny.Preset).Layout, 1, "e"))
        {
            using var copy = parameters.Clone();
            copy.Fold();
        }

        Assert.Equal(before, TorchRuntime.LiveTensors());
    }
}
