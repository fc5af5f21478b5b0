namespace ForensicHeads.Media.Tracking;

/// <summary>Works on items side by side and hands the results on in order, with few of them in memory.</summary>
internal static class OrderedWork
{
    /// <summary>Bytes of frames that may wait at one time; one video never holds much more.</summary>
    private const long Budget = 192L << 20;

    /// <summary>How many frames of this size may be under way.</summary>
    internal static int Window(long frameBytes, int workers) => (int)Math.Clamp(Budget / Math.Max(1, frameBytes), 1, 2L * workers);

    /// <summary>Takes items from <paramref name="next"/> until null, maps them in parallel, and calls <paramref name="take"/> in order on
    /// this thread.</summary>
    internal static void Run<TItem, TResult>(Func<TItem?> next, Func<TItem, TResult> map, Action<TResult> take, int window,
        CancellationToken cancellation)
        where TItem : class
    {
        var waiting = new Queue<Task<TResult>>();
        try
        {
            while (next() is { } item)
            {
                waiting.Enqueue(Task.Run(() => map(item), cancellation));
                while (waiting.Count >= window) take(waiting.Dequeue().GetAwaiter().GetResult());
            }

            while (waiting.TryDequeue(out var last)) take(last.GetAwaiter().GetResult());
        }
        finally
        {
            // Nothing may still use the frames' memory once this returns.
            foreach (var task in waiting) task
                .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)
                .Wait(CancellationToken.None);
        }
    }
}
