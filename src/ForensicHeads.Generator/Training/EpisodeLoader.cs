using ForensicHeads.Foundation;
using ForensicHeads.Generator.Frames;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Training;

/// <summary>The tensors of one step.</summary>
/// <param name="Videos">int64[B]: row of W.</param>
/// <param name="Shots">float32[B·K, 6, S, S]: frames with their landmark images.</param>
/// <param name="Target">float32[B, 3, S, S].</param>
/// <param name="TargetLandmarks">float32[B, 3, S, S].</param>
public sealed record EpisodeBatch(Tensor Videos, Tensor Shots, Tensor Target, Tensor TargetLandmarks) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Videos.Dispose();
        Shots.Dispose();
        Target.Dispose();
        TargetLandmarks.Dispose();
    }
}

/// <summary>Turns episodes into tensors.</summary>
public static class EpisodeLoader
{
    /// <summary>Loads the episodes of a step. The result belongs to the caller, outside any dispose scope.</summary>
    public static EpisodeBatch Load(EpisodeData data, IReadOnlyList<Episode> episodes)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var shots = episodes.SelectMany(episode => episode.Shots.Select(frame => (episode.Video, frame))).ToArray();
        var targets = episodes.Select(episode => (episode.Video, episode.Target)).ToArray();
        return new EpisodeBatch(
            tensor(episodes.Select(episode => (long)episode.Video).ToArray()).DetachFromDisposeScope(),
            cat([Frames(data, shots), LandmarkImages(data, shots)], 1).DetachFromDisposeScope(),
            Frames(data, targets).DetachFromDisposeScope(),
            LandmarkImages(data, targets).DetachFromDisposeScope());
    }

    private static Tensor Frames(EpisodeData data, (int Video, int Frame)[] picks)
    {
        var side = data.Size * data.Size * 3;
        var bytes = new byte[picks.Length * side];
        for (var i = 0; i < picks.Length; i++) data.Pixels(picks[i].Video, picks[i].Frame).CopyTo(bytes, i * side);
        return FrameTensor.FromBytes(bytes, picks.Length, data.Size, data.Size);
    }

    private static Tensor LandmarkImages(EpisodeData data, (int Video, int Frame)[] picks) =>
        FrameTensor.From(Array.ConvertAll(picks, pick => LandmarkRaster.Draw(data.Landmarks(pick.Video, pick.Frame), data.Size)));
}
