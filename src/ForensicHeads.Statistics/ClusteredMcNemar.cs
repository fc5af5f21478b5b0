using MathNet.Numerics.Distributions;

namespace ForensicHeads.Statistics;

/// <summary>McNemar's test for pairs of decisions that come in clusters: do two detectors, modes or shot counts err equally often on the
/// same people?</summary>
public static class ClusteredMcNemar
{
    /// <summary>
    /// Obuchowski (1998, Statistics in Medicine 17:1495): <c>X² = (p₁ − p₂)² / V</c> with <c>V = V₁ + V₂ − 2 V₁₂</c>, each part the
    /// clustered (co)variance <c>K/(K − 1) Σ (x₁ₖ − nₖp)(x₂ₖ − nₖp) / N²</c> about the pooled share <c>p = (p₁ + p₂)/2</c> that the null
    /// hypothesis supposes; x₁ₖ and x₂ₖ are person k's right decisions of either kind among nₖ pairs, K people, N pairs.
    /// </summary>
    /// <remarks>
    /// <para>Pairs in which both are right, or both wrong, cancel (Yang, Sun and Hardin 2010): with bₖ pairs that the first alone has right
    /// and cₖ that the second alone has, <c>X² = (K − 1)/K · (Σ (bₖ − cₖ))² / Σ (bₖ − cₖ)²</c>. With one pair a person this is McNemar's
    /// <c>(b − c)²/(b + c)</c> times (K − 1)/K.</para>
    /// <para>It is never above K − 1, and its χ² with one degree of freedom is an approximation for many people: with few, the exact
    /// <see cref="SignFlip"/> test decides.</para>
    /// </remarks>
    /// <param name="people">
    /// Each person's discordant pairs, people without any included; not negative. Counts, or counts weighed so that two classes weigh the
    /// same: a common factor changes nothing.
    /// </param>
    /// <returns>X² and its p; (0, 1) where no person's pairs are out of balance; null below two people.</returns>
    /// <exception cref="ArgumentException">A negative or infinite count.</exception>
    public static (double ChiSquare, double P)? Test(IReadOnlyCollection<(double FirstOnly, double SecondOnly)> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        if (people.Any(person =>
            !(person.FirstOnly >= 0 && person.SecondOnly >= 0
            && double.IsFinite(person.FirstOnly + person.SecondOnly)))) throw new ArgumentException(
                "A count of discordant pairs is negative or not finite.", nameof(people));
        if (people.Count < 2) return null;
        var differences = people.Select(person => person.FirstOnly - person.SecondOnly).ToArray();
        var squares = differences.Sum(difference => difference * difference);
        if (squares == 0) return (0, 1);
        var sum = differences.Sum();
        var statistic = (people.Count - 1.0) / people.Count * sum * sum / squares;
        return (statistic, 1 - ChiSquared.CDF(1, statistic));
    }
}
