using System.CommandLine;

namespace ForensicHeads.Cli.Frame;

/// <summary>A command whose help ends with an example.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">One sentence.</param>
/// <param name="example">A whole command line, as one would type it after <c>./</c>.</param>
internal sealed class CliCommand(string name, string description, string example) : Command(name, description)
{
    /// <summary>A whole command line.</summary>
    public string Example { get; } = example;

    /// <summary>Sets what the command does.</summary>
    public CliCommand Runs(CliContext context, Func<CommandRun, Task<CommandOutcome>> work)
    {
        SetAction((parse, cancellation) => CommandRun.ExecuteAsync(parse, context, work, cancellation));
        return this;
    }

    /// <summary>Sets what the command does, for work that does not wait.</summary>
    public CliCommand Runs(CliContext context, Func<CommandRun, CommandOutcome> work) => Runs(context, run => Task.FromResult(work(run)));
}

/// <summary>What a command that ran to its end has to say.</summary>
/// <param name="Document">The document of <c>--json</c>: an anonymous object or a record.</param>
/// <param name="ExitCode">0 done; 1 failed; 3 done, but some inputs were rejected.</param>
internal sealed record CommandOutcome(object Document, int ExitCode = 0);
