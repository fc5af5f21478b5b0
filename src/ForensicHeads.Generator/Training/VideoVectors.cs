using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Training;

/// <summary>W of the discriminator (paper, equation 4): one vector a training video, each with optimiser state of its own.</summary>
internal sealed class VideoVectors : IDisposable
{
    private readonly Tensor vectors;
    private readonly Tensor seen;
    private readonly Tensor? u;
    private readonly RowAdam adam;

    /// <param name="videos">Rows.</param>
    /// <param name="length">N.</param>
    /// <param name="device">Where they lie.</param>
    /// <param name="options">Adam's constants; the rate is given with each step.</param>
    /// <param name="spectralNorm">Whether W is divided by its largest singular value when used.</param>
    public VideoVectors(int videos, long length, Device device, AdamOptions options, bool spectralNorm)
    {
        vectors = DeviceTensors.Zeros(device, videos, length).DetachFromDisposeScope();
        seen = DeviceTensors.Zeros(device, videos).DetachFromDisposeScope();
        u = spectralNorm ? DeviceTensors.Ones(device, videos).Times(1 / Math.Sqrt(videos)).DetachFromDisposeScope() : null;
        adam = new RowAdam(vectors, options);
    }

    /// <summary>Everything a resumed run needs, by name.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> State =>
    [
        ("videos.vectors", vectors), ("videos.seen", seen), .. u is null ? [] : new[] { ("videos.spectral_u", u) },
        .. adam.State.Select(item => ($"adam.videos.{item.Key}", item.Value)),
    ];

    /// <summary>W_i starts at ê_i when its video is first met: L_MCH then binds the two without first pulling ê towards an arbitrary
    /// start.</summary>
    /// <param name="videos">The batch's videos.</param>
    /// <param name="embedding">ê, float32[B, N].</param>
    public void Start(BatchVideos videos, Tensor embedding)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var known = seen.index_select(0, videos.Distinct).unsqueeze(1);
        var rows = vectors.index_select(0, videos.Distinct);
        vectors.index_copy_(0, videos.Distinct,
            where(known.to_type(ScalarType.Bool), rows, embedding.detach().index_select(0, videos.FirstPlaces)));
        using var one = 1.ToScalar();
        seen.index_fill_(0, videos.Distinct, one);
    }

    /// <summary>Moves u on by its one power iteration of the step.</summary>
    public void Advance()
    {
        if (u is not null) SpectralNorm.Advance(vectors, u);
    }

    /// <summary>The rows of a batch's videos, as a leaf that takes gradients.</summary>
    public Tensor Leaf(BatchVideos videos) => vectors.index_select(0, videos.Distinct).requires_grad_(true);

    /// <summary>One row an episode.</summary>
    /// <param name="videos">The batch's videos, with the places of all its episodes or of a part of them.</param>
    /// <param name="leaf">That of the batch.</param>
    public Tensor Rows(BatchVideos videos, Tensor leaf)
    {
        if (u is null) return leaf.index_select(0, videos.Places);
        using var scope = NewDisposeScope();
        var v = nn.functional.normalize(vectors.t().mv(u), 2.0, 0L, SpectralNorm.Epsilon);
        var mine = u.index_select(0, videos.Distinct);
        // uᵀWv, of which this batch's rows learn their part.
        var sigma = dot(u, vectors.mv(v)).Plus(dot(mine, leaf.mv(v) - leaf.detach().mv(v)));
        return (leaf / sigma).index_select(0, videos.Places).MoveToOuterDisposeScope();
    }

    /// <summary>One update of a batch's rows from the gradient of their leaf.</summary>
    public void Step(BatchVideos videos, Tensor leaf, double rate) =>
        adam.Step(videos.Distinct, leaf.grad ?? throw new InvalidOperationException("No gradient: call backward before Step."), rate);

    /// <inheritdoc/>
    public void Dispose()
    {
        vectors.Dispose();
        seen.Dispose();
        u?.Dispose();
        adam.Dispose();
    }
}

/// <summary>The videos of a batch; where there are fewer videos than episodes, some come twice.</summary>
/// <param name="Distinct">int64[n]: each video once, in the order of its first episode.</param>
/// <param name="FirstPlaces">int64[n]: the first episode of each.</param>
/// <param name="Places">int64[B]: for every episode, the place of its video in <paramref name="Distinct"/>.</param>
internal sealed record BatchVideos(Tensor Distinct, Tensor FirstPlaces, Tensor Places)
{
    /// <summary>Sorts out the rows of a batch; the tensors belong to the caller's dispose scope.</summary>
    /// <param name="videos">The row of each episode.</param>
    /// <param name="device">Where the tensors are made.</param>
    public static BatchVideos Of(IReadOnlyList<long> videos, Device device)
    {
        var all = videos.ToArray();
        var distinct = all.Distinct().ToArray();
        var firstPlaces = Array.ConvertAll(distinct, video => (long)Array.IndexOf(all, video));
        var places = Array.ConvertAll(all, video => (long)Array.IndexOf(distinct, video));
        return new BatchVideos(distinct.ToTensor(device), firstPlaces.ToTensor(device), places.ToTensor(device));
    }
}
