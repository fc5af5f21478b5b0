using ForensicHeads.Testing;

namespace ForensicHeads.Faces.Tests;

/// <summary>Nothing else may run beside the other device.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>The face networks on a device that is not the CPU.</summary>
[Collection(nameof(Alone))]
public sealed class DeviceTests
{
    [Fact]
    public void The_landmark_finder_learns_and_finds_there_as_on_the_CPU() => LazyDevice.AssertNear(Landmarks(Compute.Cpu),
        Landmarks(LazyDevice.Compute), 1e-3);

    [Theory]
    [InlineData("identity-loss-64")]
    [InlineData("identity-judge-64")]
    public void An_identity_network_learns_and_embeds_there_as_on_the_CPU(string name) => LazyDevice.AssertNear(Vectors(name, Compute.Cpu),
        Vectors(name, LazyDevice.Compute), 1e-2);

    private static List<double> Landmarks(Compute compute)
    {
        var losses = new List<double>();
        using var training = new LandmarkTraining(1);
        training.To(compute);
        training.Learn(FaceScene.Data(0), 3, 4, 1, (_, loss) => losses.Add(loss), CancellationToken.None);
        Assert.Equal(3, losses.Count);
        return [.. losses, .. training.Measure(FaceScene.Data(0)).Values.Where(double.IsFinite)];
    }

    private static List<double> Vectors(string name, Compute compute)
    {
        var losses = new List<double>();
        using var training = new IdentityTraining(IdentityDesign.All.Single(design => design.Name == name), 1);
        training.To(compute);
        training.Learn(FaceScene.Data(0), 3, 4, 1, (_, loss) => losses.Add(loss), CancellationToken.None);
        Assert.Equal(3, losses.Count);
        return [.. losses, .. training.Network.Embed(FaceScene.Shots[0]).SelectMany(vector => vector).Select(value => (double)value)];
    }
}
