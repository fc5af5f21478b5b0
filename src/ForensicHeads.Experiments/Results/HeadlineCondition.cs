namespace ForensicHeads.Experiments.Results;

/// <summary>The rule that picks the headline's condition from the scores of validation people alone.</summary>
internal static class HeadlineCondition
{
    private const double Low = 0.60;
    private const double High = 0.90;

    /// <summary>The condition in which <c>reconstruct</c> is neither trivial nor invisible (AUC 0.60 to 0.90); among several the one nearest 0.75; if none, the one nearest to the band.</summary>
    /// <param name="candidates">Conditions with the AUC of <c>reconstruct</c> on validation people, in the report's order.</param>
    /// <returns>The condition, and a warning where none lies in the band.</returns>
    public static (string Condition, string? Warning) Choose(IReadOnlyList<(string Condition, double? Auc)> candidates)
    {
        var known = candidates.Where(candidate => candidate.Auc is not null).ToArray();
        if (known.Length == 0) return (candidates[0].Condition, "The headline's condition could not be chosen on validation people: reconstruct was not scored.");
        var inside = known.Where(candidate => candidate.Auc is >= Low and <= High).ToArray();
        if (inside.Length > 0) return (inside.MinBy(candidate => Math.Abs(candidate.Auc!.Value - 0.75)).Condition, null);
        var nearest = known.MinBy(candidate => candidate.Auc < Low ? Low - candidate.Auc!.Value : candidate.Auc!.Value - High);
        return (nearest.Condition, FormattableString.Invariant($"In no condition is reconstruct neither trivial nor invisible on validation people (AUC {Low} to {High}); the headline's condition, {nearest.Condition}, is the nearest (AUC {nearest.Auc:F2})."));
    }
}
