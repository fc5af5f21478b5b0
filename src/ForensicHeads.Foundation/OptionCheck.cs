using System.Text.RegularExpressions;

namespace ForensicHeads.Foundation;

/// <summary>Range checks of options, whose error says what the value is and what is allowed; NaN is outside every range.</summary>
/// <remarks>Each takes whose options they are, the first word of the message, and their names and values.</remarks>
public static partial class OptionCheck
{
    /// <summary>1 or more.</summary>
    /// <exception cref="UserErrorException">One is not.</exception>
    public static void AtLeastOne(string kind, params ReadOnlySpan<(string Name, int Value)> options)
    {
        foreach (var (name, value) in options) Check(value >= 1, kind, name, value, "1 or more");
    }

    /// <summary>From the least to the most, both allowed.</summary>
    /// <exception cref="UserErrorException">It is not.</exception>
    public static void Between(string kind, int least, int most, (string Name, int Value) option)
    {
        var allowed = most == int.MaxValue ? $"{least} or more" : $"{least} to {most}";
        Check(option.Value >= least && option.Value <= most, kind, option.Name, option.Value, allowed);
    }

    /// <summary>From the least to the most, both allowed; the message ends with what to do.</summary>
    /// <exception cref="UserErrorException">It is not.</exception>
    public static void Within(string name, double value, double least, double most, string advice)
    {
        if (!(value >= least && value <= most)) throw new UserErrorException(
            FormattableString.Invariant($"{name} {value} is outside {least} … {most}; {advice}."), exitCode: 2);
    }

    /// <summary>Above 0, below 1.</summary>
    /// <exception cref="UserErrorException">One is not.</exception>
    public static void Inside(string kind, params ReadOnlySpan<(string Name, double Value)> options)
    {
        foreach (var (name, value) in options) Check(value is > 0 and < 1, kind, name, value, "above 0, below 1");
    }

    /// <summary>0 to below 1.</summary>
    /// <exception cref="UserErrorException">One is not.</exception>
    public static void BelowOne(string kind, params ReadOnlySpan<(string Name, double Value)> options)
    {
        foreach (var (name, value) in options) Check(value is >= 0 and < 1, kind, name, value, "0 to below 1");
    }

    /// <summary>0 to 1, both allowed.</summary>
    /// <exception cref="UserErrorException">It is not.</exception>
    public static void Share(string kind, (string Name, double Value) option) =>
        Check(option.Value is >= 0 and <= 1, kind, option.Name, option.Value, "0 to 1");

    /// <summary>0 or more, and finite.</summary>
    /// <exception cref="UserErrorException">One is not.</exception>
    public static void NotNegative(string kind, params ReadOnlySpan<(string Name, double Value)> options)
    {
        foreach (var (name, value) in options) Check(value >= 0 && double.IsFinite(value), kind, name, value, "0 or more");
    }

    /// <summary>The name of a property as a person would say it: <c>step cap</c>.</summary>
    public static string Words(string name) => Hump().Replace(name, " ").ToLowerInvariant();

    private static void Check(bool holds, string kind, string name, object value, string allowed)
    {
        if (!holds) throw new UserErrorException(
            FormattableString.Invariant($"{kind} option {Words(name)} is {value}; allowed is {allowed}."), exitCode: 2);
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Hump();
}
