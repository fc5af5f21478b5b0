using ForensicHeads.Datasets;
using ForensicHeads.Experiments.Configuration;

namespace ForensicHeads.Experiments.Plan;

/// <summary>Plans shots and drivers of everybody who may be generated.</summary>
internal sealed class ShotPlans(ExperimentConfig config, FrameStore store, TimeProvider time)
{
    /// <summary>Plans by person; people without a plan, or whom consent does not cover, are named through <paramref name="warn"/> with the reason.</summary>
    public IReadOnlyDictionary<string, PersonPlan> Make(int size, Action<string>? warn, CancellationToken cancellation)
    {
        var options = new ShotOptions { ShotCounts = config.Shots, Draws = config.Draws, DriverFrames = config.DriverFrames, DriverRule = config.DriverRule, Seed = config.Seed };
        var plans = new SortedDictionary<string, PersonPlan>(StringComparer.Ordinal);
        foreach (var person in store.Identities.Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (store.FramesOf(person).All(frame => !frame.MayGenerate || frame.Label != "real")) continue;
            // One person who must not be generated is left out; the others go on.
            if (ConsentGate.Refusal(store, person, ConsentPurpose.SelfReenactment, time) is { } refusal)
            {
                warn?.Invoke(refusal);
                continue;
            }

            var plan = ShotSampler.Make(store, person, options, cancellation);
            if (plan.Reason is { } reason) warn?.Invoke($"{person}: {reason}.");
            if (plan.PossibleShotCounts.Count > 0) plans.Add(person, new PersonPlan(store, plan, size));
        }

        return plans;
    }
}
