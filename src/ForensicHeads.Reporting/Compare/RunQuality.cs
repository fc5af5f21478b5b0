using ForensicHeads.Reporting.Results;

namespace ForensicHeads.Reporting.Compare;

/// <summary>The quality of one kind of frames of one experiment.</summary>
/// <param name="Run">The experiment.</param>
/// <param name="Row">The row of its results.json.</param>
public sealed record RunQuality(string Run, GenerationRow Row);
