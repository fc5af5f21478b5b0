using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Experiments.Plan;

namespace ForensicHeads.Experiments.Results;

/// <summary>What the reader must know beside the numbers.</summary>
internal static class Notes
{
    public static IReadOnlyList<string> Warnings(ExperimentConfig config, IReadOnlyList<Fold> folds, IReadOnlyDictionary<string, PersonPlan> plans)
    {
        var warnings = new List<string>();
        if (config.Generator.Continue is not null) warnings.Add("The generator went on learning on the people whose fakes train the detector (generator equals train), for want of people.");
        if (folds.Any(fold => fold.SharedValidation)) warnings.Add("Threshold, headline condition and calibrator share the same people (validation equals calibration), for want of people.");
        if (folds.Count > 1 && config.Generator.Continue is not null) warnings.Add(FormattableString.Invariant($"n = 1 generator: one seed of the meta-training, continued once in each of {folds.Count} folds; every person is tested by one of them."));
        warnings.AddRange(plans.Values.Where(plan => plan.Plan.Reason is not null).Select(plan => $"{plan.Plan.Identity} has no shots for every T: {plan.Plan.Reason}."));
        warnings.Add("One detector seed: the spread over seeds is not shown.");
        return warnings;
    }

    public static IReadOnlyList<string> Limitations(ExperimentConfig config) =>
    [
        config.Procedural is null
            ? "The people are those of one store; nothing is said about other cameras, codecs or people."
            : "The people are rendered: nothing is said about real people, cameras or compression.",
        "The detector knows one generator, the one it is tested on. Nothing is said about other generators.",
        "Under every condition a detector of its own is trained, on frames under that condition. Nothing is said about a detector that meets a condition it has not learnt.",
        FormattableString.Invariant($"Fine-tuning ends after {config.Adapt.StepsFor(config.Shots[^1])} updates, a number fixed in the experiment file; the paper's schedule is longer."),
        "The generator has seen none of the test people, but the fakes of the curve are self-reenactments: driver and person are the same.",
    ];
}
