namespace ForensicHeads.Cli.Frame;

/// <summary>One command of the tool. Write a class, add it to <see cref="CommandList"/>, and that is all.</summary>
internal interface ICommandSource
{
    /// <summary>The command with its options and action.</summary>
    CliCommand Create(CliContext context);
}
