namespace ForensicHeads.Generator.Training;

/// <summary>Reads what the coming steps need while the learner computes; it comes in the order of the steps whoever finishes
/// first.</summary>
internal sealed class StepPrefetcher<T> : IDisposable
{
    private readonly Func<int, T> load;
    private readonly int end;
    private readonly int ahead;
    private readonly SemaphoreSlim workers;
    private readonly Queue<Task<T>> queue = new();
    private int next;

    /// <summary>Starts loading.</summary>
    /// <param name="load">Reads a step's frames; depends on the step alone. Called on several threads when there are several
    /// workers.</param>
    /// <param name="first">First step.</param>
    /// <param name="end">The step after the last.</param>
    /// <param name="ahead">Steps held or being loaded, at least 1.</param>
    /// <param name="workers">Steps being loaded at once, at least 1.</param>
    public StepPrefetcher(Func<int, T> load, int first, int end, int ahead, int workers)
    {
        this.load = load;
        this.end = end;
        this.ahead = ahead;
        this.workers = new SemaphoreSlim(workers);
        next = first;
        TopUp();
    }

    /// <summary>The next step's frames; blocks this thread, so that the learner keeps to one thread and its native pool.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public T Next(CancellationToken cancellation)
    {
        if (queue.Count == 0) throw new InvalidOperationException("There is no step after the last.");
        var frames = queue.Peek().WaitAsync(cancellation).GetAwaiter().GetResult();
        queue.Dequeue();
        TopUp();
        return frames;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var task in queue)
        {
            try
            {
                task.GetAwaiter().GetResult();
            }
            catch (Exception)
            {
                // The error that ended the run is the one to report; what was loaded in vain is not.
            }
        }

        workers.Dispose();
    }

    private void TopUp()
    {
        while (queue.Count < ahead && next < end)
        {
            var step = next++;
            queue.Enqueue(Task.Run(() => LoadAsync(step), CancellationToken.None));
        }
    }

    private async Task<T> LoadAsync(int step)
    {
        await workers.WaitAsync().ConfigureAwait(false);
        try
        {
            return load(step);
        }
        finally
        {
            workers.Release();
        }
    }
}
