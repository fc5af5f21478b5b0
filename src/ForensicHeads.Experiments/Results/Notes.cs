using System.Globalization;
namespace ForensicHeads.Experiments.Results;

/// <summary>What the reader must know beside the numbers.</summary>
internal static class Notes
{
    public static IReadOnlyList<string> Warnings(ExperimentConfig config, IReadOnlyList<Fold> folds,
        IReadOnlyDictionary<string, PersonPlan> plans)
    {
        var warnings = new List<string>();
        if (config.Generator.Continue is not null) warnings
            .Add("The generator went on learning on the people whose fakes train the detector (generator equals train), "
                + "for want of people.");
        if (folds.Any(fold => fold.SharedValidation)) warnings.Add(
            "Threshold, headline condition and calibrator share the same people (validation equals calibration), for want of people.");
        var generators = config.Generator.Weights.Count;
        if (folds.Count > 1 && config.Generator.Continue is not null)
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"n = {generators} {(generators == 1 ? "generator: one seed of the meta-training" : "generators: each")}, continued once "
                + $"in each of {folds.Count} folds; every person is tested by {(generators == 1 ? "one of them" : "one fold of each")}."));
        warnings.AddRange(plans.Values.Where(plan => plan.Plan.Reason is not null)
            .Select(plan => $"{plan.Plan.Identity} has no shots for every T: {plan.Plan.Reason}."));
        if (config.DetectorSeeds == 1) warnings.Add("One detector seed: the spread over seeds is not shown.");
        return warnings;
    }

    /// <summary>What was trained for the experiment and what came trained, a sentence each.</summary>
    public static IReadOnlyList<string> Training(ExperimentConfig config) =>
    [
        .. config.Generator.Weights.Select((name, i) =>
        {
            var who = config.Generator.Weights.Count == 1 ? "The generator" : FormattableString.Invariant($"Generator g{i + 1}");
            var shipped = !TrainingReport.IsRun(name) && ShippedWeights.Find(name) is not null;
            return config.Generator.Continue is { } more
                ? string.Create(CultureInfo.InvariantCulture,
                $"{who} went on learning in every fold, {more.Steps} steps on the people that train the detector "
                + $"there{(shipped ? $", from the shipped weights {name}" : "")}.")
                : shipped
                ? $"{who} is the shipped {name}: nothing of it was trained for this experiment, so no curve of it stands here. How it "
                + "was trained is reported with the weights that ship."
                : TrainingReport.IsRun(name) ? $"{who} came trained: its curve is that of the run that made it, before this experiment."
                : $"{who} came trained, from a file without the statistics of its training.";
        }),
        FeatureFamilies.TrainedOf(config.Families) is { } trained
            ? $"The networks of family {trained.Name} were trained for each detector, condition and fold; shown are those of the "
            + "headline's condition, by their looks at the validation people, at whose best look each was kept."
            : "No network was trained for the detectors: their columns are formulae.",
        "The fine-tuning of each head (ft) keeps no curve.",
        .. (config.Adapt.Terms ?? new Dictionary<string, double>()).Select(term => string.Create(CultureInfo.InvariantCulture,
            $"Fine-tuning also learns by the term {term.Key}, with a weight of {term.Value}.")),
    ];

    public static IReadOnlyList<string> Limitations(ExperimentConfig config, StoreInfo store, bool separateTrainings) =>
    [
        config.Procedural is null
            ? $"The people are those of one store, {store.Name}, made by '{string.Join(' ', store.Arguments)}'; nothing is said about "
            + "other cameras, codecs or people."
            : "The people are rendered: nothing is said about real people, cameras or compression.",
        config.AttackersInTraining.Count == 0
            ? "The detector learnt from one generator, the one it is tested on; nothing is said about generators that are not shown here."
                + (config.Others.Where(one => one.Path is null).Select(one => one.Title).ToArray() is { Length: > 0 } own
                    ? $" The other attackers of the toolkit ({string.Join(", ", own)}) are cheap, and made from the same shots." : "")
            : $"The detector learnt from the few-shot generator and from {string.Join(", ", config.AttackersInTraining)}; nothing is "
            + "said about generators that are not shown here.",
        .. config.DetectorFiles.Select(DetectorFile.Read).Select(file =>
            $"{file.Name} is a detector of others: it was not trained here, and whether"
            + $" it saw these people or generators before nobody here can know (trained on: {file.TrainedOnText})."),
        "Under every condition the artefact detectors are trained anew, on frames under that condition."
            + (config.LadderSteps.Count > 0
            ? " How detectors fare that meet what they have not learnt is shown by the robustness ladder alone."
            : " Nothing is said about a detector that meets a condition it has not learnt."),
        .. config.Unaware
        ? ["The artefact-unaware detector learnt from self-blended true frames and true frames through the auto-encoder of the reconstruct "
        + "anchor, which it therefore knows; its threshold and calibrator were set by such frames, too."] : Array.Empty<string>(),
        .. FeatureFamilies.TrainedOf(config.Families) is { } trained
        ? [$"The network of family {trained.Name} was kept at the step that tells the validation people apart best, so thresholds and "
        + "importance, set on them, flatter it slightly; the controls on shuffled labels and on changed pixels leave it out, since it "
        + "learnt the true labels of whole frames beforehand."] : Array.Empty<string>(),
        .. config.Generator.Weights.Count > 1
        ? [string.Create(CultureInfo.InvariantCulture,
        $"Intervals are over people, given these {config.Generator.Weights.Count} generators over which the curve pools; what differs "
        + $"between generators is the spread beside them. Picture quality and the pictures are those of the first.")]
        : Array.Empty<string>(),
        config.Generator.ForwardWeights is null
            ? "One meta-training serves feed-forward and fine-tuned heads; in the paper each has its own, the former without the "
            + "embedding match and twice as long."
            : separateTrainings ? "Feed-forward and fine-tuned heads come from two meta-trainings, as in the paper."
            : "Feed-forward and fine-tuned heads come from different weights, whose files do not say that each was trained for its "
            + "purpose as in the paper (train --for ff and --for ft).",
        .. config.BudgetArms.Select(arm => Budget(config.Adapt with { Arm = arm }, config.Shots)),
        "The generator has seen none of the test people, but the fakes of the curve are self-reenactments: driver and person are the same.",
    ];

    private static string Budget(AdaptOptions adapt, IReadOnlyList<int> shots)
    {
        var updates = shots.Select(adapt.StepsFor).ToArray();
        return adapt.Arm == Arm.Updates
            ? FormattableString.Invariant(
                $"Arm updates: fine-tuning ends after {updates[^1]} updates at every T, a number fixed in the experiment file.")
            : string.Create(CultureInfo.InvariantCulture,
            $"Arm epochs: fine-tuning ends after {adapt.Epochs} passes over the T shots, at most {adapt.StepCap} updates, both fixed in "
            + $"the experiment file: {string.Join(", ", updates)} updates at T = {string.Join(", ", shots)}.");
    }
}
