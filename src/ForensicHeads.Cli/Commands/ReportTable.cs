using System.CommandLine;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>report table</c>: the tables of a report for a paper.</summary>
internal sealed class ReportTable : ICommandSource
{
    private enum Form
    {
        Latex,
        Markdown,
    }

    public CliCommand Create(CliContext context)
    {
        var folder = new Argument<string>("DIR") { Description = "A report's folder, with results.json." };
        var form = Options.Default("--format", Form.Latex, "What to write.");
        var condition = Options.Optional<string>("--condition", "The condition; default: the headline's.", "NAME");
        var to = Options.Optional<string>("--out", "A folder for one file a table; default: all of them on stdout.", "DIR");
        return new CliCommand("table",
            "Writes the tables of a report as LaTeX or Markdown: detection, anchors, controls, differences, quality.",
            "forensicheads report table out/demo --format markdown")
        {
            folder, form, condition, to,
        }.Runs(context, run =>
        {
            var results = ExperimentResults.Read(run.Get(folder));
            if (run.Find(condition) is { } name && !results.Conditions.Contains(name))
                throw new UserErrorException($"{run.Get(folder)} has no condition {name}; it has {string.Join(", ", results.Conditions)}.",
                    exitCode: 2);
            var latex = run.Get(form) == Form.Latex;
            var tables = ReportSections.TextTables(results, run.Find(condition))
                .Select(table => (table.Name, Text: latex ? table.ToLatex() : table.ToMarkdown())).ToArray();
            foreach (var table in tables)
            {
                if (run.Find(to) is not { } at)
                {
                    run.SayText(table.Text);
                    continue;
                }

                var file = table.Name + (latex ? ".tex" : ".md");
                AtomicFile.WriteText(at, file, table.Text);
                run.Say(Path.Combine(at, file));
            }

            return new CommandOutcome(new { tables = tables.ToDictionary(table => table.Name, table => table.Text) });
        });
    }
}
