using System.CommandLine.Help;
using System.CommandLine;

namespace ForensicHeads.Cli.Frame;

/// <summary>The whole command line: parses, runs, and turns every end into an exit code and at most one line.</summary>
internal static class CommandLine
{
    public const string Name = "forensicheads";

    /// <summary>Runs one command line. 0 done; 1 failed; 2 wrong usage; 3 done, but some inputs were rejected; 130 cancelled.</summary>
    public static async Task<int> RunAsync(string[] args, CliContext context, CancellationToken cancellation)
    {
        // A file may be called @clip.mp4; to the library that is one that holds arguments.
        var parse = Build(context).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var failure = new Failure(context, Json: args.Contains("--json"), Verbose: args.Contains("--verbose"));
        if (parse.Action is not Help && Misuse.Of(parse, args) is { } fault) return failure.Usage(parse, fault);
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                // Interrupt handles the signals; the library's own handler would end the process after two seconds.
                ProcessTerminationTimeout = null,
            };
            return await parse.InvokeAsync(configuration, cancellation).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // A stopped child process or a broken pipe surfaces as another error; the user's wish explains them all.
            return cancellation.IsCancellationRequested ? failure.Cancelled() : failure.Of(error);
        }
    }

    /// <summary>The root command.</summary>
    internal static CliCommand Build(CliContext context)
    {
        var root =
            new CliCommand(Name, "From how many photos of a person can a talking head be made that a detector misses, and how sure are we?",
            "forensicheads procedural --identities 20 --out data/heads");
        root.Options.Add(new HelpOption { Action = new Help(all: false), Description = "Show this help." });
        root.Options.Add(
            new HelpOption("--help-all") { Action = new Help(all: true), Description = "Show it with the seldom options." });
        root.Options.Add(new VersionOption { Description = "Show the version." });
        root.Options.Add(context.Json);
        root.Options.Add(context.Verbose);
        foreach (var source in CommandList.All) root.Subcommands.Add(source.Create(context));
        // The other name of a command within a group says enough by itself.
        Command[] inside = [.. root.Subcommands.SelectMany(group => group.Subcommands).Where(child => child.Aliases.Count > 0)];
        foreach (var child in inside) root.Subcommands.Add(child);
        return root.Runs(context, run =>
        {
            var lines = Help.Overview(root);
            foreach (var line in lines) run.Say(line);
            return new CommandOutcome(new { commands = CommandList.Aims.SelectMany(aim => aim.Commands) });
        });
    }
}

/// <summary>Says in one line why a command did not end well, and gives its exit code.</summary>
/// <param name="Context">The streams.</param>
/// <param name="Json">Whether the output owes a JSON document, even now.</param>
/// <param name="Verbose">Whether to add the stack.</param>
internal sealed record Failure(CliContext Context, bool Json, bool Verbose)
{
    /// <summary>The command line could not be understood.</summary>
    public int Usage(ParseResult parse, string fault) =>
        Report($"{fault} Run ./{((CliCommand)parse.CommandResult.Command).Call} --help.", 2);

    /// <summary>Stopped by Ctrl-C or a signal.</summary>
    public int Cancelled() => Report("cancelled; nothing unfinished lies under a final name.", 130);

    /// <summary>An exception ended the command.</summary>
    public int Of(Exception error)
    {
        var cause = Cause(error);
        var (message, code) = cause switch
        {
            UserErrorException user => (user.Message, user.ExitCode),
            MediaRejectedException rejected => ($"The file was refused: {rejected.Message}", 1),
            // What .NET adds of its own to a message means nothing here; the stack has it.
            _ => ($"{cause.Message.Split(" (Parameter '")[0].TrimEnd('.')}. This is a defect; run the command again with --verbose for the "
                + "stack, and report it.", 1),
        };
        if (Verbose) Context.Error.WriteLine(PrintedText.Visible(error.ToString()));
        return Report(message, code);
    }

    // Parallel passes wrap what stopped them.
    private static Exception Cause(Exception error) => error is AggregateException several
        ? several.Flatten().InnerExceptions.OfType<UserErrorException>().FirstOrDefault()
        ?? several.Flatten().InnerExceptions.FirstOrDefault() ?? error
        : error;

    private int Report(string message, int code)
    {
        var line = message.ReplaceLineEndings(" ");
        Context.Error.WriteLine($"{CommandLine.Name}: {PrintedText.Line(line)}");
        if (Json) new TolerantWriter(Context.Output).Write(
            PrintedText.Json(CanonicalJson.ToText(new { error = line, exit_code = code })));
        return code;
    }
}
