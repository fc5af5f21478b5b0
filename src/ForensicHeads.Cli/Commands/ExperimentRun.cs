namespace ForensicHeads.Cli.Commands;

/// <summary>Runs an experiment and says what came of it; shared by <c>demo</c> and <c>experiment run</c>.</summary>
internal static class ExperimentRun
{
    public static async Task<CommandOutcome> ExecuteAsync(CommandRun run, ExperimentConfig config, string folder, Compute compute)
    {
        var runner = new ExperimentRunner(config, folder, $"{CommandLine.Name} {run.CommandText}", run.Context.Time)
        {
            Warn = run.Warn,
            Compute = compute,
            Finished = run.Context.Share?.Finished ?? [],
        };
        if (run.Context.Share?.Part is { } part)
        {
            await runner.MakePartAsync(part, run.Progress, run.Cancellation).ConfigureAwait(false);
            return new CommandOutcome(new { part });
        }

        var report = await runner.RunAsync(run.Progress, run.Cancellation).ConfigureAwait(false);
        var results = ExperimentResults.Read(folder);
        run.Say(results.Headline.Statement);
        run.Say($"report: {report}");
        run.Say($"head of its log: {runner.Head}");
        return new CommandOutcome(new
        {
            report,
            log_head = runner.Head,
            results = Path.Combine(Path.GetFullPath(folder), "results.json"),
            headline = results.Headline
        });
    }
}
