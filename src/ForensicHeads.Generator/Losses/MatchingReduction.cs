namespace ForensicHeads.Generator.Losses;

/// <summary>How L_MCH is taken over the N elements of W_i − ê_i; the paper does not say.</summary>
public enum MatchingReduction
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}
