using TorchSharp;

namespace ForensicHeads.Generator.Tests.Training;

/// <summary>Counts the tensors of the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class LiveTensorTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void Steps_of_meta_learning_leave_no_tensor_behind(int? microBatch)
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        var data = TinyScene.Data(2, 6);
        var options = TinyScene.Options with { MatchingTeachesVideos = true, MicroBatch = microBatch };
        using var learner = new MetaLearner(weights, data.Videos, options) { Measures = true };
        var sampler = new EpisodeSampler(data, 2, 2, 1);
        Flat(step =>
        {
            using var batch = EpisodeFrames.Read(data, sampler.Draw(step)).ToBatch(torch.CPU);
            learner.Learn(batch);
        });
    }

    [Fact]
    public void Steps_of_fine_tuning_leave_no_tensor_behind()
    {
        using var outer = torch.NewDisposeScope();
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        var embedding = new FewShotGenerator(weights, new AdaptOptions()).Embed(TinyScene.Shots(0, 2));
        using var learner = new FineTuner(weights, embedding, new AdaptOptions());
        var frames = FrameTensor.From([TinyScene.Picture(0, 0)], torch.CPU);
        var landmarks = FrameTensor.From([LandmarkRaster.Draw(TinyScene.Face(0), TinyScene.Size)], torch.CPU);
        Flat(_ =>
        {
            using var scope = torch.NewDisposeScope();
            learner.Learn(frames, landmarks, 1);
        });
    }

    // The first step makes the gradients, which stay.
    private static void Flat(Action<int> step)
    {
        step(0);
        var before = TorchRuntime.LiveTensors();
        for (var i = 1; i <= 10; i++) step(i);
        Assert.Equal(before, TorchRuntime.LiveTensors());
    }
}
