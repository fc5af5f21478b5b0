using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Frame;

/// <summary>Options as the commands write them down: name, what it is, and whether it has a default.</summary>
internal static class Options
{
    /// <summary>An option with a default, which the help shows.</summary>
    public static Option<T> Default<T>(string name, T value, string description, string? form = null) =>
        Strict(new Option<T>(name) { Description = description, DefaultValueFactory = _ => value, HelpName = form });

    /// <summary>An option that must be given.</summary>
    public static Option<T> Required<T>(string name, string description, string? form = null) =>
        Strict(new Option<T>(name) { Description = description, Required = true, HelpName = form });

    /// <summary>An option that may be left out.</summary>
    public static Option<T> Optional<T>(string name, string description, string? form = null) =>
        Strict(new Option<T>(name) { Description = description, HelpName = form });

    /// <summary>A switch.</summary>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    /// <summary>One of the names of an enumeration, in lower case.</summary>
    public static Option<T> Choice<T>(string name, T value, string description)
        where T : struct, Enum => OneOf<T, T>(names => Default(name, value, description, names));

    public static Option<T?> OptionalChoice<T>(string name, string description)
        where T : struct, Enum => OneOf<T, T?>(names => Optional<T?>(name, description, names));

    // The library takes a comma for one between thousands: 7,5 would be 75.
    private static Option<T> Strict<T>(Option<T> option)
    {
        if (typeof(T) != typeof(double) && typeof(T) != typeof(double?)) return option;
        option.CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return (T)(object)value;
            result.AddError($"Cannot parse argument '{text}' for option '{option.Name}' as a number. Write it with a point: 7.5.");
            return default!;
        };
        return option;
    }

    private static Option<TValue> OneOf<T, TValue>(Func<string, Option<TValue>> make)
        where T : struct, Enum
    {
        var names = Array.ConvertAll(Enum.GetNames<T>(), text => text.ToLowerInvariant());
        var option = make(string.Join('|', names));
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, names);
        return option;
    }
}
