using ForensicHeads.Detector;
using ForensicHeads.Experiments.Detection;
using ForensicHeads.Foundation;

namespace ForensicHeads.Experiments.Protocols;

/// <summary>The frames of clips, measured one by one on all cores.</summary>
internal static class ClipFrames
{
    private const int ReportEvery = 64;

    /// <summary>What names the frames' content in a cache.</summary>
    public static string Key(IEnumerable<ExperimentFrame> frames) => string.Join('\n', frames.Select(frame => frame.Store.ContentHash + " " + frame.Record.Key));

    /// <summary>The face as MesoNet wants it.</summary>
    public static RgbImage Face(ExperimentFrame frame) => MesoCrop.Of(frame.Read(), frame.Record.Landmarks);

    /// <summary>One row of numbers a frame; does not depend on the number of cores.</summary>
    public static float[][] Measure(string name, IReadOnlyList<ExperimentFrame> frames, Func<ExperimentFrame, float[]> row, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var rows = new float[frames.Count][];
        long done = 0;
        ParallelLoop.Run(
            frames.Count,
            i =>
            {
                rows[i] = row(frames[i]);
                var finished = Interlocked.Increment(ref done);
                if (finished % ReportEvery == 0 || finished == frames.Count) progress?.Report(new StepProgress(name, finished, frames.Count, "frames"));
            },
            cancellation);
        return rows;
    }
}
