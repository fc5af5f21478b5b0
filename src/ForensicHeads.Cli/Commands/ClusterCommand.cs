using System.CommandLine;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>cluster plan | run | status | retry | merge</c>.</summary>
internal sealed class ClusterCommand : ICommandSource
{
    public CliCommand Create(CliContext context) => new CliCommand("cluster",
        "Divides an ingest, fakes, an experiment or trainings among many machines.",
        "forensicheads cluster status plans/real")
        .Groups(context, new ClusterPlan(), new ClusterRun(), new ClusterStatus(), new ClusterRetry(), new ClusterMerge());

    /// <summary>The plan that most of them work on.</summary>
    internal static Argument<string> Plan() => new("PLAN") { Description = "The folder of a plan." };

    /// <summary>Says how the tasks of a plan stand: 0 where all are done, else 3.</summary>
    internal static CommandOutcome Report(CommandRun run, PlanFolder folder)
    {
        const int MostNamed = 20;
        var tasks = folder.Report(SlurmJobs.Tasks(folder.Plan));
        foreach (var state in Enum.GetValues<TaskState>())
        {
            int[] numbers = [.. tasks.Where(task => task.State == state).Select(task => task.Task)];
            if (numbers.Length > 0) run.Say(FormattableString.Invariant(
                $"{numbers.Length,7} {state.ToString().ToLowerInvariant(),-8} {TaskRanges.Text(numbers)}"));
        }

        TaskReport[] failed = [.. tasks.Where(task => task.State == TaskState.Failed)];
        foreach (var task in failed.Take(MostNamed)) run.Say(FormattableString.Invariant(
            $"task {task.Task} failed{(task.Attempts > 1 ? $" {task.Attempts} times" : "")}: {task.Line}"));
        if (failed.Length > MostNamed) run.Say(FormattableString.Invariant(
            $"{failed.Length - MostNamed} more failed; --json names all of them."));
        return new CommandOutcome(new { plan = folder.Path, tasks }, tasks.All(task => task.State == TaskState.Done) ? 0 : 3);
    }
}
