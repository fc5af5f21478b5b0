namespace ForensicHeads.Cli.Commands;

/// <summary><c>cluster retry</c>: submits to Slurm what is not done.</summary>
internal sealed class ClusterRetry : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var from = ClusterCommand.Plan();
        return new CliCommand("retry",
            "Submits to Slurm what is neither done nor queued: at first all tasks, later those that failed; in several arrays above its "
            + "limit.",
            "forensicheads cluster retry plans/real")
        {
            from,
        }.Runs(context, run =>
        {
            var folder = PlanFolder.Open(run.Get(from));
            int[] tasks = [.. folder.Report(SlurmJobs.Tasks(folder.Plan))
                .Where(task => task.State is TaskState.Failed or TaskState.Missing).Select(task => task.Task)];
            var jobs = tasks.Length == 0 ? [] : SlurmJobs.Submit(folder, tasks);
            run.Say(tasks.Length == 0 ? "nothing to submit: every task is done or queued" : FormattableString.Invariant(
                $"submitted {tasks.Length} tasks ({TaskRanges.Text(tasks)}) as {string.Join(", ", jobs)}"));
            if (jobs.Count > 0) run.Say(
                $"then: sbatch --dependency=afterany:{string.Join(':', jobs)} {folder.MergeScript}");
            return new CommandOutcome(new { plan = folder.Path, tasks, jobs });
        });
    }
}
