using ForensicHeads.Testing;

namespace ForensicHeads.Benchmarks.Watermark;

/// <summary>Clips of 3 to 8 frames that carry the label but no watermark, exported and attacked as the others are, or only
/// reduced.</summary>
internal static class UnmarkedClips
{
    private const int FirstPerson = 40_000;
    private const int Batch = 40;

    /// <summary>Every clip's best score for the key.</summary>
    public static IEnumerable<double> Scores(WatermarkStudyOptions options, WatermarkKey key)
    {
        foreach (var batch in Clips(options).Take(options.Unmarked).Chunk(Batch))
        {
            // One stream a batch: an encoder's start costs more than a clip.
            var frames = batch.SelectMany(clip => clip).ToArray();
            var published = options.Codec ? Attack.Frames(CodedFrames.Of(frames)) : [.. frames.Select(Attack.Half)];
            var at = 0;
            foreach (var clip in batch)
            {
                using var detector = new WatermarkDetector();
                foreach (var frame in published.Skip(at).Take(clip.Length)) detector.Add(frame);
                at += clip.Length;
                yield return detector.Find([key])[0].Z;
            }
        }
    }

    private static IEnumerable<RgbImage[]> Clips(WatermarkStudyOptions options)
    {
        var random = new SeededRandom(options.Seed, "unmarked");
        if (options.Store is { } path)
        {
            var store = FrameStore.Open(path);
            var videos = store.Videos.Select(video => store.FramesOfVideo(video).OrderBy(frame => frame.FrameNumber).ToArray()).ToArray();
            while (true)
            {
                var frames = random.Pick(videos);
                var from = random.NextInt(Math.Max(1, frames.Length - 8));
                yield return [.. frames.Skip(from).Take(3 + random.NextInt(6))
                    .Select(frame => Finished(ImageResize.Area(store.ReadImage(frame), 64, 64)))];
            }
        }

        for (var person = FirstPerson; ; person++)
        {
            var video = new ProceduralVideo(ProceduralPerson.Create(options.Seed, person), 0, options.Seed);
            var from = random.NextInt(200);
            yield return [.. Enumerable.Range(from, 3 + random.NextInt(6)).Select(frame => Finished(video.Render(frame, 64).Image))];
        }
    }

    private static RgbImage Finished(RgbImage frame) => VisibleLabel.Apply(ImageResize.Enlarge(frame, 4));
}
