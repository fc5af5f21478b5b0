namespace ForensicHeads.Generator.Heads;

/// <summary>T shots of a video, ready for the generator, with what is noted of them in the head.</summary>
/// <param name="Video">The video that they were drawn from.</param>
/// <param name="Draw">Which draw, from 0.</param>
/// <param name="Frames">Their rows.</param>
/// <param name="Shots">At the generator's size.</param>
/// <param name="Hashes">Perceptual hashes of the frames as they were stored.</param>
public sealed record ShotSet(DriverVideo Video, int Draw, IReadOnlyList<FrameRecord> Frames, IReadOnlyList<Shot> Shots,
    IReadOnlyList<ulong> Hashes)
{
    /// <summary>Keys of their frames.</summary>
    public IReadOnlyList<string> Keys => [.. Frames.Select(frame => frame.Key)];

    /// <summary>The files that they were cut from, each once.</summary>
    public IReadOnlyList<ShotFile> Sources =>
        [.. Frames.Select(frame => frame.SourceSha256).Where(hash => hash.Length > 0).Distinct(StringComparer.Ordinal)
            .Select(hash => new ShotFile(Video.SourceNames.GetValueOrDefault(hash), hash))];

    /// <summary>Draws the shots as <see cref="ShotSampler.OfVideo"/> does.</summary>
    /// <param name="video">The video.</param>
    /// <param name="count">T, from 1.</param>
    /// <param name="size">Side in pixels that the generator works at.</param>
    /// <param name="draw">Which draw, from 0.</param>
    /// <param name="seed">Seed of all draws.</param>
    /// <exception cref="UserErrorException">T is out of range, or the frames are too small.</exception>
    public static ShotSet Of(DriverVideo video, int count, int size, int draw, long seed)
    {
        ArgumentNullException.ThrowIfNull(video);
        var store = video.Store;
        var frames = ShotSampler.OfVideo(store, video.Identity, video.Video, count, draw, seed);
        if (store.Info.Size < size) throw new UserErrorException(
            $"{store.Path} holds frames of {store.Info.Size} px, but the weights work at {size} px, and frames are never enlarged. Make "
            + $"the store with --size {size} or more.");
        Shot[] stored = [.. frames.Select(frame => new Shot(store.ReadImage(frame), frame.Landmarks))];
        return new ShotSet(video, draw, frames, Array.ConvertAll(stored, shot => shot.Resize(size)),
            Array.ConvertAll(stored, shot => PerceptualHash.Of(shot.Image)));
    }
}
