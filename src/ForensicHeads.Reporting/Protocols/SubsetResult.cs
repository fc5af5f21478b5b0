namespace ForensicHeads.Reporting.Protocols;

/// <summary>The same figures on the clips whose container tells nothing.</summary>
/// <param name="Rule">How the clips were chosen.</param>
/// <param name="Low">Lower end of the window of container scores.</param>
/// <param name="High">Upper end.</param>
/// <param name="RealClips">Real clips inside.</param>
/// <param name="RealPeople">People they show.</param>
/// <param name="GeneratedClips">Generated clips inside.</param>
/// <param name="Scorers">Every scorer on them; generators with a single clip left count here.</param>
/// <param name="Margins">The detector minus each baseline.</param>
public sealed record SubsetResult(
    string Rule, double Low, double High, int RealClips, int RealPeople, int GeneratedClips, IReadOnlyList<ScorerResult> Scorers, IReadOnlyList<MarginRow> Margins);
