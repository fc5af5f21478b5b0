using System.Globalization;

namespace ForensicHeads.Reporting.Results;

/// <summary>The one way numbers of a report become text. Undefined values are a dash.</summary>
public static class NumberText
{
    /// <summary>What stands for an undefined value.</summary>
    public const string Undefined = "–";

    /// <summary>A rate, area or similarity, three decimals.</summary>
    public static string Rate(double? value) => Fixed(value, "0.000");

    /// <summary>A rate in running text, two decimals.</summary>
    public static string Prose(double? value) => Fixed(value, "0.00");

    /// <summary>A difference in running text, two decimals and always a sign.</summary>
    public static string ProseDifference(double? value) => Fixed(value, "+0.00;−0.00;0.00");

    /// <summary>A difference or logit, three decimals and always a sign.</summary>
    public static string Difference(double? value) => Fixed(value, "+0.000;−0.000;0.000");

    /// <summary>A distance or error that may be far below 1: three decimals, of small values three digits (0.0208, 0.000132).</summary>
    public static string Fine(double? value) => Digits(value, "");

    /// <summary>A difference of such values, always with a sign.</summary>
    public static string FineDifference(double? value) => Digits(value, "+");

    /// <summary>Decibels, one decimal.</summary>
    public static string Decibels(double? value) => Fixed(value, "0.0");

    /// <summary>A p value: three decimals, or "&lt; 0.001".</summary>
    public static string P(double? value) => value < 0.001 ? "< 0.001" : Fixed(value, "0.000");

    /// <summary>A count with thousands separated by commas.</summary>
    public static string Count(long? value) => value?.ToString("#,0", CultureInfo.InvariantCulture) ?? Undefined;

    /// <summary>A count and its unit: "1 person", "12 people".</summary>
    public static string Count(long value, string one, string many) => $"{Count(value)} {(value == 1 ? one : many)}";

    /// <summary>A value with its limits in brackets, alone where it has none.</summary>
    public static string Interval(double? value, double? low, double? high, Func<double?, string> format) =>
        value is null || low is null ? format(value) : $"{format(value)} [{format(low)}, {format(high)}]";

    private static string Digits(double? value, string plus)
    {
        var more = value is { } number && number != 0 ? (int)Math.Clamp(-1 - Math.Floor(Math.Log10(Math.Abs(number))), 0, 4) : 0;
        var digits = "0.000" + new string('0', more);
        return Fixed(value, $"{plus}{digits};−{digits};0.000");
    }

    private static string Fixed(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? Undefined;
}
