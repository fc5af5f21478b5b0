namespace ForensicHeads.Cli.Commands;

/// <summary><c>experiment run</c>: the whole line from one configuration file.</summary>
internal sealed class ExperimentCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var group = new CliCommand("experiment", "Runs experiments from configuration files.",
            "forensicheads experiment run datasets/procedural-heads/demo.json --out out/demo");
        group.Add(Run(context));
        return group;
    }

    private static CliCommand Run(CliContext context)
    {
        var file = new System.CommandLine.Argument<string>("CONFIG") { Description = "The experiment file (JSON)." };
        var store = Options.Optional<string>("--store", "The store that takes the place of {store} in the file.", "STORE");
        var to = Options.Optional<string>("--out", "The report's folder; out/NAME if left out.", "DIR");
        var resume = Options.Switch("--resume",
            "Go on with what the folder holds. Finished steps are always taken from its cache; this only demands that there is something.");
        return new CliCommand("run", "Runs an experiment: store, heads, detector, report.",
            "forensicheads experiment run datasets/real-video/real.json --store data/real --out out/real")
        {
            file, store, to, resume,
        }.Runs(context, run =>
        {
            var config = ExperimentFile.Read(run.Get(file), run.Find(store));
            var folder = run.Find(to) ?? Path.Combine("out", config.Name);
            if (run.Get(resume) && !Directory.Exists(Path.Combine(folder, "work")))
                throw new UserErrorException(
                    $"There is nothing to resume in {folder}. Start the experiment without --resume.", exitCode: 2);
            return ExperimentRun.ExecuteAsync(run, config, folder);
        });
    }
}
