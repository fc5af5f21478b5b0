namespace ForensicHeads.Cli.Commands;

/// <summary><c>cluster status</c>: how the tasks of a plan stand.</summary>
internal sealed class ClusterStatus : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var from = ClusterCommand.Plan();
        return new CliCommand("status",
            "Says how the tasks stand: done, running, waiting, failed and why, missing; exit code 3 until all are done.",
            "forensicheads cluster status plans/real")
        {
            from,
        }.Runs(context, run => ClusterCommand.Report(run, PlanFolder.Open(run.Get(from))));
    }
}
