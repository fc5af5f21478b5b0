using ForensicHeads.Statistics;

namespace ForensicHeads.Reporting.Results;

/// <summary>One scored frame or video of a test person: the only thing that metrics are computed from.</summary>
public sealed record ScoredItem
{
    /// <summary>The person.</summary>
    public required string Identity { get; init; }

    /// <summary>The video (for generated items: the driver's).</summary>
    public required string Video { get; init; }

    /// <summary>The store key of the frame, or the video's own key at video level.</summary>
    public required string Key { get; init; }

    /// <summary>True for generated, anchors included; false for real.</summary>
    public required bool Generated { get; init; }

    /// <summary>Condition, <c>clean</c> and so on; the same for both classes.</summary>
    public required string Condition { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required string Level { get; init; }

    /// <summary>The detector's logit; higher means generated. Finite.</summary>
    public required double Score { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>, or a baseline's name; null for real items and anchors.</summary>
    public string? Mode { get; init; }

    /// <summary>Shot count T; null for real items and anchors.</summary>
    public int? Shots { get; init; }

    /// <summary>Which of the several draws of shots; null for real items.</summary>
    public int? Draw { get; init; }

    /// <summary><c>passthrough</c>, <c>reconstruct</c>, <c>t0</c> or <c>t_all</c>; null for real items and few-shot ones.</summary>
    public string? Anchor { get; init; }

    /// <summary><c>epochs</c> or <c>updates</c>; empty where the budget of fine-tuning plays no part: real items, ff, other attackers, all anchors but t_all.</summary>
    public string Arm { get; init; } = "";

    /// <summary>The detector that scored it.</summary>
    public string Detector { get; init; } = DetectorNames.Aware;

    /// <summary>Which of several generators made it: <c>g1</c>, <c>g2</c> …; empty where there is one, or where none plays a part.</summary>
    public string Weights { get; init; } = "";

    /// <summary>Place of a frame within its sequence, from 0; 0 for videos.</summary>
    public int Position { get; init; }

    /// <summary>Calibrated probability of "generated" at prior 0.5, 0 … 1, or null.</summary>
    public double? Probability { get; init; }

    /// <summary>log10 likelihood ratio, positive for generated, or null.</summary>
    public double? Llr { get; init; }

    /// <summary>Frames behind the item: 1 at frame level.</summary>
    public int Frames { get; init; } = 1;

    internal ClusteredScore Clustered => new(Identity, Generated, Score);
}
