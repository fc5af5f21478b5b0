namespace ForensicHeads.Reporting.Results;

/// <summary>How far one feature family alone goes: a detector of its columns and no others, trained like the aware one.</summary>
public sealed record FamilyRow
{
    /// <summary>What stands for all families together.</summary>
    public const string All = "all";

    /// <summary>The family's name, or <c>all</c>.</summary>
    public required string Family { get; init; }

    /// <summary>Columns the detector had.</summary>
    public required int NColumns { get; init; }

    /// <summary>The condition applied to both classes.</summary>
    public required string Condition { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required string Level { get; init; }

    /// <summary><c>ff</c>, <c>ft</c> or an anchor's name.</summary>
    public required string Mode { get; init; }

    /// <summary><c>epochs</c> or <c>updates</c>; empty where the budget of fine-tuning plays no part.</summary>
    public string Arm { get; init; } = "";

    /// <summary>Shot count T; null for anchors.</summary>
    public int? Shots { get; init; }

    /// <summary>Area under the ROC curve.</summary>
    public double? Auc { get; init; }

    /// <summary>Lower 95 % limit.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Test people.</summary>
    public int NIdentities { get; init; }
}
