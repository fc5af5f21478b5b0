namespace ForensicHeads.Experiments.Results;

/// <summary>The headline's condition, picked from the scores of validation people alone.</summary>
/// <param name="Condition">Its name.</param>
/// <param name="Warning">Why it is a poor one; null where it is fit.</param>
/// <param name="Reason">How it was chosen, in a sentence for the report.</param>
internal sealed record HeadlineCondition(string Condition, string? Warning, string Reason)
{
    private const double Low = 0.60;
    private const double High = 0.90;

    /// <summary>Chooses it once every fold was detected.</summary>
    public static HeadlineCondition Of(ExperimentConfig config, IReadOnlyList<FoldResult> folds)
    {
        (string Condition, double? Auc)[] candidates = [.. config.Conditions.Select(condition => (condition, Reconstructed(condition)))];
        var (chosen, warning) = Choose(candidates);
        var all = string.Join(", ", candidates.Select(one => $"{NumberText.Prose(one.Auc)} in {one.Condition}"));
        return new HeadlineCondition(
            chosen,
            warning,
            $"The headline's condition, {chosen}, was chosen on validation people alone (no test score enters), by how well true frames "
                + "through an "
            + $"auto-encoder (reconstruct) are told there: AUC {all}. Where that is trivial (above 0.90), the detector is not "
            + "challenged, and a curve near "
            + "1.00 answers nothing.");

        double? Reconstructed(string condition)
        {
            var known = folds.SelectMany(fold => fold.Scores)
                .Where(scores => scores.Condition == condition && scores.Detector.Entry.Name == Detectors.Aware)
                .Select(scores => scores.ReconstructAuc).OfType<double>().ToArray();
            return known.Length == 0 ? null : known.Average();
        }
    }

    /// <summary>
    /// The condition in which <c>reconstruct</c> is neither trivial nor invisible (AUC 0.60 to 0.90); among several the one nearest 0.75;
    /// if none, the one nearest to the band.
    /// </summary>
    /// <param name="candidates">Conditions with the AUC of <c>reconstruct</c> on validation people, in the report's order.</param>
    /// <returns>The condition, and a warning where none lies in the band.</returns>
    public static (string Condition, string? Warning) Choose(IReadOnlyList<(string Condition, double? Auc)> candidates)
    {
        var known = candidates.Where(candidate => candidate.Auc is not null).ToArray();
        if (known.Length == 0)
            return (candidates[0].Condition,
                "The headline's condition could not be chosen on validation people: reconstruct was not scored.");
        var inside = known.Where(candidate => candidate.Auc is >= Low and <= High).ToArray();
        if (inside.Length > 0) return (inside.MinBy(candidate => Math.Abs(candidate.Auc!.Value - 0.75)).Condition, null);
        var (nearest, auc) = known.MinBy(candidate => candidate.Auc < Low ? Low - candidate.Auc!.Value : candidate.Auc!.Value - High);
        return (nearest, FormattableString.Invariant(
            $"In no condition is reconstruct neither trivial nor invisible on validation people (AUC {Low} to {High}); ")
            + FormattableString.Invariant($"the headline's condition, {nearest}, is the nearest (AUC {auc:F2})."));
    }
}
