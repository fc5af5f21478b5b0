using ForensicHeads.Reporting.Results;

namespace ForensicHeads.Reporting.Compare;

/// <summary>A point of one experiment's curve.</summary>
/// <param name="Run">The experiment.</param>
/// <param name="Row">The row of its results.json.</param>
public sealed record RunPoint(string Run, AccuracyRow Row);
