namespace ForensicHeads.Reporting.Results;

/// <summary>A cell of the train-shots × test-shots matrix.</summary>
public sealed record CrossShotRow
{
    /// <summary>Shot count the detector was trained on.</summary>
    public required int TrainShots { get; init; }

    /// <summary>Shot count it was tested on.</summary>
    public required int TestShots { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>.</summary>
    public required string Mode { get; init; }

    /// <summary><c>epochs</c> or <c>updates</c>; empty where the budget of fine-tuning plays no part.</summary>
    public string Arm { get; init; } = "";

    /// <summary>Area under the ROC curve.</summary>
    public double? Auc { get; init; }

    /// <summary>Lower 95 % limit.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }
}
