using ForensicHeads.Foundation;
using ForensicHeads.Neural;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Training;

/// <summary>The mean of ê over the training videos, for the <c>t0</c> anchor.</summary>
internal static class MeanEmbedding
{
    private const int ShotsPerVideo = 8;

    public static float[] Of(GeneratorWeights weights, EpisodeData data, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bound = weights.Embedder.Bind(learn: false, advance: false);
        var total = zeros(weights.Preset.Embedding);
        for (var video = 0; video < data.Videos; video++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var shots = Math.Min(ShotsPerVideo, data.Frames(video));
            var frames = Enumerable.Range(0, shots).Select(i => i * data.Frames(video) / shots).ToArray();
            using var batch = EpisodeFrames.Read(data, [new Episode(video, frames, 0)]).ToBatch();
            total.AddInPlace(weights.Architecture.Embedder.Average(batch.Shots, shots, bound).view(-1));
            progress?.Report(new StepProgress("mean vector", video + 1, data.Videos, "videos"));
        }

        return total.DividedBy(data.Videos).data<float>().ToArray();
    }
}
