using ForensicHeads.Foundation;

namespace ForensicHeads.Generator.Training;

/// <summary>Range checks of the options of training and adaptation; NaN is outside every range.</summary>
internal static class OptionCheck
{
    public static void AtLeastOne(string kind, params ReadOnlySpan<(string Name, int Value)> options)
    {
        foreach (var (name, value) in options) Check(value >= 1, kind, name, value, "1 or more");
    }

    public static void Between(string kind, int least, int most, (string Name, int Value) option) =>
        Check(option.Value >= least && option.Value <= most, kind, option.Name, option.Value, most == int.MaxValue ? $"{least} or more" : $"{least} to {most}");

    public static void Inside(string kind, params ReadOnlySpan<(string Name, double Value)> options)
    {
        foreach (var (name, value) in options) Check(value is > 0 and < 1, kind, name, value, "above 0, below 1");
    }

    public static void BelowOne(string kind, params ReadOnlySpan<(string Name, double Value)> options)
    {
        foreach (var (name, value) in options) Check(value is >= 0 and < 1, kind, name, value, "0 to below 1");
    }

    public static void Share(string kind, (string Name, double Value) option) => Check(option.Value is >= 0 and <= 1, kind, option.Name, option.Value, "0 to 1");

    public static void NotNegative(string kind, params ReadOnlySpan<(string Name, double Value)> options)
    {
        foreach (var (name, value) in options) Check(value >= 0 && double.IsFinite(value), kind, name, value, "0 or more");
    }

    private static void Check(bool holds, string kind, string name, object value, string allowed)
    {
        if (!holds) throw new UserErrorException(FormattableString.Invariant($"{kind} option {name} is {value}; allowed is {allowed}."), exitCode: 2);
    }
}
