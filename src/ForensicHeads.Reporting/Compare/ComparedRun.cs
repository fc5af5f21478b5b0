using ForensicHeads.Reporting.Results;

namespace ForensicHeads.Reporting.Compare;

/// <summary>A finished experiment on its way into a comparison.</summary>
/// <param name="Name">What it is called in tables and figures; unique among the compared.</param>
/// <param name="Title">The title of its report.</param>
/// <param name="Results">Its results.json.</param>
/// <param name="Scores">Its scored frames; empty where it has none.</param>
public sealed record ComparedRun(string Name, string Title, ExperimentResults Results, IReadOnlyList<ScoredItem> Scores);
