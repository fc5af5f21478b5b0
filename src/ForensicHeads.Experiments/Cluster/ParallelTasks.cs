using System.ComponentModel;
using System.Diagnostics;
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
                await OneAsync(task, stop).ConfigureAwait(false);
                progress?.Report(new StepProgress("tasks", Interlocked.Increment(ref ended), tasks.Length, "tasks"));
            }).ConfigureAwait(false);
    }

    private async Task OneAsync(int task, CancellationToken cancellation)
    {
        string[] words =
            [.. program.Skip(1), "cluster", "run", folder.Path, "--task", task.ToString(CultureInfo.InvariantCulture)];
        using var process = Process.Start(new ProcessStartInfo(program[0], words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Plan.Folder,
        })!;
        using var stop = cancellation.Register(() => End(process));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        while (await process.StandardError.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line) Say?.Invoke(line);
        await output.ConfigureAwait(false);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended in between.
        }
    }
}
