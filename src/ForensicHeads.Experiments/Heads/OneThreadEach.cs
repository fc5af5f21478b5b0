namespace ForensicHeads.Experiments.Heads;

/// <summary>One person a core, each on one thread: small networks gain nothing from sharing a convolution between cores, and bytes do not
/// depend on how many are free.</summary>
internal static class OneThreadEach
{
    /// <summary>Does the work of each index, in any order; one after the other where all share a card and its memory.</summary>
    /// <exception cref="UserErrorException">The first that a person's work gave.</exception>
    public static void Run(int count, Compute compute, Action<int> work, CancellationToken cancellation) => Run(() =>
    {
        if (compute.IsCpu) ParallelLoop.Run(count, work, cancellation);
        else
        {
            for (var i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                work(i);
            }
        }

        return true;
    });

    /// <summary>The same around a loop of the caller's own.</summary>
    public static T Run<T>(Func<T> work)
    {
        var threads = TorchRuntime.Threads;
        TorchRuntime.Threads = 1;
        try
        {
            return work();
        }
        finally
        {
            TorchRuntime.Threads = threads;
        }
    }
}
