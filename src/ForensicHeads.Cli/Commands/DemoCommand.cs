using ForensicHeads.Cli.Frame;
using ForensicHeads.Experiments.Configuration;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>demo</c>: the whole experiment on procedural heads with the shipped weights.</summary>
internal sealed class DemoCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var to = Options.Default("--out", "out/demo", "The report's folder.", "DIR");
        var seed = Options.Default("--seed", 1L, "Seed of every draw.", "N");
        return new CliCommand("demo", "Runs the whole experiment on procedural heads with the shipped weights.", "forensicheads demo --out out/demo")
        {
            to, seed,
        }.Runs(context, run =>
        {
            var config = ExperimentFile.Read(ExperimentFile.DemoPath, store: null) with { Seed = run.Get(seed) };
            return ExperimentRun.ExecuteAsync(run, config, run.Get(to));
        });
    }
}
