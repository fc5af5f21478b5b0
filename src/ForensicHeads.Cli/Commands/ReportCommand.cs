namespace ForensicHeads.Cli.Commands;

/// <summary><c>report</c>: figures and page again from the results, or the curves of a training run; <c>report compare |
/// table</c>.</summary>
internal sealed class ReportCommand : ICommandSource
{
    private static readonly ICommandSource[] Parts = [new ReportCompare(), new ReportTable()];

    public CliCommand Create(CliContext context)
    {
        var folder = new System.CommandLine.Argument<string>("DIR")
        { Description = "A report's folder, with results.json, or a training run's, with stats.jsonl." };
        var people = Options.Optional<string>("--people",
            "A rating study to draw beside the machine-USER and keep in results.json: CSV with the columns rater, mode, shots, picked, "
            + "shown.", "FILE");
        var command = new CliCommand("report",
            "Draws figures and report.html again from the results; of a training run, its loss curves.",
            "forensicheads report out/demo")
        {
            folder, people,
        }.Runs(context, run =>
        {
            var at = run.Get(folder);
            var path = TrainingReport.IsRun(at)
                ? TrainingReport.Draw(at)
                : SealedReport
                .Change(run, at, () => run.Find(people) is { } study ? ReportWriter.Rebuild(at, HumanUserRow.Read(study, Text(study)))
                : ReportWriter.Rebuild(at));
            run.Say($"report: {path}");
            return new CommandOutcome(new { report = path });
        });
        foreach (var part in Parts) command.Subcommands.Add(part.Create(context));
        return command;
    }

    private static string Text(string file)
    {
        try
        {
            return PlainFile.ReadText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Cannot read {file}: {error.Message}", inner: error);
        }
    }
}
