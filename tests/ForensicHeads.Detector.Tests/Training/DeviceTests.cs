using ForensicHeads.Detector.Tests.Networks;
using ForensicHeads.Testing;

namespace ForensicHeads.Detector.Tests.Training;

/// <summary>Nothing else may run beside the other device.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>The detector's networks on a device that is not the CPU.</summary>
[Collection(nameof(Alone))]
public sealed class DeviceTests
{
    private static readonly NetworkTrainingOptions Options = new() { Steps = 3, Pairs = 2, ValidateEvery = 1, JpegShare = 0 };

    [Fact]
    public void The_cnn_learns_there_as_on_the_CPU() => AssertNear(Cnn(Compute.Cpu), Cnn(LazyDevice.Compute));

    [Fact]
    public void Meso4_learns_there_as_on_the_CPU_dropout_and_all() => AssertNear(Meso(Compute.Cpu), Meso(LazyDevice.Compute));

    private static void AssertNear(double[] expected, double[] actual)
    {
        LazyDevice.AssertNear(expected[..1], actual[..1], 1e-4);
        // The gradient of what a batch norm takes off again is rounding alone, of which Adam makes a whole step.
        LazyDevice.AssertNear(expected, actual, 5e-2);
    }

    private static double[] Cnn(Compute compute) => Figures(CnnTraining.Learn(Textures.People(0, 3, 32),
        Textures.People(10, 3, 32), Options, cancellation: TestContext.Current.CancellationToken, compute: compute));

    private static double[] Meso(Compute compute) => Figures(Meso4Training.Learn(Textures.People(0, 3, 32),
        Textures.People(10, 3, 32), Options with { Rate = 1e-3 }, cancellation: TestContext.Current.CancellationToken, compute: compute));

    private static double[] Figures(TrainedNetwork network) =>
        [.. network.Curve.SelectMany(point => new double?[] { point.Loss, point.ValidationLoss }).OfType<double>()];
}
