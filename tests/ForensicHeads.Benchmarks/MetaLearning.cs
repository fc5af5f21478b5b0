using BenchmarkDotNet.Attributes;
using ForensicHeads.Foundation;
using ForensicHeads.Generator.Training;
using ForensicHeads.Neural.Networks;

namespace ForensicHeads.Benchmarks;

/// <summary>One meta-learning step of heads-64: batch 8, K = 4, two updates of D.</summary>
public class MetaLearning : IDisposable
{
    private MetaLearner? learner;
    private EpisodeBatch? batch;

    /// <summary>Random frames: the cost does not depend on what they show.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new SeededRandom(1, "benchmark");
        byte[] Pixels() => Enumerable.Range(0, 64 * 64 * 3).Select(_ => (byte)random.NextInt(256)).ToArray();
        Landmarks68 Points() => new(Enumerable.Range(0, 136).Select(_ => (float)random.Uniform(0, 64)).ToArray());
        var frames = Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, 6).Select(_ => Pixels()).ToArray()).ToArray();
        var data = new EpisodeData(64, frames, [.. frames.Select(video => video.Select(_ => Points()).ToArray())], "random");
        learner = new MetaLearner(new GeneratorWeights(NetworkPreset.Heads64, 1), data.Videos, new TrainOptions { DiscriminatorUpdates = 2 });
        batch = EpisodeLoader.Load(data, new EpisodeSampler(data, 8, 4, 1).Draw(0));
    }

    /// <summary>One step.</summary>
    [Benchmark]
    public StepLosses Step() => learner!.Learn(batch!);

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        learner?.Dispose();
        batch?.Dispose();
        GC.SuppressFinalize(this);
    }
}
