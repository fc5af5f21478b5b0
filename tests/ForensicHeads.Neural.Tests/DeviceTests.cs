using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests;

/// <summary>Changes the device of the whole process, so nothing else may run beside it.</summary>
[Collection(nameof(Alone))]
public sealed class DeviceTests
{
    [Fact]
    public void Parameters_and_optimisers_are_made_on_the_device_that_is_given_once()
    {
        // libtorch's meta device has shapes and no values, and mixes with no other: what is made elsewhere is an error.
        using var scope = NewDisposeScope();
        TorchRuntime.Device = META;
        try
        {
            using var parameters = new NetworkParameters(new ForensicCnn().Layout, 1, "c");
            using var adam = new Adam(parameters.Values, new AdamOptions(1e-3, 0.9));
            using var average = new ParameterAverage(parameters, 0.99, warmUp: true);
            (parameters.Values * parameters.Values).mean().backward();
            adam.Step();
            average.Update(1);
            Assert.Equal(DeviceType.META, average.Average.Values.device_type);
        }
        finally
        {
            TorchRuntime.Device = CPU;
        }
    }

    [Fact]
    public void Values_come_to_the_host_in_the_order_of_the_shape()
    {
        using var scope = NewDisposeScope();
        var table = new[] { 1f, 2, 3, 4, 5, 6 }.ToTensor(2, 3);
        Assert.Equal([1, 4, 2, 5, 3, 6], table.t().ToHost<float>());
        Assert.Equal([2f, 5f], table.requires_grad_(true).select(1, 1).ToHost<float>());
        Assert.Equal([7, 8], new[] { 7L, 8 }.ToTensor().ToHost<long>());
    }
}
