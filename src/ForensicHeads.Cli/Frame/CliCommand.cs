using System.CommandLine;

namespace ForensicHeads.Cli.Frame;

/// <summary>A command whose help ends with an example.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">One sentence, of which what stands before its first stop is a line of the list of commands.</param>
/// <param name="example">A whole command line, as one would type it after <c>./</c>.</param>
internal sealed class CliCommand(string name, string description, string example) : Command(name, description)
{
    /// <summary>A whole command line.</summary>
    public string Example { get; } = example;

    /// <summary>The options that <c>--help</c> shows, in its order; empty for all.</summary>
    public IReadOnlyList<string> Common { get; private set; } = [];

    /// <summary>Its name after those of the groups it stands in; empty for the program itself.</summary>
    public string Path => Parents.OfType<CliCommand>().FirstOrDefault() is { } group ? $"{group.Path} {Name}".TrimStart() : "";

    /// <summary>As it is called, without arguments.</summary>
    public string Call => $"{CommandLine.Name} {Path}".TrimEnd();

    /// <summary>The options that can be given here, those of every command among them.</summary>
    public IEnumerable<Option> Known => Options.Concat(Parents.OfType<CliCommand>().Take(1)
        .SelectMany(group => group.Known.Where(option => option.Recursive)));

    /// <summary>Adds another name.</summary>
    public CliCommand Alias(string other)
    {
        Aliases.Add(other);
        return this;
    }

    /// <summary>Sets the options that <c>--help</c> shows; the others, which are seldom turned, are left to <c>--help-all</c>.</summary>
    public CliCommand Shows(params string[] common)
    {
        Common = common;
        foreach (var option in Options) option.Hidden = !common.Contains(option.Name);
        return this;
    }

    /// <summary>Adds the commands of a group.</summary>
    public CliCommand Groups(CliContext context, params ReadOnlySpan<ICommandSource> parts)
    {
        foreach (var part in parts) Subcommands.Add(part.Create(context));
        return this;
    }

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
internal sealed record CommandOutcome(object Document, int ExitCode = 0)
{
    /// <summary>What goes to standard output in place of the lines, which then go to the error stream; null for those.</summary>
    public string? Text { get; init; }
}
