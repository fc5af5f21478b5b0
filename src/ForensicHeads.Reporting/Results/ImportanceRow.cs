namespace ForensicHeads.Reporting.Results;

/// <summary>How much a feature family matters: loss of AUC when its columns are permuted among the frames of validation people.</summary>
/// <param name="Family">The family's name.</param>
/// <param name="Importance">Mean loss of AUC.</param>
/// <param name="CiLow">Lower 95 % limit, or null.</param>
/// <param name="CiHigh">Upper 95 % limit, or null.</param>
/// <param name="Condition">The condition applied to both classes, or null where it does not apply.</param>
public sealed record ImportanceRow(string Family, double? Importance, double? CiLow = null, double? CiHigh = null, string? Condition = null);
