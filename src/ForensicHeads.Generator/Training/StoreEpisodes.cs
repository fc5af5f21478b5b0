using ForensicHeads.Datasets;
using ForensicHeads.Foundation;
using ForensicHeads.Media;

namespace ForensicHeads.Generator.Training;

/// <summary>Loads the training frames of a store.</summary>
public static class StoreEpisodes
{
    /// <summary>Decodes the frames of the chosen people into memory, reduced to the preset's size by the area filter.</summary>
    /// <param name="store">The store.</param>
    /// <param name="size">Frame size in pixels; the store's frames must be at least as large.</param>
    /// <param name="include">Which frames take part (a split's role, say).</param>
    /// <param name="maxFramesPerVideo">At most so many frames a video, evenly spaced; 0 for all.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <exception cref="UserErrorException">No frame takes part, or the store is too small in pixels.</exception>
    public static EpisodeData Load(FrameStore store, int size, Func<FrameRecord, bool> include, int maxFramesPerVideo, CancellationToken cancellation)
    {
        if (store.Info.Size < size) throw new UserErrorException($"{store.Path} holds frames of {store.Info.Size} px, but the preset works at {size} px, and frames are never enlarged. Make the store with --size {size} or more.");
        var videos = store.Frames.Where(frame => frame.Label == "real" && include(frame))
            .GroupBy(frame => (frame.Video, frame.Track))
            .OrderBy(group => group.Key.Video, StringComparer.Ordinal).ThenBy(group => group.Key.Track)
            .Select(group => Thin(group.OrderBy(frame => frame.FrameNumber).ToArray(), maxFramesPerVideo))
            .ToArray();
        if (videos.Length == 0) throw new UserErrorException($"{store.Path} has no real frames of the people asked for. Check --split and the role.");

        var pixels = new byte[videos.Length][][];
        var landmarks = new Landmarks68[videos.Length][];
        Parallel.For(0, videos.Length, new ParallelOptions { CancellationToken = cancellation }, video =>
        {
            pixels[video] = Array.ConvertAll(videos[video], frame => ImageResize.Area(store.ReadImage(frame), size, size).Pixels);
            landmarks[video] = Array.ConvertAll(videos[video], frame => frame.Landmarks.Resize(store.Info.Size, size));
        });
        var keys = string.Join('\n', videos.SelectMany(video => video.Select(frame => frame.Key)));
        return new EpisodeData(size, pixels, landmarks, Hashes.OfText($"{store.ContentHash}\n{size}\n{keys}"));
    }

    private static FrameRecord[] Thin(FrameRecord[] frames, int most) =>
        most <= 0 || frames.Length <= most ? frames : Enumerable.Range(0, most).Select(i => frames[(int)((long)i * frames.Length / most)]).ToArray();
}
