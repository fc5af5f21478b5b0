using static TorchSharp.torch;

namespace ForensicHeads.Generator.Training;

/// <summary>The episodes of a step that are computed at a time; the gradients of all parts add up to those of the batch.</summary>
/// <param name="Episodes">The part's tensors, views of the batch's.</param>
/// <param name="Videos">The batch's videos, with the places of the part's episodes.</param>
internal sealed record MicroBatch(EpisodeBatch Episodes, BatchVideos Videos)
{
    /// <summary>Divides a batch into equal parts, whose tensors belong to the caller's dispose scope.</summary>
    /// <param name="batch">The step's tensors.</param>
    /// <param name="videos">The step's videos.</param>
    /// <param name="size">Episodes of a part, a divisor of the batch; null for one part.</param>
    public static IReadOnlyList<MicroBatch> Of(EpisodeBatch batch, BatchVideos videos, int? size)
    {
        var episodes = batch.Videos.Count;
        var one = size ?? episodes;
        if (episodes % one != 0) throw new ArgumentException($"{one} does not divide a batch of {episodes} episodes.", nameof(size));
        if (one == episodes) return [new MicroBatch(batch, videos)];
        return [.. Enumerable.Range(0, episodes / one).Select(Part)];

        MicroBatch Part(int number)
        {
            var own = new EpisodeBatch([.. batch.Videos.Skip(number * one).Take(one)], Rows(batch.Shots), Rows(batch.Target),
                Rows(batch.TargetLandmarks));
            return new MicroBatch(own, videos with { Places = Rows(videos.Places) });

            Tensor Rows(Tensor all)
            {
                var count = all.shape[0] / episodes * one;
                return all.narrow(0, number * count, count);
            }
        }
    }
}
