using static TorchSharp.torch;

namespace ForensicHeads.Generator.Training;

/// <summary>The videos of a batch; where there are fewer videos than episodes, some come twice.</summary>
/// <param name="Distinct">int64[n]: each video once, in the order of its first episode.</param>
/// <param name="FirstPlaces">int64[n]: the first episode of each.</param>
/// <param name="Places">int64[B]: for every episode, the place of its video in <paramref name="Distinct"/>.</param>
internal sealed record BatchVideos(Tensor Distinct, Tensor FirstPlaces, Tensor Places)
{
    /// <summary>Sorts out the rows of a batch; the tensors belong to the caller's dispose scope.</summary>
    /// <param name="videos">int64[B].</param>
    public static BatchVideos Of(Tensor videos)
    {
        var all = videos.data<long>().ToArray();
        var distinct = all.Distinct().ToArray();
        return new BatchVideos(tensor(distinct), tensor(Array.ConvertAll(distinct, video => (long)Array.IndexOf(all, video))), tensor(Array.ConvertAll(all, video => (long)Array.IndexOf(distinct, video))));
    }
}
