namespace ForensicHeads.Reporting.Results;

/// <summary>How much a feature family matters: loss of AUC when its columns are permuted.</summary>
/// <param name="Family">The family's name.</param>
/// <param name="Importance">Mean loss of AUC.</param>
/// <param name="CiLow">Lower 95 % limit, or null.</param>
/// <param name="CiHigh">Upper 95 % limit, or null.</param>
public sealed record ImportanceRow(string Family, double? Importance, double? CiLow = null, double? CiHigh = null);
