using ForensicHeads.Cli.Frame;
using ForensicHeads.Cli.Scoring;
using ForensicHeads.Experiments;
using ForensicHeads.Reporting.Html;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>report</c>: figures and page again from the results, or the curves of a training run.</summary>
internal sealed class ReportCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var folder = new System.CommandLine.Argument<string>("DIR") { Description = "A report's folder, with results.json, or a training run's, with stats.jsonl." };
        return new CliCommand("report", "Makes figures and report.html again from the results in a folder; of a training run, its loss curves.", "forensicheads report out/demo")
        {
            folder,
        }.Runs(context, run =>
        {
            var at = run.Get(folder);
            var path = TrainingReport.IsRun(at) ? TrainingReport.Draw(at) : SealedReport.Change(run, at, () => ReportWriter.Rebuild(at));
            run.Say($"report: {path}");
            return new CommandOutcome(new { report = path });
        });
    }
}
