namespace ForensicHeads.Reporting.Results;

/// <summary>Who is wronged by false alarms: TNR of the people who share an attribute.</summary>
/// <param name="Attribute">skin_tone, sex, age, glasses, beard.</param>
/// <param name="Value">The attribute's value.</param>
/// <param name="NIdentities">People.</param>
/// <param name="Tnr">Share of their real items called real.</param>
/// <param name="CiLow">Lower 95 % limit.</param>
/// <param name="CiHigh">Upper 95 % limit.</param>
public sealed record GroupRow(string Attribute, string Value, int NIdentities, double? Tnr, double? CiLow, double? CiHigh)
{
    /// <summary>A gap in TNR above this is printed on the first screen: 5 points.</summary>
    public const double NotableGap = 0.05;
}
