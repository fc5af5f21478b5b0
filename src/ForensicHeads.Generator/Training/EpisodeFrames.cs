using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Training;

/// <summary>The pictures of one step as they were read. Made without libtorch, so that they may be read beside a learner: the number of
/// threads of its matrix library belongs to the whole process.</summary>
public sealed class EpisodeFrames
{
    private readonly int size;
    private readonly long[] videos;
    private readonly (byte[] Frames, byte[] Landmarks) shots;
    private readonly (byte[] Frames, byte[] Landmarks) targets;

    private EpisodeFrames(int size, long[] videos, (byte[] Frames, byte[] Landmarks) shots, (byte[] Frames, byte[] Landmarks) targets)
    {
        this.size = size;
        this.videos = videos;
        this.shots = shots;
        this.targets = targets;
    }

    /// <summary>Reads the frames of a step's episodes and draws their landmark images.</summary>
    public static EpisodeFrames Read(FaceVideos data, IReadOnlyList<Episode> episodes) => new(
        data.Size,
        [.. episodes.Select(episode => (long)episode.Video)],
        Pictures(data, [.. episodes.SelectMany(episode => episode.Shots.Select(frame => (episode.Video, frame)))]),
        Pictures(data, [.. episodes.Select(episode => (episode.Video, episode.Target))]));

    /// <summary>The tensors on a device, which belong to the caller, outside any dispose scope.</summary>
    public EpisodeBatch ToBatch(Device device)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return new EpisodeBatch(
            videos,
            cat([Pixels(shots.Frames), Pixels(shots.Landmarks)], 1).DetachFromDisposeScope(),
            Pixels(targets.Frames).DetachFromDisposeScope(),
            Pixels(targets.Landmarks).DetachFromDisposeScope());

        Tensor Pixels(byte[] pixels) => FrameTensor.FromBytes(pixels, pixels.Length / (size * size * 3), size, size, device);
    }

    private static (byte[] Frames, byte[] Landmarks) Pictures(FaceVideos data, (int Video, int Frame)[] picks)
    {
        var side = data.Size * data.Size * 3;
        var frames = new byte[picks.Length * side];
        var landmarks = new byte[picks.Length * side];
        for (var i = 0; i < picks.Length; i++)
        {
            data.Pixels(picks[i].Video, picks[i].Frame).CopyTo(frames, i * side);
            LandmarkRaster.Draw(data.Landmarks(picks[i].Video, picks[i].Frame), data.Size).Pixels.CopyTo(landmarks, i * side);
        }

        return (frames, landmarks);
    }
}

/// <summary>The tensors of one step.</summary>
/// <param name="Videos">The row of W of each episode, on the host.</param>
/// <param name="Shots">float32[B·K, 6, S, S]: frames with their landmark images.</param>
/// <param name="Target">float32[B, 3, S, S].</param>
/// <param name="TargetLandmarks">float32[B, 3, S, S].</param>
public sealed record EpisodeBatch(IReadOnlyList<long> Videos, Tensor Shots, Tensor Target, Tensor TargetLandmarks) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Shots.Dispose();
        Target.Dispose();
        TargetLandmarks.Dispose();
    }
}
