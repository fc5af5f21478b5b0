namespace ForensicHeads.Detector.Controls;

/// <summary>What every control on pairs needs: both sides filled, one row length, finite values, no person on both sides.</summary>
internal static class PairChecks
{
    public static void Check(IReadOnlyList<PairedFeatures> train, IReadOnlyList<PairedFeatures> test)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        if (train.Count == 0 || test.Count == 0)
            throw new UserErrorException(
                $"A paired control has {train.Count} training and {test.Count} test pairs; both must be above 0. Check the split.");
        var people = train.Select(pair => pair.Identity).ToHashSet(StringComparer.Ordinal);
        if (test.FirstOrDefault(pair => people.Contains(pair.Identity)) is { } shared)
            throw new UserErrorException(
                $"Person {shared.Identity} is among the training and the test pairs; people must be apart. Check the split.");
        var columns = train[0].Real.Length;
        foreach (var pair in train.Concat(test))
        {
            if (pair.Real.Length != columns || pair.Made.Length != columns)
                throw new UserErrorException(
                    $"Pair {pair.Key} has {pair.Real.Length} and {pair.Made.Length} features, {columns} were expected; compute all "
                    + "frames with one layout.");
            if (!pair.Real.All(float.IsFinite) || !pair.Made.All(float.IsFinite))
                throw new UserErrorException($"Pair {pair.Key} holds a feature that is not finite; leave the pair out.");
        }
    }
}
