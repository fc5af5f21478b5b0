using ForensicHeads.Experiments.Plugins;

namespace ForensicHeads.Experiments.Tests.Plugins;

/// <summary>The example detectors under <c>notebooks/plugins</c>.</summary>
public class ExampleDetectorTests
{
    [Theory]
    [InlineData("detail-onnx", false)]
    [InlineData("detail", true)]
    public void It_passes_its_trial_and_calls_the_smoother_frames_generated(string name, bool needsPython)
    {
        Assert.SkipUnless(!needsPython || GeneratorCheckTests.HasPython, GeneratorCheckTests.WithoutPython);
        var found = DetectorTrial.Run(Repository.At($"notebooks/plugins/{name}.detector.json"), 128, TestContext.Current.CancellationToken);
        Assert.Null(found.Wrong);
        Assert.Equal(8, found.Scores.Count);
        // A warped frame went through one more interpolation.
        Assert.True(found.Scores.Skip(4).Average() > found.Scores.Take(4).Average());
    }

    [Fact]
    public void Both_say_the_same()
    {
        Assert.SkipUnless(GeneratorCheckTests.HasPython, GeneratorCheckTests.WithoutPython);
        double?[] Of(string name) => [.. DetectorTrial.Run(
            Repository.At($"notebooks/plugins/{name}.detector.json"), 128, TestContext.Current.CancellationToken).Scores];
        Assert.All(Of("detail-onnx").Zip(Of("detail")), pair => Assert.Equal(pair.First!.Value, pair.Second!.Value, 1e-3));
    }
}
