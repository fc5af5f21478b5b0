namespace ForensicHeads.Experiments.Plan;

/// <summary>Plans shots and drivers of everybody who may be generated.</summary>
internal sealed class ShotPlans(ShotOptions options, FrameStore store, TimeProvider time)
{
    /// <summary>Plans by person; people without a plan, or whom consent does not cover, are named through <paramref name="leftOut"/>, with
    /// the reason as a line of its own.</summary>
    public IReadOnlyDictionary<string, PersonPlan> Make(int size, Action<string, string>? leftOut, CancellationToken cancellation)
    {
        var plans = new SortedDictionary<string, PersonPlan>(StringComparer.Ordinal);
        foreach (var person in store.Identities.Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (store.FramesOf(person).All(frame => !frame.MayGenerate || !frame.IsReal)) continue;
            // One person who must not be generated is left out; the others go on.
            if (ConsentGate.Refusal(store, person, ConsentPurpose.SelfReenactment, time) is { } refusal)
            {
                leftOut?.Invoke(person, refusal);
                continue;
            }

            var plan = ShotSampler.Make(store, person, options, cancellation);
            if (plan.Reason is { } reason) leftOut?.Invoke(person, $"{person}: {reason}.");
            if (plan.PossibleShotCounts.Count > 0) plans.Add(person, new PersonPlan(store, plan, size));
        }

        return plans;
    }
}
