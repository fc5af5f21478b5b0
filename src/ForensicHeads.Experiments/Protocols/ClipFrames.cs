namespace ForensicHeads.Experiments.Protocols;

/// <summary>The frames of clips, measured one by one on all cores.</summary>
internal static class ClipFrames
{
    // Pictures held at once, twice: before and after.
    private const long BytesAtOnce = 96L << 20;

    /// <summary>What names the frames' content in a cache.</summary>
    public static string Key(IEnumerable<ExperimentFrame> frames) =>
        string.Join('\n', frames.Select(frame => frame.Store.ContentHash + " " + frame.Record.Key));

    /// <summary>The face as MesoNet wants it.</summary>
    /// <exception cref="UserErrorException">The landmarks show no face.</exception>
    public static RgbImage Face(ExperimentFrame frame) =>
        ForeignCrop.Of(Sample(frame, frame.Read()), MesoDetectors.Crop, MesoDetectors.Input) ?? throw new UserErrorException(
            $"The landmarks of the frame {frame.Record.Key} are not finite or lie in one point, so no face can be cut out for MesoNet; "
            + "leave the frame out.");

    /// <summary>What a detector of others says of every frame, clip by clip; a few clips are in memory at a time.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="clips">The clips.</param>
    /// <param name="progress">Counts frames.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    /// <param name="failed">Told why a program gave nothing for some clips, which then have no scores.</param>
    public static IReadOnlyList<double?[]> Score(IForeignDetector detector, IReadOnlyList<Clip> clips, IProgress<StepProgress>? progress,
        CancellationToken cancellation, Action<string>? failed = null)
    {
        var (total, done) = (clips.Sum(clip => clip.Frames.Count), 0);
        var scores = new List<double?[]>(clips.Count);
        foreach (var part in Parts(clips))
        {
            ExperimentFrame[] frames = [.. part.SelectMany(clip => clip.Frames)];
            var samples = new ForeignSample[frames.Length];
            ParallelLoop.Run(frames.Length, i => samples[i] = Sample(frames[i], frames[i].Read()), cancellation);
            var next = 0;
            try
            {
                scores.AddRange(detector.Score([.. part.Select(clip => samples[next..(next += clip.Frames.Count)])], cancellation));
            }
            catch (JobFailedException error) when (failed is not null)
            {
                failed(FormattableString.Invariant($"{detector.File.Name} gave no scores for {part.Count} clips: {error.Message}."));
                scores.AddRange(part.Select(clip => new double?[clip.Frames.Count]));
            }

            progress?.Report(new StepProgress(detector.File.Name, done += frames.Length, total, "frames"));
        }

        return scores;
    }

    /// <summary>One row of numbers a frame, clip by clip, of the pictures under a condition; a few clips are in memory at a time.</summary>
    /// <param name="name">What is measured, for the progress.</param>
    /// <param name="clips">The clips; each is one sequence.</param>
    /// <param name="condition">What each sequence undergoes.</param>
    /// <param name="rows">A row for every picture, in order.</param>
    /// <param name="progress">Counts frames.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    public static float[][] Measure(
        string name, IReadOnlyList<Clip> clips, ISequenceCondition condition, Func<IReadOnlyList<(ExperimentFrame Frame, RgbImage Picture)>,
            float[][]> rows, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var total = clips.Sum(clip => clip.Frames.Count);
        var measured = new List<float[]>(total);
        foreach (var part in Parts(clips))
        {
            cancellation.ThrowIfCancellationRequested();
            ExperimentFrame[] frames = [.. part.SelectMany(clip => clip.Frames)];
            var pictures = new RgbImage[frames.Length];
            ParallelLoop.Run(frames.Length, i => pictures[i] = frames[i].Read(), cancellation);
            var next = 0;
            ConditionFrame[][] sequences =
                [.. part.Select(clip =>
                    clip.Frames
                    .Select(frame => new ConditionFrame(pictures[next++], frame.Record.Landmarks, frame.Record.Key, frame.Record.Video))
                    .ToArray())];
            var changed = condition.Apply(sequences, cancellation).SelectMany(sequence => sequence.Images);
            measured.AddRange(rows([.. frames.Zip(changed)]));
            progress?.Report(new StepProgress(name, measured.Count, total, "frames"));
        }

        return [.. measured];
    }

    private static ForeignSample Sample(ExperimentFrame frame, RgbImage picture) =>
        new(frame.Record.Key, picture, frame.Record.Landmarks)
        {
            SourceSha256 = frame.Record.SourceSha256,
            FileName = frame.Record.Video,
            ExportFolder = ExportSequence.FolderOf(frame.Store.Info, frame.Record),
        };

    private static IEnumerable<IReadOnlyList<Clip>> Parts(IReadOnlyList<Clip> clips)
    {
        var (part, bytes) = (new List<Clip>(), 0L);
        foreach (var clip in clips)
        {
            var own = clip.Frames.Sum(frame => 3L * frame.Store.Info.Size * frame.Store.Info.Size);
            if (part.Count > 0 && bytes + own > BytesAtOnce)
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(clip);
            bytes += own;
        }

        if (part.Count > 0) yield return part;
    }
}
