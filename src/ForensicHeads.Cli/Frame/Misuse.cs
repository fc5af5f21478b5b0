using System.CommandLine;
using System.CommandLine.Parsing;

namespace ForensicHeads.Cli.Frame;

/// <summary>Why a command line cannot be understood, in one sentence for the person who typed it.</summary>
internal static class Misuse
{
    private const int MostListed = 8;

    /// <summary>The first reason, or null where there is none.</summary>
    /// <param name="parse">What the library made of the words.</param>
    /// <param name="words">The words.</param>
    public static string? Of(ParseResult parse, string[] words)
    {
        var command = (CliCommand)parse.CommandResult.Command;
        if (command is { Subcommands.Count: > 0, Arguments.Count: 0 } && parse.UnmatchedTokens is [var first, ..]
            && !first.StartsWith('-')) return NoCommand(command, first);
        // To the library a slip in an option is one more value of what stands before it, and so is an option itself that follows one
        // without its value.
        return Slip(command, [.. words.TakeWhile(word => word != "--")]) ?? MistakenForPath(parse, command)
            ?? (parse.Errors.Count == 0 ? null : Unexpected(parse, command) ?? Value(parse) ?? Missing(parse, command)
            ?? parse.Errors[0].Message);
    }

    private static string? Slip(CliCommand command, string[] words)
    {
        var known = command.Known.SelectMany(option => option.Aliases.Append(option.Name).Select(name => (Name: name, Option: option)))
            .ToDictionary(one => one.Name, one => one.Option, StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            var before = i > 0 ? known.GetValueOrDefault(words[i - 1]) : null;
            if (before is not null && !TakesValue(before)) before = null;
            if (word.Length == 0) return before is null ? "One of the words is empty; is a variable of the shell not set?"
                : $"{before.Name} is empty; give it a value ({before.HelpName}).";
            if (!word.StartsWith("--", StringComparison.Ordinal) && !(word is ['-', var letter, ..] && char.IsLetter(letter))) continue;
            var name = word.Split('=', ':')[0];
            if (known.ContainsKey(name))
            {
                if (before is null) continue;
                return $"{before.Name} needs a value ({before.HelpName}), but {name} follows.";
            }

            var near = NearestName.Of(name.TrimStart('-'), command.Known.Select(option => option.Name[2..]));
            var few = near is null && command.Options.Count is > 0 and <= MostListed
                ? $"; choose from {string.Join(", ", command.Options.Select(option => option.Name))}" : "";
            return $"There is no option {name} here{few}." + (near is null ? "" : $" Did you mean --{near}?")
                + (Path.Exists(word) ? $" The file of that name is given as ./{word}." : "");
        }

        return null;
    }

    // A command with a path of its own takes a slip in the name of a command within it for one.
    private static string? MistakenForPath(ParseResult parse, CliCommand command)
    {
        if (command.Arguments.Count == 0 || command.Subcommands.Count == 0 || parse.CommandResult.Tokens.Count == 0) return null;
        var word = parse.CommandResult.Tokens[0].Value;
        return Path.Exists(word) || NearestName.Of(word, command.Subcommands.Select(child => child.Name)) is not { } near ? null
            : $"There is no file or folder {word}. Did you mean {command.Path} {near}?";
    }

    private static string? Unexpected(ParseResult parse, CliCommand command)
    {
        if (parse.UnmatchedTokens is not [var word, ..]) return null;
        var tokens = parse.Tokens.Select(token => token.Value).ToList();
        var before = tokens.IndexOf(word) is var at and > 0 ? command.Known.FirstOrDefault(option => option.Name == tokens[at - 1]) : null;
        if (before is not null) return
            $"'{word}' cannot follow {before.Name}, which takes {(before.HelpName is { } form ? form : "no value")}.";
        var near = NearestName.Of(word, command.Known.Select(option => option.Name[2..]));
        return $"'{word}' is one word too many.{(near is null ? "" : $" Did you mean --{near}?")}";
    }

    private static string NoCommand(CliCommand group, string word)
    {
        var children = group.Subcommands.Cast<CliCommand>().ToArray();
        var inside = children.Concat(children.SelectMany(child => child.Subcommands.Cast<CliCommand>())).ToArray();
        var near = NearestName.Of(word, inside.SelectMany(child => child.Aliases.Prepend(child.Name)));
        var meant = inside.FirstOrDefault(child => child.Name == near || child.Aliases.Contains(near!));
        var choice = group.Parents.Any() ? $"; choose from {string.Join(", ", children.Select(child => child.Name))}" : "";
        return $"There is no command '{word}'{choice}." + (meant is null ? "" : $" Did you mean {meant.Path}?");
    }

    private static string? Value(ParseResult parse)
    {
        foreach (var error in parse.Errors)
        {
            if (error.SymbolResult is not OptionResult { Implicit: false } result) continue;
            var option = result.Option;
            if (result.Tokens.Count == 0) return $"{option.Name} needs a value ({option.HelpName}).";
            return result.Tokens.Count <= option.Arity.MaximumNumberOfValues ? error.Message
                : $"{option.Name} takes one value, but was given {string.Join(" and ", result.Tokens.Select(token => token.Value))}.";
        }

        return null;
    }

    private static string? Missing(ParseResult parse, CliCommand command)
    {
        string[] missing =
        [
            .. parse.Errors.Select(error => error.SymbolResult).OfType<ArgumentResult>().Select(result => result.Argument.Name),
            .. command.Options.Where(option => option.Required && parse.GetResult(option) is null or { Implicit: true })
                .Select(option => $"{option.Name} {option.HelpName}"),
        ];
        if (missing.Length > 0) return $"{string.Join(" and ", missing)} {(missing.Length == 1 ? "is" : "are")} missing.";
        return command is { Subcommands.Count: > 0, Action: null }
            ? $"{command.Path} needs one of {string.Join(", ", command.Subcommands.Select(child => child.Name))}." : null;
    }

    private static bool TakesValue(Option option) => option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0;
}
