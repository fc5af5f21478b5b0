namespace ForensicHeads.Cli.Frame;

/// <summary>The commands, in the order in which <c>--help</c> lists them. Only what works stands here.</summary>
internal static class CommandList
{
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
        new ProvenanceCommand(),
        new DetectCommand(),
        new ExperimentCommand(),
        new ReportCommand(),
        new VerifyCommand(),
    ];
}

/// <summary>One command of the tool. Write a class, add it to <see cref="CommandList"/>, and that is all.</summary>
internal interface ICommandSource
{
    /// <summary>The command with its options and action.</summary>
    CliCommand Create(CliContext context);
}
