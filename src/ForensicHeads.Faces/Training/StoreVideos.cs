namespace ForensicHeads.Faces.Training;

/// <summary>Loads the training frames of a store.</summary>
public static class StoreVideos
{
    /// <summary>How much memory the decoded frames may take where nothing else is said: 4 GiB.</summary>
    public const long DefaultBudget = 4L << 30;

    /// <summary>
    /// Decodes the frames of the chosen people, reduced to the preset's size by the area filter: all into memory where they fit the budget,
    /// else when they are first wanted, those that fit once and the others each time. What is learnt is the same.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="size">Frame size in pixels; the store's frames must be at least as large.</param>
    /// <param name="include">Which frames take part (a split's role, say).</param>
    /// <param name="maxFramesPerVideo">At most so many frames a video, evenly spaced; 0 for all.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <param name="budget">Bytes that the decoded frames may take.</param>
    /// <exception cref="UserErrorException">No frame takes part, or the store is too small in pixels.</exception>
    public static FaceVideos Load(FrameStore store, int size, Func<FrameRecord, bool> include, int maxFramesPerVideo,
        CancellationToken cancellation, long budget = DefaultBudget)
    {
        if (store.Info.Size < size) throw new UserErrorException(
            $"{store.Path} holds frames of {store.Info.Size} px, but the preset works at {size} px, and frames are never enlarged. Make "
            + $"the store with --size {size} or more.");
        var videos = store.Frames.Where(frame => frame.IsReal && include(frame))
            .GroupBy(frame => (frame.Video, frame.Track))
            .OrderBy(group => group.Key.Video, StringComparer.Ordinal).ThenBy(group => group.Key.Track)
            .Select(group => Thin(group.OrderBy(frame => frame.FrameNumber).ToArray(), maxFramesPerVideo))
            .ToArray();
        if (videos.Length == 0) throw new UserErrorException(
            $"{store.Path} has no real frames of the people asked for. Check --split and the role.");

        byte[] Read(FrameRecord frame) => ImageResize.Area(store.ReadImage(frame), size, size).Pixels;
        var landmarks = Array.ConvertAll(videos, video => Array.ConvertAll(video, frame => frame.Landmarks.Resize(store.Info.Size, size)));
        var keys = string.Join('\n', videos.SelectMany(video => video.Select(frame => frame.Key)));
        var people = Array.ConvertAll(videos, video => video[0].Identity);
        var hash = Hashes.OfText($"{store.ContentHash}\n{size}\n{keys}");
        var learnt = LearntPeople.Of(videos.SelectMany(video => video));
        var pixels = Array.ConvertAll(videos, video => new byte[video.Length][]);
        if (videos.Sum(video => (long)video.Length) * size * size * 3 > budget)
            return new FaceVideos(size, Kept, landmarks, hash, people) { Learnt = learnt };
        ParallelLoop.Run(videos.Length, video => pixels[video] = Array.ConvertAll(videos[video], Read), cancellation);
        return new FaceVideos(size, pixels, landmarks, hash, people) { Learnt = learnt };

        // Two threads may read one frame at once, which gives the same bytes.
        byte[] Kept(int video, int frame)
        {
            if (Volatile.Read(ref pixels[video][frame]) is { } kept) return kept;
            var bytes = Read(videos[video][frame]);
            if (Interlocked.Add(ref budget, -bytes.Length) >= 0) Volatile.Write(ref pixels[video][frame], bytes);
            else Interlocked.Add(ref budget, bytes.Length);
            return bytes;
        }
    }

    private static FrameRecord[] Thin(FrameRecord[] frames, int most) =>
        most <= 0 || frames.Length <= most ? frames
            : Enumerable.Range(0, most).Select(i => frames[(int)((long)i * frames.Length / most)]).ToArray();
}
