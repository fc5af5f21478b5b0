namespace ForensicHeads.Reporting.Sections.Comparisons;

/// <summary>A paired difference of one quantity on the people who have both sides of it.</summary>
public sealed record ComparisonRow
{
    /// <summary>First of the two: <c>ft 1</c>, <c>t0</c> …</summary>
    public required string First { get; init; }

    /// <summary>Second of the two.</summary>
    public required string Second { get; init; }

    /// <summary>The condition.</summary>
    public required string Condition { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required Level Level { get; init; }

    /// <summary>What is compared: <c>auc</c> or <c>accuracy</c> of the detector, or a quality of the frames such as <c>ssim</c>.</summary>
    public string Quantity { get; init; } = "auc";

    /// <summary>First minus second.</summary>
    public double? Difference { get; init; }

    /// <summary>Lower 95 % limit.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Mean of the first over mean of the second, where a ratio says more than a difference (<c>nme</c>); else null.</summary>
    public double? Ratio { get; init; }

    /// <summary>Lower 95 % limit of the ratio.</summary>
    public double? RatioCiLow { get; init; }

    /// <summary>Upper 95 % limit of the ratio.</summary>
    public double? RatioCiHigh { get; init; }

    /// <summary>Exact sign-flip test over people, two-sided.</summary>
    public double? P { get; init; }

    /// <summary>The same after Holm over the row's family; null for t0 − t_all, which stands alone, and where no family was adjusted.</summary>
    public double? PHolm { get; init; }

    /// <summary>Test people who have both.</summary>
    public int NIdentities { get; init; }

    /// <summary>Of accuracy: decisions on either class that were paired; else null.</summary>
    public int? NPairs { get; init; }

    /// <summary>Of accuracy: pairs that the first alone has right.</summary>
    public int? FirstOnly { get; init; }

    /// <summary>Of accuracy: pairs that the second alone has right.</summary>
    public int? SecondOnly { get; init; }

    /// <summary>Of accuracy: χ² of the clustered McNemar test (Obuchowski 1998), one degree of freedom.</summary>
    public double? Mcnemar { get; init; }

    /// <summary>Its p, an approximation for many people.</summary>
    public double? PMcnemar { get; init; }

    /// <summary>The same after Holm over the row's family.</summary>
    public double? PMcnemarHolm { get; init; }
}
