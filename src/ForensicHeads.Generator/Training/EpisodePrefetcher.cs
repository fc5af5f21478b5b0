using ForensicHeads.Neural;

namespace ForensicHeads.Generator.Training;

/// <summary>Loads the batches of the coming steps while the learner computes; they come in the order of the steps whoever finishes first.</summary>
internal sealed class EpisodePrefetcher : IDisposable
{
    private readonly Func<int, EpisodeBatch> load;
    private readonly int end;
    private readonly int ahead;
    private readonly SemaphoreSlim workers;
    private readonly Queue<Task<EpisodeBatch>> queue = new();
    private int next;

    /// <summary>Starts loading.</summary>
    /// <param name="load">Loads a step's batch; depends on the step alone. Called on several threads when there are several workers.</param>
    /// <param name="first">First step.</param>
    /// <param name="end">The step after the last.</param>
    /// <param name="ahead">Batches held or being loaded, at least 1.</param>
    /// <param name="workers">Batches being loaded at once, at least 1.</param>
    public EpisodePrefetcher(Func<int, EpisodeBatch> load, int first, int end, int ahead, int workers)
    {
        this.load = load;
        this.end = end;
        this.ahead = ahead;
        this.workers = new SemaphoreSlim(workers);
        next = first;
        TopUp();
    }

    /// <summary>The next step's batch, which the caller owns; blocks this thread, so that the learner keeps to one thread and its native pool.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public EpisodeBatch Next(CancellationToken cancellation)
    {
        if (queue.Count == 0) throw new InvalidOperationException("There is no step after the last.");
        var batch = queue.Peek().WaitAsync(cancellation).GetAwaiter().GetResult();
        queue.Dequeue();
        TopUp();
        return batch;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var task in queue)
        {
            try
            {
                task.GetAwaiter().GetResult().Dispose();
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

    private async Task<EpisodeBatch> LoadAsync(int step)
    {
        await workers.WaitAsync().ConfigureAwait(false);
        try
        {
            TorchRuntime.UseOneThreadHere();
            return load(step);
        }
        finally
        {
            workers.Release();
        }
    }
}
