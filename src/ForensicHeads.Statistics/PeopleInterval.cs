using MathNet.Numerics.Distributions;

namespace ForensicHeads.Statistics;

/// <summary>The interval (95 %) of a share or an AUC whose unit is the person: exact binomial limits on an effective number of
/// trials.</summary>
/// <remarks>
/// <para>Korn and Graubard (1998): Clopper and Pearson's limits for <c>A · m</c> successes of <c>m = n / d</c> trials, <c>d</c> the
/// variance in units of what it were if each of the n people were one trial. The observed <c>d</c> says nothing where nobody errs and
/// little where few do, so it is drawn towards 1 by a quarter of a person who errs wholly, in place of their ratio of t quantiles: <c>d =
/// (n² V + ¼) / (n A(1 − A) + ¼)</c>, held between <c>n / items</c> and 1.</para>
/// <para>A perfect area is no case of its own: there <c>d = 1</c> and the limit is 0.025^(1/n), 0.735 for 12 people. Next to it the limits
/// move by little, since an error of a few pairs moves both sums by little beside the quarter. Why <c>d</c> need never be above 1: an AUC
/// is an average, over all ways of pairing people, of means of n independent terms between 0 and 1, and such a mean is at most as spread
/// as that of n coins (Hoeffding 1963, section 5).</para>
/// <para>Coverage as simulated: reports/00005-coverage.</para>
/// </remarks>
internal static class PeopleInterval
{
    // Simulated with 0.1, 0.25, 0.5 and 1: all cover; a smaller one lets the limits rise and fall again on the way to 1, a larger one costs
    // width where many err.
    private const double Prior = 0.25;

    /// <summary>Limits for <paramref name="share"/>.</summary>
    /// <param name="share">The observed share or area, 0 … 1.</param>
    /// <param name="variance">Its variance over people.</param>
    /// <param name="people">People, at least 2; of an AUC those of the smaller class.</param>
    /// <param name="items">Items; of an AUC those of the smaller class.</param>
    internal static (double Low, double High) Limits(double share, double variance, int people, int items)
    {
        var effect = (((double)people * people * variance) + Prior) / ((people * share * (1 - share)) + Prior);
        var trials = people / Math.Clamp(effect, (double)people / Math.Max(items, people), 1);
        return ClopperPearson(share * trials, trials);
    }

    /// <summary>The exact interval of Clopper and Pearson; counts may be fractional (effective sample sizes).</summary>
    internal static (double Low, double High) ClopperPearson(double successes, double trials)
    {
        var failures = trials - successes;
        var low = successes <= 0 ? 0 : Beta.InvCDF(successes, failures + 1, Quantiles.Tail);
        var high = failures <= 0 ? 1 : Beta.InvCDF(successes + 1, failures, 1 - Quantiles.Tail);
        return (low, high);
    }
}
