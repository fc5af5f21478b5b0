using System.CommandLine;

namespace ForensicHeads.Cli.Frame;

/// <summary>Says in one line why a command did not end well, and gives its exit code.</summary>
/// <param name="Context">The streams.</param>
/// <param name="Json">Whether the output owes a JSON document, even now.</param>
/// <param name="Verbose">Whether to add the stack.</param>
internal sealed record Failure(CliContext Context, bool Json, bool Verbose)
{
    /// <summary>The command line could not be understood.</summary>
    public int Usage(ParseResult parse)
    {
        // Of "a command is required" and "'foo' is not one", the second helps.
        var error = parse.Errors.FirstOrDefault(error => error.Message.Contains('\'', StringComparison.Ordinal)) ?? parse.Errors[0];
        var path = parse.CommandResult.Command.Name == CommandLine.Name ? CommandLine.Name : $"{CommandLine.Name} {parse.CommandResult.Command.Name}";
        if (parse.CommandResult.Command.Parents.OfType<Command>().FirstOrDefault() is { } parent && parent.Name != CommandLine.Name) path = $"{CommandLine.Name} {parent.Name} {parse.CommandResult.Command.Name}";
        return Report($"{Plain(error.Message)} Run ./{path} --help.", 2);
    }

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
            _ => ($"{cause.GetType().Name}: {cause.Message.TrimEnd('.')}. This is a defect; run the command again with --verbose for the stack, and report it.", 1),
        };
        if (Verbose) Context.Error.WriteLine(PrintedText.Visible(error.ToString()));
        return Report(message, code);
    }

    // Parallel passes wrap what stopped them.
    private static Exception Cause(Exception error) => error is AggregateException several
        ? several.Flatten().InnerExceptions.OfType<UserErrorException>().FirstOrDefault() ?? several.Flatten().InnerExceptions.FirstOrDefault() ?? error
        : error;

    // The parser names .NET types.
    private static string Plain(string message) => message
        .Replace("as expected type 'System.Int32'", "as a whole number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Int64'", "as a whole number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Double'", "as a number", StringComparison.Ordinal);

    private int Report(string message, int code)
    {
        var line = message.ReplaceLineEndings(" ");
        Context.Error.WriteLine($"{CommandLine.Name}: {PrintedText.Line(line)}");
        if (Json) Context.Output.Write(PrintedText.Json(CanonicalJson.ToText(new { error = line, exit_code = code })));
        return code;
    }
}
