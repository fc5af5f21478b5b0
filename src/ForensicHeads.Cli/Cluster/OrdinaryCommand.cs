using System.Text;
using Spectre.Console;

namespace ForensicHeads.Cli.Cluster;

/// <summary>Runs ordinary command lines within this process, each with its share of a plan's work.</summary>
internal static class OrdinaryCommand
{
    /// <summary>The words that start this program.</summary>
    public static IReadOnlyList<string> Program { get; } = Find();

    /// <summary>Runs one; what it says goes to the error stream of the context, but for the line that says why it failed, which is the
    /// caller's to say.</summary>
    public static async Task<CommandEnd> RunAsync(CliContext context, IReadOnlyList<string> words, WorkShare share,
        CancellationToken cancellation)
    {
        using var error = new LastLine(context.Error);
        // A live display within another would be one too many.
        var plain = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error), Ansi = AnsiSupport.No });
        var within = new CliContext(TextWriter.Null, error, plain, context.Time) { Share = share };
        var code = await CommandLine.RunAsync([.. words], within, cancellation).ConfigureAwait(false);
        if (code is 0 or 3) error.Flush();
        return new CommandEnd(code, error.Last ?? FormattableString.Invariant($"exit code {code}"));
    }

    /// <summary>The same, where it must end well.</summary>
    /// <exception cref="UserErrorException">It did not; the message is its last line.</exception>
    public static async Task<CommandEnd> SucceedAsync(CliContext context, IReadOnlyList<string> words, WorkShare share,
        CancellationToken cancellation)
    {
        var end = await RunAsync(context, words, share, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return end.ExitCode is 0 or 3 ? end : throw new UserErrorException(end.Line, end.ExitCode);
    }

    private static string[] Find()
    {
        var library = typeof(OrdinaryCommand).Assembly.Location;
        return Path.GetFileNameWithoutExtension(Environment.ProcessPath) switch
        {
            CommandLine.Name => [Environment.ProcessPath!],
            "dotnet" => [Environment.ProcessPath!, library],
            _ => ["dotnet", library],
        };
    }

    // Hands everything on, and keeps the last line that the program itself said until another follows.
    private sealed class LastLine(TextWriter to) : TextWriter
    {
        private const string Begin = CommandLine.Name + ": ";
        private readonly Lock guard = new();
        private bool isHeld;

        public string? Last { get; private set; }

        public override Encoding Encoding => to.Encoding;

        public override void Write(char value) => to.Write(value);

        public override void Write(string? value) => to.Write(value);

        public override void WriteLine(string? value)
        {
            lock (guard)
            {
                HandOn();
                if (value?.StartsWith(Begin, StringComparison.Ordinal) == true) (Last, isHeld) = (value[Begin.Length..], true);
                else to.WriteLine(value);
            }
        }

        public override void Flush()
        {
            lock (guard) HandOn();
        }

        private void HandOn()
        {
            if (isHeld) to.WriteLine(Begin + Last);
            isHeld = false;
        }
    }
}
