namespace ForensicHeads.Datasets.Store;

/// <summary>Does something with every frame on all cores.</summary>
internal static class ParallelFrames
{
    private const int ReportEvery = 256;

    /// <summary>Runs <paramref name="body"/> for 0 … <paramref name="count"/> − 1. Its first error comes out as it was thrown, not wrapped.</summary>
    public static void Run(string stage, int count, Action<int> body, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        long done = 0;
        ParallelLoop.Run(
            count,
            i =>
            {
                body(i);
                var now = Interlocked.Increment(ref done);
                if (now % ReportEvery == 0 || now == count) progress?.Report(new StepProgress(stage, now, count, "frames"));
            },
            cancellation);
    }
}
