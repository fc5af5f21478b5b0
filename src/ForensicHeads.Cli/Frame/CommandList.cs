namespace ForensicHeads.Cli.Frame;

/// <summary>The commands, and what each is for. Only what works stands here.</summary>
internal static class CommandList
{
    /// <summary>What somebody may want, and the commands for it, in the order in which they are listed.</summary>
    public static IReadOnlyList<(string Aim, string[] Commands)> Aims { get; } =
    [
        ("Look at a video", ["detect score", "detect enroll", "provenance verify"]),
        ("Make data", ["procedural", "ingest", "datasets select", "datasets merge", "datasets split", "datasets audit",
            "datasets export"]),
        ("Make heads and fakes", ["adapt", "generate", "datasets fakes", "plugins check", "export"]),
        ("Train and test", ["train", "detect train", "detect test", "detect evaluate"]),
        ("Experiments and reports",
            ["demo", "experiment new", "experiment run", "experiment schema", "report", "report compare", "report table", "verify"]),
        ("Many machines",
            ["cluster plan ingest", "cluster plan fakes", "cluster plan experiment", "cluster plan train", "cluster run", "cluster status",
            "cluster retry", "cluster merge"]),
        ("Housekeeping", ["doctor", "models list", "models fetch", "models verify", "datasets revoke"]),
    ];

    /// <summary>Every one.</summary>
    public static IReadOnlyList<ICommandSource> All { get; } =
    [
        new DoctorCommand(),
        new DemoCommand(),
        new ModelsCommand(),
        new ProceduralCommand(),
        new IngestCommand(),
        new DatasetsCommand(),
        new TrainCommand(),
        new AdaptCommand(),
        new GenerateCommand(),
        new ExportCommand(),
        new PluginsCommand(),
        new ProvenanceCommand(),
        new DetectCommand(),
        new ExperimentCommand(),
        new ReportCommand(),
        new VerifyCommand(),
        new ClusterCommand(),
    ];
}

/// <summary>One command of the tool. Write a class, add it to <see cref="CommandList"/>, and that is all.</summary>
internal interface ICommandSource
{
    /// <summary>The command with its options and action.</summary>
    CliCommand Create(CliContext context);
}
