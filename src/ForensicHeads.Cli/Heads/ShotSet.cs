namespace ForensicHeads.Cli.Heads;

/// <summary>T shots of a person, ready for the generator, and their names and perceptual hashes.</summary>
/// <param name="Shots">At the generator's size.</param>
/// <param name="Keys">Keys of their frames.</param>
/// <param name="Hashes">Perceptual hashes of the frames as they were stored.</param>
/// <param name="Sources">The files that they were cut from, each once.</param>
internal sealed record ShotSet(IReadOnlyList<Shot> Shots, IReadOnlyList<string> Keys, IReadOnlyList<ulong> Hashes,
    IReadOnlyList<ShotFile> Sources)
{
    /// <summary>Draws one frame from each of T equal stretches of the video.</summary>
    /// <exception cref="UserErrorException">T is out of range, or the frames are too small.</exception>
    public static ShotSet Draw(DriverVideo video, int count, int size, long seed, int draw)
    {
        if (count < 1) throw new UserErrorException($"--shots is {count}; allowed is 1 or more.", exitCode: 2);
        if (draw < 0) throw new UserErrorException($"--draw is {draw}; allowed is 0 or more.", exitCode: 2);
        var frames = video.Frames;
        if (count > frames.Count)
        {
            throw new UserErrorException(
                $"--shots is {count}, but video '{video.Video}' of {video.Store.Path} has {frames.Count} frames. Use --shots "
                + $"{frames.Count} or fewer, or a longer video.");
        }

        var stored = video.Store.Info.Size;
        if (stored < size) throw new UserErrorException(
            $"{video.Store.Path} holds frames of {stored} px, but the weights work at {size} px, and frames are never enlarged. Make the "
            + $"store with --size {size} or more.");
        var random = new SeededRandom(seed, FormattableString.Invariant($"shots/{video.Identity}/{draw}"));
        var picks = Enumerable.Range(0, count).Select(i =>
        {
            var (from, to) = ((int)((long)i * frames.Count / count), (int)((long)(i + 1) * frames.Count / count));
            return frames[from + random.NextInt(to - from)];
        }).ToArray();
        var images = Array.ConvertAll(picks, video.Store.ReadImage);
        return new ShotSet(
            [.. picks.Zip(images, (frame, image) => new Shot(ImageResize.Area(image, size, size), frame.Landmarks.Resize(stored, size)))],
            Array.ConvertAll(picks, frame => frame.Key),
            Array.ConvertAll(images, PerceptualHash.Of),
            [.. picks.Select(frame => frame.SourceSha256).OfType<string>().Where(hash => hash.Length > 0).Distinct(StringComparer.Ordinal)
                .Select(hash => new ShotFile(video.SourceNames.GetValueOrDefault(hash), hash))]);
    }
}
