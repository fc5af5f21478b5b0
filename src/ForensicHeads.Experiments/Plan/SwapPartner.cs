namespace ForensicHeads.Experiments.Plan;

/// <summary>Whose vector is swapped in: the next test person of the fold, in ordinal order.</summary>
internal static class SwapPartner
{
    /// <summary>Whether this person's vector may be driven by somebody else's landmarks, or theirs drive another's: the records of both
    /// must cover it.</summary>
    public static bool IsAllowed(FrameStore store, string person, TimeProvider time) =>
        ConsentGate.Refusal(store, person, ConsentPurpose.CrossReenactment, time) is null;

    /// <summary>The partner of a test person; null for others, and where there is only one test person.</summary>
    public static string? Of(Fold fold, string person)
    {
        var test = fold.People(SplitRole.Test);
        var at = test.ToList().IndexOf(person);
        return at < 0 || test.Count < 2 ? null : test[(at + 1) % test.Count];
    }
}
