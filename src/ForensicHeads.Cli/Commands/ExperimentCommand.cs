namespace ForensicHeads.Cli.Commands;

/// <summary><c>experiment new | run | schema</c>: the whole line from one configuration file.</summary>
internal sealed class ExperimentCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var group = new CliCommand("experiment", "Runs experiments from configuration files.",
            "forensicheads experiment run datasets/procedural-heads/demo.json --out out/demo");
        group.Add(New(context));
        group.Add(Run(context));
        group.Add(Schema(context));
        return group;
    }

    private static CliCommand New(CliContext context)
    {
        var store = Options.Required<string>("--store", "The store whose people will take part.", "STORE");
        var to = Options.Required<string>("--out", "The file to write; experiment.schema.json is put beside it for editors.", "FILE.json");
        return new CliCommand("new", "Writes a first experiment file: how many people and shots it takes follows from the store.",
            "forensicheads experiment new --store data/real --out first.json")
        {
            store, to,
        }.Runs(context, run =>
        {
            var path = Path.GetFullPath(run.Get(to));
            if (File.Exists(path)) throw new UserErrorException($"{path} is there already. Choose another --out, or remove it first.");
            var text = FirstExperiment.Make(run.OpenStore(run.Get(store)), run.Context.Time, run.Cancellation);
            AtomicFile.WriteText(path, text);
            AtomicFile.WriteText(Path.Combine(Path.GetDirectoryName(path)!, "experiment.schema.json"),
                CanonicalJson.ToText(ExperimentSchema.Make()));
            run.Say($"experiment: {path}");
            run.Say($"next: ./{CommandLine.Name} experiment run {run.Get(to)} --store {run.Get(store)}");
            return new CommandOutcome(new { experiment = path });
        });
    }

    private static CliCommand Schema(CliContext context)
    {
        var form = Options.Default("--format", SchemaForm.Json, "json: a JSON schema, for editors; markdown: a table of the fields.");
        return new CliCommand("schema", "Prints the form of an experiment file: every field, what it may hold and its default.",
            "forensicheads experiment schema --format markdown")
        {
            form,
        }.Runs(context, run =>
        {
            var schema = ExperimentSchema.Make();
            run.SayText(run.Get(form) == SchemaForm.Json ? CanonicalJson.ToText(schema).TrimEnd('\n') : new TextTable("experiment",
                "Fields of an experiment file.", ["field", "what", "may hold", "default"],
                [.. ExperimentSchema.Fields().Select(field => (IReadOnlyList<string>)[field.Path, field.What, field.Holds, field.Default])])
                .ToMarkdown());
            return new CommandOutcome(schema);
        });
    }

    private enum SchemaForm
    {
        Json,
        Markdown,
    }

    private static CliCommand Run(CliContext context)
    {
        var file = new System.CommandLine.Argument<string>("CONFIG") { Description = "The experiment file (JSON)." };
        var store = Options.Optional<string>("--store", "The store that takes the place of {store} in the file.", "STORE");
        var to = Options.Optional<string>("--out", "The report's folder; out/NAME if left out.", "DIR");
        var resume = Options.Switch("--resume",
            "Go on with what the folder holds. Finished steps are always taken from its cache; this only demands that there is something.");
        var compute = new ComputeOptions();
        var command = new CliCommand("run", "Runs an experiment: store, heads, detector, report.",
            "forensicheads experiment run datasets/real-video/real.json --store data/real --out out/real")
        {
            file, store, to, resume,
        };
        compute.AddTo(command);
        return command.Runs(context, run =>
        {
            var config = ExperimentFile.Read(run.Get(file), run.Find(store));
            if (run.InputsAlone(() => Hashes.OfText(CanonicalJson.ToLine(config)
                + (config.Store is { } source ? run.OpenStore(source).IndexSha256 : ""))) is { } hashed) return Task.FromResult(hashed);
            var folder = run.Find(to) ?? Path.Combine("out", config.Name);
            if (run.Get(resume) && !Directory.Exists(Path.Combine(folder, "work")))
                throw new UserErrorException(
                    $"There is nothing to resume in {folder}. Start the experiment without --resume.", exitCode: 2);
            return ExperimentRun.ExecuteAsync(run, config, folder, compute.Apply(run));
        });
    }
}
