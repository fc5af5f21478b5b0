using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ForensicHeads.Cli.Frame;

/// <summary>The help of a command: what it does, how it is called, its options, an example. The library's own prints defaults as .NET
/// spells them, shows what belongs to the command above, and knows no order.</summary>
/// <param name="all">Whether options that are seldom turned are shown, too.</param>
internal sealed class Help(bool all) : SynchronousCommandLineAction
{
    private const int WidestName = 34;
    private const char Unbroken = '\u00a0';

    public override bool ClearsParseErrors => true;

    /// <summary>The commands by what they are for, a line each, and how to get on.</summary>
    public static IReadOnlyList<string> Overview(CliCommand root)
    {
        var lines = new List<string>();
        foreach (var (aim, commands) in CommandList.Aims)
        {
            lines.Add($"{aim}:");
            // One column for all, but where the names of a group are longer.
            var width = Math.Max(18, commands.Max(path => path.Length));
            lines.AddRange(commands.Select(path => $"  {path.PadRight(width)} {Summary(root, path)}"));
            lines.Add("");
        }

        return [.. lines, $"./{CommandLine.Name} COMMAND --help says how to use one of them."];
    }

    public override int Invoke(ParseResult parseResult)
    {
        var command = (CliCommand)parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        // The library knows how wide the terminal is.
        var width = new HelpAction().MaxWidth;
        var names = command.Aliases.Count == 0 ? "" : $" Also called {string.Join(", ", command.Aliases)}.";
        Rows("Description", ("", command.Description + names));
        Lines("Usage", [.. Usages(command)]);
        Rows("Arguments", [.. command.Arguments.Select(one => ($"<{one.Name}>", one.Description!))]);
        if (command.Parents.Any())
            Rows("Commands", [.. command.Subcommands.Select(one => (Names(one.Name, one.Aliases) + Forms(one), one.Description!))]);
        else foreach (var line in Overview(command).Append("")) output.WriteLine(line);
        var known = command.Known.ToArray();
        Option[] shown = command.Common.Count == 0 ? [.. known.OrderBy(one => !one.Required)]
            : [.. command.Common.Select(name => command.Options.First(one => one.Name == name)), .. known.Except(command.Options)];
        var seldom = known.Except(shown).ToArray();
        Rows("Options", [.. shown.Select(Row)]);
        if (all) Rows("Seldom options", [.. seldom.Select(Row)]);
        else if (seldom.Length > 0) output.WriteLine($"{seldom.Length} more options: ./{command.Call} --help-all\n");
        Lines("Example", $"./{command.Example}");
        return 0;

        void Lines(string title, params string[] lines) => output.WriteLine($"{title}:\n  {string.Join("\n  ", lines)}\n");

        void Rows(string title, params (string Name, string Text)[] rows)
        {
            if (rows.Length == 0) return;
            var first = rows.Max(row => row.Name.Length <= WidestName ? row.Name.Length : 0);
            var indent = new string(' ', first == 0 ? 2 : first + 4);
            Lines(title, [.. rows.Select(row => (row.Name.Length > first ? $"{row.Name}\n{indent}" : row.Name.PadRight(indent.Length - 2))
                + string.Join($"\n{indent}", Wrapped(row.Text, width - indent.Length)))]);
        }
    }

    private static string Summary(CliCommand root, string path)
    {
        Command command = root;
        foreach (var word in path.Split(' ')) command = command.Subcommands.First(child => child.Name == word);
        var sentence = command.Description!.Split(["; ", ": ", ". "], StringSplitOptions.None)[0].TrimEnd('.');
        return sentence + (command.Aliases.Count == 0 ? "" : $" (also {string.Join(", ", command.Aliases)})");
    }

    private static IEnumerable<string> Usages(CliCommand command)
    {
        if (command.Arguments.Count > 0 || command.Subcommands.Count == 0) yield return $"{command.Call}{Forms(command)} [options]";
        if (command.Subcommands.Count > 0) yield return $"{command.Call} <command> [options]";
    }

    private static string Forms(Command command) =>
        string.Concat(command.Arguments.Select(one => $" <{one.Name}>{(one.Arity.MaximumNumberOfValues > 1 ? "..." : "")}"));

    // The library knows /h, too.
    private static string Names(string name, IEnumerable<string> others) =>
        string.Join(", ", others.Where(other => other[0] != '/').Append(name).OrderBy(one => one.StartsWith("--", StringComparison.Ordinal))
            .ThenBy(one => one, StringComparer.Ordinal));

    private static (string Name, string Text) Row(Option option)
    {
        var form = option.HelpName is null ? "" : $" <{option.HelpName}>{(option.Arity.MaximumNumberOfValues > 1 ? "..." : "")}";
        var value = form.Length > 0 && option.HasDefaultValue ? OptionText.Show(option.GetDefaultValue()) : "";
        return (Names(option.Name, option.Aliases) + form + (option.Required ? " (REQUIRED)" : ""),
            option.Description + (value.Length > 0 ? " " + $"[default: {value}]".Replace(' ', Unbroken) : ""));
    }

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += (line.Length == 0 ? "" : " ") + word.Replace(Unbroken, ' ');
        }

        yield return line;
    }
}
