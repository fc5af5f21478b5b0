namespace ForensicHeads.Experiments.Results;

/// <summary>The headline's condition: fixed in the experiment file, or picked from the scores of validation people alone.</summary>
/// <param name="Condition">Its name.</param>
/// <param name="Warning">Why it is a poor choice; null where nothing speaks against it.</param>
/// <param name="Reason">How it was chosen, in a sentence for the report.</param>
internal sealed record HeadlineCondition(string Condition, string? Warning, string Reason)
{
    // Where a detector is challenged and not yet lost: the condition that leaves most room in both directions.
    private const double Wanted = 0.80;

    // Below so many validation people the choice is mostly chance.
    private const int Enough = 20;

    /// <summary>Chooses it once every fold was detected.</summary>
    /// <param name="config">The experiment.</param>
    /// <param name="folds">What was detected.</param>
    /// <param name="people">Validation people, over all folds.</param>
    public static HeadlineCondition Of(ExperimentConfig config, IReadOnlyList<FoldResult> folds, int people)
    {
        if (config.PrimaryCondition is { } given)
            return new HeadlineCondition(given, null, $"The headline's condition, {given}, was fixed in the experiment file.");
        (string Condition, double? Auc)[] candidates = [.. config.Conditions.Select(condition => (condition, Subject(condition)))];
        if (Choose(candidates) is not { } chosen) return new HeadlineCondition(
            config.Conditions[0],
            "The headline's condition could not be chosen on validation people: no fine-tuned head was scored.",
            $"The headline's condition, {config.Conditions[0]}, is the first of the experiment file.");
        var all = string.Join(", ", candidates.Select(one => $"{NumberText.Prose(one.Auc)} in {one.Condition}"));
        return new HeadlineCondition(chosen,
            people >= Enough || config.Conditions.Count == 1 ? null
                : $"The headline's condition, {chosen}, was chosen on {NumberText.Count(people, "validation person", "validation people")}"
                    + $"; {Enough} are wanted, or \"primary_condition\" in the experiment file.",
            $"The headline's condition, {chosen}, was chosen on validation people alone (no test score enters): there the AUC of "
                + $"fine-tuned heads of all shot counts is nearest to {NumberText.Prose(Wanted)}. It is {all}.");

        double? Subject(string condition)
        {
            var known = folds.SelectMany(fold => fold.Scores)
                .Where(scores => scores.Condition == condition && scores.Detector.Name == Detectors.Artefact)
                .Select(scores => scores.SubjectAuc).OfType<double>().ToArray();
            return known.Length == 0 ? null : known.Average();
        }
    }

    /// <summary>The condition whose AUC is nearest to 0.80, the first of equals; null where none has one.</summary>
    /// <param name="candidates">Conditions with the AUC of fine-tuned heads on validation people, in the report's order.</param>
    public static string? Choose(IReadOnlyList<(string Condition, double? Auc)> candidates)
    {
        var known = candidates.Where(candidate => candidate.Auc is not null).ToArray();
        return known.Length == 0 ? null : known.MinBy(candidate => Math.Abs(candidate.Auc!.Value - Wanted)).Condition;
    }
}
