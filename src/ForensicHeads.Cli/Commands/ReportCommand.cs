using ForensicHeads.Cli.Frame;
using ForensicHeads.Reporting.Html;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>report</c>: figures and page again from the results.</summary>
internal sealed class ReportCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var folder = new System.CommandLine.Argument<string>("DIR") { Description = "A report's folder, with results.json." };
        return new CliCommand("report", "Makes figures and report.html again from the results in a folder.", "forensicheads report out/demo")
        {
            folder,
        }.Runs(context, run =>
        {
            var path = ReportWriter.Rebuild(run.Get(folder));
            run.Say($"report: {path}");
            return new CommandOutcome(new { report = path });
        });
    }
}
