using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>cluster run</c>: one task, or all that are not done.</summary>
internal sealed class ClusterRun : ICommandSource
{
    /// <summary>Where the number of a task stands on any scheduler.</summary>
    internal const string Variable = "FORENSICHEADS_TASK";

    public CliCommand Create(CliContext context)
    {
        var from = ClusterCommand.Plan();
        var number = Options.Optional<int?>("--task", $"The task, from 1; default: the environment variable {Variable}.", "N");
        var all = Options.Switch("--all", "Do every task that is not done, on this machine.");
        var jobs = Options.Default("--jobs", 1, "With --all, tasks at the same time, 1 to 1000.", "N");
        return new CliCommand("run", "Does one task of a plan, or all of them here.",
            "forensicheads cluster run plans/real --all --jobs 2")
        {
            from, number, all, jobs,
        }.Runs(context, async run =>
        {
            var folder = PlanFolder.Open(run.Get(from));
            if (run.Get(all))
            {
                if (run.Find(number) is not null) throw new UserErrorException(
                    "--task and --all do not go together. Leave one of them out.", exitCode: 2);
                if (run.Get(jobs) is < 1 or > 1000) throw new UserErrorException(
                    $"--jobs is {run.Get(jobs)}; allowed is 1 … 1000.", exitCode: 2);
                var tasks = new ParallelTasks(folder, OrdinaryCommand.Program) { Say = run.Context.Error.WriteLine };
                await tasks.RunAsync(run.Get(jobs), run.Progress, run.Cancellation).ConfigureAwait(false);
                return ClusterCommand.Report(run, folder);
            }

            var task = folder.Checked(run.Find(number) ?? Given());
            InFolder(folder);
            var fault = await new TaskRun(folder, CliContext.ToolVersion, (words, share, cancellation) =>
                OrdinaryCommand.RunAsync(run.Context, words, share, cancellation)).RunAsync(task, run.Cancellation).ConfigureAwait(false);
            run.Cancellation.ThrowIfCancellationRequested();
            if (fault is not null) throw new UserErrorException(FormattableString.Invariant($"task {task}: {fault}"));
            run.Say(FormattableString.Invariant($"task {task} of {folder.Plan.Tasks} is done"));
            return new CommandOutcome(new { plan = folder.Path, task });
        });
    }

    /// <summary>Goes to where relative paths of the plan lead from.</summary>
    /// <exception cref="UserErrorException">This machine has no such folder.</exception>
    internal static void InFolder(PlanFolder folder)
    {
        if (Environment.CurrentDirectory == folder.Plan.Folder) return;
        if (!Directory.Exists(folder.Plan.Folder)) throw new UserErrorException(
            $"The plan was made in {folder.Plan.Folder}, which this machine does not have. Use a file system that all machines share.");
        Environment.CurrentDirectory = folder.Plan.Folder;
    }

    private static int Given()
    {
        var text = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(text)) throw new UserErrorException(
            $"Which task? Give --task N, set {Variable}, or do all of them by --all.", exitCode: 2);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var task) ? task : throw new UserErrorException(
            $"{Variable} is '{text}'; it must be the number of a task, from 1.", exitCode: 2);
    }
}
