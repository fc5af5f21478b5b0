using static TorchSharp.torch;

namespace ForensicHeads.Faces;

/// <summary>
/// Whole frames to the vectors in which kernel and Fréchet distances are taken. A network that a loss was built on must not stand
/// behind it.
/// </summary>
public interface IFrameFeatures
{
    /// <summary>Network and layer, for tables and figures.</summary>
    string Name { get; }

    /// <summary>One vector a frame, all of one length.</summary>
    /// <param name="frames">Square frames; larger ones than the network takes are reduced by the area filter.</param>
    float[][] Of(IReadOnlyList<RgbImage> frames);
}

/// <summary>
/// The last map of the identity judge, averaged over its positions (as the Inception network's last map is for the usual distances), on
/// whole frames: nothing is masked, so that background and hair count, too.
/// </summary>
/// <param name="judge">The judge of identity, which no loss has used; the caller disposes it.</param>
public sealed class JudgeFeatures(FaceIdentity judge) : IFrameFeatures
{
    private const int Batch = 64;

    /// <inheritdoc/>
    public string Name => $"{judge.Name}, mean of the last map";

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">A frame is not square or too small.</exception>
    public float[][] Of(IReadOnlyList<RgbImage> frames)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bound = judge.Parameters.Bind(learn: false, advance: false);
        var result = new List<float[]>(frames.Count);
        foreach (var chunk in frames.Chunk(Batch))
        {
            using var inner = NewDisposeScope();
            foreach (var frame in chunk) FrameSize.Check(frame, judge.Name, judge.Size);
            var reduced = Array.ConvertAll(chunk, frame => ImageResize.Area(frame, judge.Size, judge.Size));
            var pooled = judge.Features(FrameTensor.From(reduced, judge.Parameters.Device), bound)[^1].mean([2L, 3L]);
            result.AddRange(pooled.ToHost<float>().Chunk((int)pooled.shape[1]));
        }

        return [.. result];
    }
}
