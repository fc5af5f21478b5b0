using System.CommandLine;
using System.CommandLine.Help;

namespace ForensicHeads.Cli.Frame;

/// <summary>The whole command line: parses, runs, and turns every end into an exit code and at most one line.</summary>
internal static class CommandLine
{
    public const string Name = "forensicheads";

    /// <summary>Runs one command line. 0 done; 1 failed; 2 wrong usage; 3 done, but some inputs were rejected; 130 cancelled.</summary>
    public static async Task<int> RunAsync(string[] args, CliContext context, CancellationToken cancellation)
    {
        var parse = Build(context).Parse(args);
        var failure = new Failure(context, Json: args.Contains("--json"), Verbose: args.Contains("--verbose"));
        if (parse.Errors.Count > 0) return failure.Usage(parse);
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
        var root = new CliCommand(Name, "From how many photos of a person can a talking head be made that a detector misses, and how sure are we?", "forensicheads procedural --identities 20 --out data/heads");
        var help = new HelpOption();
        help.Action = new HelpWithExample((HelpAction)help.Action!);
        root.Options.Add(help);
        root.Options.Add(new VersionOption());
        root.Options.Add(context.Json);
        root.Options.Add(context.Verbose);
        foreach (var source in CommandList.All) root.Subcommands.Add(source.Create(context));
        return root;
    }
}
