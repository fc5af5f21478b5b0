namespace ForensicHeads.Experiments.Detection;

/// <summary>Puts frames under a condition, sequence by sequence, and measures them.</summary>
internal static class ConditionedFrames
{
    // Pictures held at once, twice: before and after.
    private const long BytesAtOnce = 96L << 20;

    // Equal pictures have no finite PSNR.
    private const double MostDecibels = 100;

    /// <summary>Measures frames in their order, whatever the number of cores.</summary>
    /// <param name="frames">Frames of whole sequences.</param>
    /// <param name="condition">What both classes undergo alike.</param>
    /// <param name="layout">Families and size.</param>
    /// <param name="finder">Finds landmarks again in the changed pictures, for families over time; null for layouts without.</param>
    /// <param name="then">A change after the condition (a mask), or null.</param>
    /// <param name="decibels">Whether to measure how much the condition changed.</param>
    /// <param name="progress">Counts frames.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    public static FeatureValues Measure(
        IReadOnlyList<ExperimentFrame> frames, ISequenceCondition condition, FeatureLayout layout, ILandmarkFinder? finder,
            Func<ExperimentFrame, RgbImage, RgbImage>? then, bool decibels, IProgress<StepProgress>? progress,
            CancellationToken cancellation)
    {
        var rows = new float[frames.Count][];
        float[]? bits = null;
        var psnr = decibels ? new float[frames.Count] : null;
        var done = 0;
        foreach (var part in Changed(frames, condition, layout.Size, cancellation))
        {
            foreach (var sequence in part)
            {
                for (var f = 0; f < sequence.Indexes.Length; f++)
                {
                    var i = sequence.Indexes[f];
                    if (psnr is not null) psnr[i] =
                        (float)Math.Min(MostDecibels, ImageSimilarity.Psnr(sequence.Before[f], sequence.After.Images[f]));
                    if (sequence.After.Bits is { } coded) (bits ??= new float[frames.Count])[i] = (float)coded / sequence.Indexes.Length;
                }
            }

            (int Index, RgbImage Picture)[] all = [.. part.SelectMany(sequence => sequence.Indexes.Zip(sequence.After.Images))];
            RgbImage Seen(int i) => then is null ? all[i].Picture : then(frames[all[i].Index], all[i].Picture);
            var before = layout.HasPairs ? Before(frames, all) : null;
            var measured = FeatureExtractor.Extract(all.Length, Seen,
                before is null ? null : i => before[i] >= 0 ? Seen(before[i]) : null, layout, null, cancellation);
            for (var i = 0; i < all.Length; i++) rows[all[i].Index] = measured[i];
            if (layout.HasTracks)
            {
                foreach (var sequence in part)
                {
                    var track = layout.MeasureTrack(TrackSamples.Find(
                        finder!, sequence.After.Images, [.. sequence.Indexes.Select(i => frames[i].Record.TimeS)]));
                    foreach (var i in sequence.Indexes) layout.SetTrack(rows[i], track);
                }
            }

            done += all.Length;
            progress?.Report(new StepProgress($"features ({condition.Name})", done, frames.Count, "frames"));
        }

        return new FeatureValues(rows, bits, psnr);
    }

    /// <summary>What some function says of each changed picture, a part of the frames at a time.</summary>
    /// <param name="frames">Frames of whole sequences.</param>
    /// <param name="condition">What both classes undergo alike.</param>
    /// <param name="size">Side of the frames in pixels.</param>
    /// <param name="measure">From frames and their changed pictures to a row each.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    public static float[][] Each(IReadOnlyList<ExperimentFrame> frames, ISequenceCondition condition, int size,
        Func<IReadOnlyList<ExperimentFrame>, IReadOnlyList<RgbImage>, float[][]> measure, CancellationToken cancellation)
    {
        var rows = new float[frames.Count][];
        foreach (var part in Changed(frames, condition, size, cancellation))
        {
            int[] indexes = [.. part.SelectMany(sequence => sequence.Indexes)];
            var measured = measure([.. indexes.Select(i => frames[i])], [.. part.SelectMany(sequence => sequence.After.Images)]);
            foreach (var (index, row) in indexes.Zip(measured)) rows[index] = row;
        }

        return rows;
    }

    /// <summary>The changed pictures themselves, all in memory.</summary>
    /// <param name="frames">Frames of whole sequences.</param>
    /// <param name="condition">What both classes undergo alike.</param>
    /// <param name="size">Side of the frames in pixels.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    public static RgbImage[] Pictures(IReadOnlyList<ExperimentFrame> frames, ISequenceCondition condition, int size,
        CancellationToken cancellation)
    {
        var pictures = new RgbImage[frames.Count];
        foreach (var (index, picture) in Changed(frames, condition, size, cancellation).SelectMany(part => part)
            .SelectMany(sequence => sequence.Indexes.Zip(sequence.After.Images))) pictures[index] = picture;
        return pictures;
    }

    // Which of the pictures stands before each one; -1 for none.
    private static int[] Before(IReadOnlyList<ExperimentFrame> frames, (int Index, RgbImage Picture)[] all)
    {
        var before = new int[all.Length];
        foreach (var sequence in Enumerable.Range(0, all.Length).GroupBy(i => (frames[all[i].Index].Store, frames[all[i].Index].Sequence)))
        {
            var places = new Dictionary<FrameRecord, int>(ReferenceEqualityComparer.Instance);
            foreach (var i in sequence) places.Add(frames[all[i].Index].Record, i);
            var earlier = new FrameBefore(places.Keys);
            foreach (var (record, i) in places) before[i] = earlier.Of(record) is { } found ? places[found] : -1;
        }

        return before;
    }

    private static IEnumerable<IReadOnlyList<ChangedSequence>> Changed(IReadOnlyList<ExperimentFrame> frames, ISequenceCondition condition,
        int size, CancellationToken cancellation)
    {
        foreach (var part in Parts(frames, size))
        {
            cancellation.ThrowIfCancellationRequested();
            var pictures = new RgbImage[frames.Count];
            int[] all = [.. part.SelectMany(sequence => sequence)];
            ParallelLoop.Run(all.Length, i => pictures[all[i]] = frames[all[i]].Read(), cancellation);
            var changed = condition.Apply([.. part.Select(sequence =>
                sequence.Select(i =>
                    new ConditionFrame(pictures[i], frames[i].Record.Landmarks, frames[i].Record.Key, frames[i].Record.Video)).ToArray())],
                cancellation);
            yield return [.. part.Select(
                (sequence, s) => new ChangedSequence(sequence, [.. sequence.Select(i => pictures[i])], changed[s]))];
        }
    }

    private static IEnumerable<IReadOnlyList<int[]>> Parts(IReadOnlyList<ExperimentFrame> frames, int size)
    {
        var most = Math.Max(1, BytesAtOnce / (3L * size * size));
        var part = new List<int[]>();
        foreach (var sequence in Enumerable.Range(0, frames.Count).GroupBy(i => frames[i].Sequence)
            .Select(group => group.OrderBy(i => frames[i].Record.FrameNumber).ToArray()))
        {
            if (part.Count > 0 && part.Sum(other => (long)other.Length) + sequence.Length > most)
            {
                yield return part;
                part = [];
            }

            part.Add(sequence);
        }

        if (part.Count > 0) yield return part;
    }

    private sealed record ChangedSequence(int[] Indexes, IReadOnlyList<RgbImage> Before, ConditionedSequence After);
}
