using ForensicHeads.Neural.Layers;
using ForensicHeads.Neural.Networks;
using ForensicHeads.Neural.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests;

/// <summary>Changes the device of the whole process, so nothing else may run beside it.</summary>
[Collection(nameof(Alone))]
public sealed class DeviceTests
{
    [Fact]
    public void Networks_and_optimisers_stay_on_the_device_that_is_given_once()
    {
        // libtorch's meta device has shapes and no values, and mixes with no other: a tensor made elsewhere is an error.
        using var scope = NewDisposeScope();
        TorchRuntime.Device = META;
        try
        {
            // Not the networks under spectral norm, whose dot product has no form there.
            var (cnn, meso) = (new ForensicCnn(), new Meso4());
            using var c = new NetworkParameters(cnn.Layout, 1, "c");
            using var m = new NetworkParameters(meso.Layout, 1, "m");
            using var adam = new Adam(m.Values, new AdamOptions(1e-3, 0.9));
            using var average = new ParameterAverage(m, 0.99, warmUp: true);
            var dropped = new Foundation.SeededRandom(1, "dropout");
            meso.Forward(zeros(2, 3, 256, 256, device: META), m.Bind(learn: true, advance: true, dropped)).mean().backward();
            adam.Step();
            average.Update(1);
            Assert.Equal(DeviceType.META, average.Average.Values.device_type);
            Assert.Equal(DeviceType.META, cnn.Forward(zeros(2, 6, 32, 32, device: META), c.Bind(learn: false, advance: false)).Logits.device_type);

            var (frames, kernel) = (zeros(1, 3, 8, 8, device: META), zeros(5, 3, 3, 3, device: META));
            Assert.Equal([1, 5, 4, 4], ResampledConvolution.ThenPool(frames, kernel, null).shape);
            Assert.Equal([1, 5, 16, 16], ResampledConvolution.AfterDoubling(frames, kernel, null).shape);

            using var rows = new RowAdam(zeros(4, 3, device: META), new AdamOptions());
            rows.Step(new[] { 1L, 3 }.ToTensor(), zeros(2, 3, device: META), 0.1);
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
