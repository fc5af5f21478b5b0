using System.CommandLine;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>report compare</c>: several finished experiments on one page.</summary>
internal sealed class ReportCompare : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var folders = new Argument<string[]>("DIR")
        {
            Description =
            "Folders of finished experiments, with results.json; differences are paired where scores.parquet shows the same people and "
            + "true frames.",
            Arity = ArgumentArity.OneOrMore
        };
        var to = Options.Default("--out", "out/compare", "The folder to write compare.html, compare.json, figures/ and tables/ to.", "DIR");
        return new CliCommand("compare",
            "Sets several experiments side by side: their curves, paired differences where people agree, quality, and tables for a paper.",
            "forensicheads report compare out/demo out/arms --out out/compare")
        {
            folders, to,
        }.Runs(context, run =>
        {
            var comparison = RunComparison.Of(FinishedRun.Read(run.Get(folders)));
            var path = CompareWriter.Write(run.Get(to), comparison, $"./{run.CommandText.Insert(0, CommandLine.Name + " ")}");
            foreach (var note in comparison.Notes) run.Warn(note);
            run.Say($"comparison: {path}");
            return new CommandOutcome(new
            {
                report = path,
                runs = comparison.Runs.Select(one => one.Name).ToArray(),
                paired_differences = comparison.Differences.Count,
                notes = comparison.Notes
            });
        });
    }
}
