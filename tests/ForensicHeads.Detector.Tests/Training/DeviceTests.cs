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
    public void The_cnn_learns_there_as_on_the_CPU() => LazyDevice.AssertNear(Cnn(Compute.Cpu), Cnn(LazyDevice.Compute), 1e-3);

    [Fact]
    public void Meso4_learns_there_as_on_the_CPU_dropout_and_all() =>
        LazyDevice.AssertNear(Meso(Compute.Cpu), Meso(LazyDevice.Compute), 1e-3);

    private static IEnumerable<double> Cnn(Compute compute) => Figures(CnnTraining.Learn(Textures.People(0, 3, 32),
        Textures.People(10, 3, 32), Options, cancellation: TestContext.Current.CancellationToken, compute: compute));

    private static IEnumerable<double> Meso(Compute compute) => Figures(Meso4Training.Learn(Textures.People(0, 3, 32),
        Textures.People(10, 3, 32), Options with { Rate = 1e-3 }, cancellation: TestContext.Current.CancellationToken, compute: compute));

    private static IEnumerable<double> Figures(TrainedNetwork network) =>
        network.Curve.SelectMany(point => new double?[] { point.Loss, point.ValidationLoss }).OfType<double>();
}
