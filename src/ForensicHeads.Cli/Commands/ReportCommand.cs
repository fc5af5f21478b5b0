namespace ForensicHeads.Cli.Commands;

/// <summary><c>report</c>: figures and page again from the results, or the curves of a training run; <c>report compare |
/// table</c>.</summary>
internal sealed class ReportCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var folder = new System.CommandLine.Argument<string>("DIR")
        { Description = "A report's folder, with results.json, or a training run's, with stats.jsonl." };
        var people = Options.Optional<string>("--people",
            "A rating study to draw beside the machine-USER and keep in results.json: CSV with the columns rater, mode, shots, picked, "
            + "shown.", "FILE");
        return new CliCommand("report",
            "Draws figures and report.html again from the results; of a training run, its loss curves.",
            "forensicheads report out/demo")
        {
            folder, people,
        }.Runs(context, run =>
        {
            var at = run.Get(folder);
            if (TrainingReport.IsRun(at))
            {
                var figures = TrainingReport.Draw(at);
                foreach (var figure in figures) run.Say($"figure: {figure}");
                return new CommandOutcome(new { figures });
            }

            var path = SealedReport.Change(run, at, () => run.Find(people) is { } study
                ? ReportWriter.Rebuild(at, HumanUserRow.Read(study, Text(study))) : ReportWriter.Rebuild(at));
            run.Say($"report: {path}");
            return new CommandOutcome(new { report = path });
        }).Groups(context, new ReportCompare(), new ReportTable());
    }

    private static string Text(string file) => PlainFile.Reading(file, () => PlainFile.ReadText(file));
}
