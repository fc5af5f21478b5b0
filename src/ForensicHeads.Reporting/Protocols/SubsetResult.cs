namespace ForensicHeads.Reporting.Protocols;

/// <summary>The same figures on the clips whose container tells nothing.</summary>
/// <param name="Rule">How the clips were chosen.</param>
/// <param name="Low">Lower end of the window: the share of a round's real clips whose container score is lower than the clip's, mean over the clip's rounds, 0 … 1.</param>
/// <param name="High">Upper end.</param>
/// <param name="RealClips">Real clips inside.</param>
/// <param name="RealPeople">People they show.</param>
/// <param name="GeneratedClips">Generated clips inside.</param>
/// <param name="Scorers">Every scorer on them; generators with a single clip left count here.</param>
/// <param name="Margins">The detector minus each baseline.</param>
public sealed record SubsetResult(
    string Rule, double Low, double High, int RealClips, int RealPeople, int GeneratedClips, IReadOnlyList<ScorerResult> Scorers, IReadOnlyList<MarginRow> Margins)
{
    /// <summary>What is said where there is no such subset.</summary>
    public const string None = "No window of container scores holds at least five people of each class among whom container_only does no better and no worse than AUC 0.50 ± 0.05: what part the container plays cannot be set aside.";
}
