using System.Globalization;

namespace ForensicHeads.Experiments.Cluster;

/// <summary>Does what is missing of a plan on this machine, each task in a process of its own.</summary>
/// <param name="folder">The plan's folder.</param>
/// <param name="program">The words that start this program.</param>
public sealed class ParallelTasks(PlanFolder folder, IReadOnlyList<string> program)
{
    /// <summary>Takes what a task says, a line at a time.</summary>
    public Action<string>? Say { get; init; }

    /// <summary>Does every task that is not done, some at a time. One that fails ends none of the others.</summary>
    /// <param name="jobs">How many at a time.</param>
    /// <param name="progress">Tasks ended.</param>
    /// <param name="cancellation">Ends the processes.</param>
    public async Task RunAsync(int jobs, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        int[] tasks = [.. Enumerable.Range(1, folder.Plan.Tasks).Where(task => !folder.IsDone(task))];
        var ended = 0;
        await Parallel.ForEachAsync(tasks, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation },
            async (task, stop) =>
            {
                string[] words =
                    [.. program.Skip(1), "cluster", "run", folder.Path, "--task", task.ToString(CultureInfo.InvariantCulture)];
                await SystemProgram.RunAsync(program[0], words, line => Say?.Invoke(line), folder.Plan.Folder, stop).ConfigureAwait(false);
                progress?.Report(new StepProgress("tasks", Interlocked.Increment(ref ended), tasks.Length, "tasks"));
            }).ConfigureAwait(false);
    }
}
