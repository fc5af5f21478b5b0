namespace ForensicHeads.Cli.Commands;

/// <summary><c>demo</c>: the whole experiment on procedural heads with the shipped weights.</summary>
internal sealed class DemoCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var to = Options.Default("--out", "out/demo", "The report's folder.", "DIR");
        var seed = Options.Default("--seed", 1L, "Seed of every draw.", "N");
        var detectors = Options.Default("--detector-seeds", 1,
            "Trainings of every detector, each with a seed of its own, 1 to 20; the curve is the first's, their spread stands beside it.",
            "N");
        return new CliCommand("demo", "Runs the whole experiment on rendered people: with the shipped weights, without data or a network.",
            "forensicheads demo --out out/demo")
        {
            to, seed, detectors,
        }.Runs(context, run =>
        {
            var config = (ExperimentFile.Read(ExperimentFile.DemoPath, store: null)
                with
            { Seed = run.Get(seed), DetectorSeeds = run.Get(detectors) }).Validated();
            return ExperimentRun.ExecuteAsync(run, config, run.Get(to), Compute.Cpu);
        });
    }
}
