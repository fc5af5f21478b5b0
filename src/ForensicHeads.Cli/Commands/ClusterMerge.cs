namespace ForensicHeads.Cli.Commands;

/// <summary><c>cluster merge</c>: puts the results of the tasks together.</summary>
internal sealed class ClusterMerge : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var from = ClusterCommand.Plan();
        var gaps = Options.Switch("--allow-gaps",
            "Merge though tasks are missing: an ingest lists their files as rejected, trainings are left out, heads and fakes are made "
            + "here.");
        return new CliCommand("merge", "Puts the results of the tasks together: the same bytes as on one machine.",
            "forensicheads cluster merge plans/real")
        {
            from, gaps,
        }.Runs(context, async run =>
        {
            var folder = PlanFolder.Open(run.Get(from));
            ClusterRun.InFolder(folder);
            var merge = new PlanMerge(folder);
            var made = merge.Check(run.Get(gaps), run.Progress, run.Cancellation);
            var code = made.Contains(null) ? 3 : 0;
            if (folder.Plan.Work == PlannedWork.Train)
            {
                var runs = merge.Trainings(made, run.Cancellation);
                foreach (var one in runs) run.Say($"training: {one}");
                return new CommandOutcome(new { result = folder.Result, trainings = runs }, code);
            }

            var end = await OrdinaryCommand.SucceedAsync(run.Context, folder.Plan.WholeWords(folder.Result),
                new WorkShare { Finished = made }, run.Cancellation).ConfigureAwait(false);
            run.Say($"merged: {folder.Result}");
            return new CommandOutcome(new { result = folder.Result }, Math.Max(code, end.ExitCode));
        });
    }
}
