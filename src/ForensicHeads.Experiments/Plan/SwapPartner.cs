using ForensicHeads.Datasets;

namespace ForensicHeads.Experiments.Plan;

/// <summary>Whose vector is swapped in: the next test person of the fold, in ordinal order.</summary>
internal static class SwapPartner
{
    /// <summary>The partner of a test person; null for others, and where there is only one test person.</summary>
    public static string? Of(Fold fold, string person)
    {
        var test = fold.People(SplitRole.Test);
        var at = test.ToList().IndexOf(person);
        return at < 0 || test.Count < 2 ? null : test[(at + 1) % test.Count];
    }
}
