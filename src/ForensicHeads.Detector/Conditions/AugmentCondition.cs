namespace ForensicHeads.Detector.Conditions;

/// <summary>
/// <c>augment-N</c>: one random step of the robustness ladder for each video; a true sequence and those made from it share the step, so
/// that it cannot tell the classes apart.
/// </summary>
/// <param name="seed">Seed of the draws.</param>
/// <param name="copy">Which copy of the training frames: another copy draws other steps.</param>
public sealed class AugmentCondition(long seed, int copy) : ISequenceCondition
{
    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"augment-{copy}");

    /// <summary>The step of a video.</summary>
    public string StepOf(string video) =>
        new SeededRandom(seed, FormattableString.Invariant($"augment/{copy}/{video}")).Pick(FrameConditions.Ladder);

    /// <inheritdoc/>
    public IReadOnlyList<ConditionedSequence> Apply(IReadOnlyList<IReadOnlyList<ConditionFrame>> sequences, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        var results = new ConditionedSequence[sequences.Count];
        foreach (var same in Enumerable.Range(0, sequences.Count).GroupBy(i => StepOf(sequences[i][0].Video), StringComparer.Ordinal))
        {
            var indexes = same.ToArray();
            var changed = FrameConditions.Step(same.Key).Apply([.. indexes.Select(i => sequences[i])], cancellation);
            for (var i = 0; i < indexes.Length; i++) results[indexes[i]] = changed[i];
        }

        return results;
    }
}
