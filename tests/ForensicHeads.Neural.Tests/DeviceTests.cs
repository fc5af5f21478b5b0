using ForensicHeads.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests;

/// <summary>The other device belongs to the whole process, so nothing else may run beside it.</summary>
[Collection(nameof(Alone))]
public sealed class DeviceTests
{
    [Fact]
    public void Parameters_and_what_is_made_of_them_lie_on_the_device_they_were_moved_to()
    {
        // The lazy device mixes with no other: what is made elsewhere is an error.
        using var scope = NewDisposeScope();
        var device = LazyDevice.Compute.Device;
        using var parameters = new NetworkParameters(new ForensicCnn().Layout, 1, "c");
        var start = parameters.Values.ToHost<float>();
        parameters.To(device);
        Assert.Equal(start, parameters.Values.ToHost<float>());
        using var adam = new Adam(parameters.Values, new AdamOptions(1e-3, 0.9));
        using var average = new ParameterAverage(parameters, 0.99, warmUp: true);
        (parameters.Values * parameters.Values).mean().backward();
        adam.Step();
        average.Update(1);
        Assert.Equal(device.type, average.Average.Values.device_type);
        parameters.To(CPU);
        Assert.Equal(DeviceType.CPU, parameters.Device.type);
        Assert.NotEqual(start, parameters.Values.ToHost<float>());
    }

    [Theory]
    [InlineData("cpu", Precision.Float32, "cpu")]
    [InlineData("auto", Precision.Float32, "cpu")]
    [InlineData("auto", Precision.Bf16, "cpu bf16")]
    public void The_choice_names_itself_for_records(string device, Precision precision, string name) =>
        Assert.Equal(name, Compute.Choose(device, precision, warn: Assert.Fail).Name);

    [Theory]
    [InlineData("cuda", Precision.Float32, "No GPU can be used here: this is the build for the CPU")]
    [InlineData("cuda:1", Precision.Float32, "No GPU can be used here: this is the build for the CPU")]
    [InlineData("cuda:x", Precision.Float32, "Unknown device 'cuda:x'")]
    [InlineData("cpu", Precision.Tf32, "tf32 is of NVIDIA cards")]
    public void What_is_not_to_be_had_is_refused(string device, Precision precision, string says) => Assert.Contains(says,
        Assert.Throws<UserErrorException>(() => Compute.Choose(device, precision)).Message, StringComparison.Ordinal);

    [Fact]
    public void Products_are_coarse_inside_the_forwards_of_bf16_and_exact_where_it_is_suspended()
    {
        using var scope = NewDisposeScope();
        var compute = Compute.Choose("cpu", Precision.Bf16);
        var (a, b) = (Tiny.Random("a", 16, 16), Tiny.Random("b", 16, 16));
        var exact = a.mm(b).ToHost<float>();
        using (compute.Forwards())
        {
            Assert.Equal(ScalarType.BFloat16, a.mm(b).dtype);
            using (Autocast.Suspend()) Assert.Equal(exact, a.mm(b).ToHost<float>());
            Assert.Equal(ScalarType.BFloat16, a.mm(b).dtype);
        }

        Assert.Equal(exact, a.mm(b).ToHost<float>());
    }

    [Fact]
    public void A_convolution_tells_how_far_a_device_is_from_the_CPU()
    {
        Assert.Equal(0, Compute.Cpu.DistanceFromCpu());
        Assert.InRange(LazyDevice.Compute.DistanceFromCpu(), 0, 1e-6);
    }

    [Fact]
    public void Values_come_to_the_host_in_the_order_of_the_shape()
    {
        using var scope = NewDisposeScope();
        var table = new[] { 1f, 2, 3, 4, 5, 6 }.ToTensor(CPU, 2, 3);
        Assert.Equal([1, 4, 2, 5, 3, 6], table.t().ToHost<float>());
        Assert.Equal([2f, 5f], table.requires_grad_(true).select(1, 1).ToHost<float>());
        Assert.Equal([7, 8], new[] { 7L, 8 }.ToTensor(CPU).ToHost<long>());
    }
}
