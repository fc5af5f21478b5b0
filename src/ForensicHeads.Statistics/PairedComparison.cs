namespace ForensicHeads.Statistics;

/// <summary>A difference between two conditions seen on the same people.</summary>
/// <param name="Difference">First minus second, with its interval.</param>
/// <param name="P">Two-sided p of the exact sign-flip test over people (before Holm), or null.</param>
public sealed record PairedComparison(Estimate Difference, double? P);
