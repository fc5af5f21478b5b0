using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ForensicHeads.Cli.Frame;

/// <summary>The library's help, then the command's example.</summary>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is CliCommand command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Example:");
            output.WriteLine($"  ./{command.Example}");
            output.WriteLine();
        }

        return code;
    }
}
