namespace ForensicHeads.Statistics;

/// <summary>A number with its 95 % interval. Undefined parts are null, and <see cref="Warning"/> says why.</summary>
/// <param name="Value">The point estimate, or null.</param>
/// <param name="Low">Lower 95 % limit, or null.</param>
/// <param name="High">Upper 95 % limit, or null.</param>
/// <param name="Identities">Number of people behind the interval.</param>
/// <param name="Warning">Why something is null or cruder than usual; null when nothing is amiss.</param>
public sealed record Estimate(double? Value, double? Low, double? High, int Identities, string? Warning = null)
{
    /// <summary>An estimate that could not be made.</summary>
    public static Estimate Undefined(string warning, int identities = 0) => new(null, null, null, identities, warning);

    /// <summary>Whether the interval is known and holds <paramref name="value"/>.</summary>
    public bool Contains(double value) => Low <= value && value <= High;
}
