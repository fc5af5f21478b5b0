using System.CommandLine;
using Spectre.Console;

namespace ForensicHeads.Cli.Frame;

/// <summary>What a command may touch of the world: its two streams, the terminal behind the second, the clock.</summary>
/// <param name="output">Results: text, or one JSON document.</param>
/// <param name="error">Messages and progress.</param>
/// <param name="terminal">The console on <paramref name="error"/>, for progress bars.</param>
/// <param name="time">The clock.</param>
internal sealed class CliContext(TextWriter output, TextWriter error, IAnsiConsole terminal, TimeProvider time)
{
    /// <summary>Version of the toolkit, for provenance.</summary>
    public static string ToolVersion { get; } = typeof(CliContext).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Results: text, or one JSON document.</summary>
    public TextWriter Output { get; } = TextWriter.Synchronized(output);

    /// <summary>Messages and progress.</summary>
    public TextWriter Error { get; } = TextWriter.Synchronized(error);

    /// <summary>The console on the error stream.</summary>
    public IAnsiConsole Terminal { get; } = terminal;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Which share of a plan's work the command does; null for an ordinary run.</summary>
    public WorkShare? Share { get; init; }

    /// <summary>Whether somebody watches: progress is a bar then, else plain lines.</summary>
    public bool IsTerminal => Terminal.Profile.Out.IsTerminal;

    /// <summary>One JSON document on the output, nothing else.</summary>
    public Option<bool> Json { get; } =
        new("--json") { Description = "One JSON document on standard output; messages go to standard error.", Recursive = true };

    /// <summary>The stack of an unexpected error.</summary>
    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Show the stack of an unexpected error.", Recursive = true };
}
