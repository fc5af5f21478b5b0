namespace ForensicHeads.Experiments.Protocols;

/// <summary>Clips of both classes after one common encode: crops of one size, as many in each clip, 25 a second, 4:2:0, x264 at one rate
/// factor. What is measured afterwards sees nothing of the files that they came from but what shows in the faces.</summary>
internal static class EqualisedClips
{
    private const double FramesPerSecond = 25;
    private const int ClipsAtOnce = 96;

    /// <summary>The same clips with other pictures, and with the container that they would have now.</summary>
    /// <param name="set">Clips of equal length, their frames successive.</param>
    /// <param name="crf">Constant rate factor, 0 … 51.</param>
    /// <param name="folder">Where the pictures are put; must outlive the clips.</param>
    /// <param name="progress">Counts clips.</param>
    /// <param name="cancellation">Stops between parts.</param>
    /// <exception cref="UserErrorException">ffmpeg or libx264 is missing, or the rate factor is out of range.</exception>
    public static ClipSet Of(ClipSet set, int crf, string folder, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var codec = new H264Condition(crf);
        var clips = new List<Clip>(set.Clips.Count);
        var info = set.Clips[0].Frames[0].Store.Info;
        using var writer = StoreWriter.Create(Path.Combine(folder, "equalised"), info with
        {
            Name = "equalised",
            EncodePath = $"{info.EncodePath}, {codec.Name}",
            Arguments = ["detect", "evaluate", "--equalise", codec.Name],
        });
        var bits = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var part in set.Clips.Chunk(ClipsAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            var sequences = new ConditionFrame[part.Length][];
            ParallelLoop.Run(part.Length, i => sequences[i] = [.. part[i].Frames.Select(frame =>
                new ConditionFrame(frame.Read(), frame.Record.Landmarks, frame.Record.Key, frame.Record.Video))], cancellation);
            foreach (var (clip, coded) in part.Zip(codec.Apply(sequences, cancellation)))
            {
                bits[clip.Id] = coded.Bits!.Value;
                foreach (var (frame, image) in clip.Frames.Zip(coded.Images))
                    writer.Add(frame.Record with { Key = Key(clips.Count, frame) }, image);
                clips.Add(clip);
            }

            progress?.Report(new StepProgress("equalising", clips.Count, set.Clips.Count, "clips"));
        }

        var store = writer.Complete();
        return set with
        {
            Clips = [.. clips.Select((clip, c) => clip with
            {
                Frames = [.. clip.Frames.Select(frame => new ExperimentFrame(store.Find(Key(c, frame))!, store))],
                Container = new ContainerFacts("video", "mp4", "h264", info.Size, info.Size, FramesPerSecond,
                    clip.Frames.Count / FramesPerSecond, bits[clip.Id] / 8, clip.Frames.Count, clip.Frames.Count, 0),
            })],
        };
    }

    private static string Key(int clip, ExperimentFrame frame) => FrameKey.Of(FormattableString.Invariant($"{clip}-{frame.Record.Key}"));
}
