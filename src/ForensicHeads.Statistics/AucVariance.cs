namespace ForensicHeads.Statistics;

/// <summary>The variance of an AUC from items that come in clusters (people), for who wants a standard error to pool studies
/// with.</summary>
public static class AucVariance
{
    /// <summary>
    /// Obuchowski (1997): <c>V = S₁₀/M + S₀₁/N + 2 S₁₁/(MN)</c> with
    /// <c>S₁₀ = I₁₀/((I₁₀ − 1) M) Σ (V₁₀ᵢ − mᵢA)²</c>, <c>S₀₁</c> the same over real items and <c>S₁₁ = I/(I − 1) Σ (V₁₀ᵢ − mᵢA)(V₀₁ᵢ −
    /// nᵢA)</c>; V₁₀ᵢ is the sum over a person's generated items of the share of real ones below, V₀₁ᵢ that over their real items of the
    /// share of generated ones above, ties half. With one item a person it is the variance of DeLong et al. (1988).
    /// </summary>
    /// <remarks>It sees no spread in a perfect area and is a little small with few people; intervals are
    /// <see cref="ClusteredAuc"/>'s.</remarks>
    /// <returns>Null where a class has fewer than two people.</returns>
    public static double? Obuchowski(IEnumerable<ClusteredScore> scores)
    {
        var placements = new AucPlacements(scores);
        if (placements.Area is not { } area || placements.SmallerClassPeople < 2) return null;
        var (real, generated) = ((double)placements.RealCount, (double)placements.GeneratedCount);
        var people = placements.People.Values.Select(person => (
            person.Real, person.Generated, FromGenerated: (person.GeneratedWins / real) - (person.Generated * area),
                FromReal: (person.RealWins / generated) - (person.Real * area))).ToArray();
        var withGenerated = people.Count(person => person.Generated > 0);
        var withReal = people.Count(person => person.Real > 0);
        var s10 = Factor(withGenerated) / generated * people.Sum(person => person.FromGenerated * person.FromGenerated);
        var s01 = Factor(withReal) / real * people.Sum(person => person.FromReal * person.FromReal);
        var s11 = Factor(people.Length) * people.Sum(person => person.FromGenerated * person.FromReal);
        return Math.Max(0, (s10 / generated) + (s01 / real) + (2 * s11 / (generated * real)));
    }

    private static double Factor(int clusters) => clusters / (clusters - 1.0);
}
