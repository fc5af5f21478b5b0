using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;

namespace ForensicHeads.Cli.Frame;

/// <summary>The library's help, then the command's example.</summary>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var text = new StringWriter();
        configuration.Output = text;
        int code;
        try
        {
            code = help.Invoke(parseResult);
        }
        finally
        {
            configuration.Output = output;
        }

        output.Write(Usage(text.ToString(), parseResult.CommandResult.Command));
        if (parseResult.CommandResult.Command is CliCommand command)
        {
            output.WriteLine("Example:");
            output.WriteLine($"  ./{command.Example}");
            output.WriteLine();
        }

        return code;
    }

    // The library prints a command's own arguments before the name of a command within it, as if both were needed at once.
    private static string Usage(string text, Command command)
    {
        foreach (var parent in command.Parents.OfType<Command>().Where(parent => parent.Arguments.Count > 0))
            text = Regex.Replace(text, $@"( {Regex.Escape(parent.Name)})(?: \[?<[^>]*>(?:\.\.\.)?\]?)+ {Regex.Escape(command.Name)}\b",
                $"$1 {command.Name}");
        return command.Arguments.Count == 0 || command.Subcommands.Count == 0 ? text
            : Regex.Replace(text,
            $@"(?m)^(?<start> .* {Regex.Escape(command.Name)})(?<arguments>(?: \[?<[^>]*>(?:\.\.\.)?\]?)+) \[command\](?<options>.*)$",
            "${start}${arguments}${options}\n${start} [command]${options}");
    }
}
