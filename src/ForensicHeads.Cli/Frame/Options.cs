using System.CommandLine;
using System.CommandLine.Parsing;

namespace ForensicHeads.Cli.Frame;

/// <summary>Options as the commands write them down: name, what it is, and whether it has a default. One whose type is an array takes
/// several values, with blanks or commas between them; an enumeration is chosen by its names in lower case.</summary>
internal static class Options
{
    /// <summary>An option with a default, which the help shows.</summary>
    public static Option<T> Default<T>(string name, T value, string description, string? form = null, IReadOnlyList<string>? among = null)
    {
        var option = Optional<T>(name, description, form, among);
        option.DefaultValueFactory = _ => value;
        return option;
    }

    /// <summary>An option that must be given.</summary>
    public static Option<T> Required<T>(string name, string description, string? form = null, IReadOnlyList<string>? among = null)
    {
        var option = Optional<T>(name, description, form, among);
        option.Required = true;
        return option;
    }

    /// <summary>An option that may be left out.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">A sentence.</param>
    /// <param name="form">What stands for a value in the help; the names where those of an enumeration are the values.</param>
    /// <param name="among">The values that are known, where not every text is one.</param>
    public static Option<T> Optional<T>(string name, string description, string? form = null, IReadOnlyList<string>? among = null)
    {
        var names = among ?? OptionText.NamesOf(typeof(T));
        return new Option<T>(name)
        {
            Description = description,
            HelpName = form ?? (names is null ? null : string.Join('|', names)),
            AllowMultipleArgumentsPerToken = typeof(T).IsArray,
            // What the library makes of words: a comma is one between thousands, so that 7,5 is 75 and ff,ft one mode of the two.
            CustomParser = typeof(T) == typeof(bool) ? null : result => Parse<T>(result, name, names),
        };
    }

    /// <summary>An option that takes several paths, or other texts that may hold commas.</summary>
    public static Option<string[]> Paths(string name, string description, string form, bool required = false) =>
        new(name) { Description = description, HelpName = form, Required = required, AllowMultipleArgumentsPerToken = true };

    /// <summary>A switch.</summary>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    private static T Parse<T>(ArgumentResult result, string name, IReadOnlyList<string>? among)
    {
        try
        {
            return (T)OptionText.Read(name, [.. result.Tokens.Select(token => token.Value)], typeof(T), among);
        }
        catch (UserErrorException error)
        {
            result.AddError(error.Message);
            return default!;
        }
    }
}
