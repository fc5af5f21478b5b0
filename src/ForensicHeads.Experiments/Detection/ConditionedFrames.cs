using ForensicHeads.Detector;
using ForensicHeads.Foundation;
using ForensicHeads.Reporting.Statistics;

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
    /// <param name="then">A change after the condition (a mask), or null.</param>
    /// <param name="decibels">Whether to measure how much the condition changed.</param>
    /// <param name="progress">Counts frames.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    public static MeasuredFrames Measure(
        IReadOnlyList<ExperimentFrame> frames, ISequenceCondition condition, FeatureLayout layout, Func<ExperimentFrame, RgbImage, RgbImage>? then, bool decibels, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var rows = new float[frames.Count][];
        float[]? bits = null;
        var psnr = decibels ? new float[frames.Count] : null;
        var done = 0;
        foreach (var part in Parts(frames, layout.Size))
        {
            cancellation.ThrowIfCancellationRequested();
            var pictures = new RgbImage[frames.Count];
            int[] all = [.. part.SelectMany(sequence => sequence)];
            Parallel.For(0, all.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i => pictures[all[i]] = frames[all[i]].Read());
            var changed = condition.Apply([.. part.Select(sequence => sequence.Select(i => new ConditionFrame(pictures[i], frames[i].Record.Landmarks, frames[i].Record.Key, frames[i].Record.Video)).ToArray())], cancellation);
            for (var s = 0; s < part.Count; s++)
            {
                for (var f = 0; f < part[s].Length; f++)
                {
                    var i = part[s][f];
                    if (psnr is not null) psnr[i] = (float)Math.Min(MostDecibels, ImageSimilarity.Psnr(pictures[i], changed[s].Images[f]));
                    if (changed[s].Bits is { } coded) (bits ??= new float[frames.Count])[i] = (float)coded / part[s].Length;
                    pictures[i] = changed[s].Images[f];
                }
            }

            var measured = FeatureExtractor.Extract(all.Length, i => then is null ? pictures[all[i]] : then(frames[all[i]], pictures[all[i]]), layout, null, cancellation);
            for (var i = 0; i < all.Length; i++) rows[all[i]] = measured[i];
            done += all.Length;
            progress?.Report(new StepProgress($"features ({condition.Name})", done, frames.Count, "frames"));
        }

        return new MeasuredFrames(rows, bits, psnr);
    }

    private static IEnumerable<IReadOnlyList<int[]>> Parts(IReadOnlyList<ExperimentFrame> frames, int size)
    {
        var most = Math.Max(1, BytesAtOnce / (3L * size * size));
        var part = new List<int[]>();
        foreach (var sequence in Enumerable.Range(0, frames.Count).GroupBy(i => frames[i].Sequence).Select(group => group.OrderBy(i => frames[i].Record.FrameNumber).ToArray()))
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
}
