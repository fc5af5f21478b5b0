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

    /// <summary>How it came to be.</summary>
    public required FrameOrigin Origin { get; init; }

    /// <summary>Condition, <c>clean</c> and so on; the same for both classes.</summary>
    public required string Condition { get; init; }

    /// <summary>A frame or a video.</summary>
    public required Level Level { get; init; }

    /// <summary>The detector's logit; higher means generated. Finite.</summary>
    public required double Score { get; init; }

    /// <summary>True for generated, anchors included; false for real.</summary>
    public bool Generated => !Origin.IsReal;

    /// <summary>Whether it is a fixed point of the curve and no point of its own.</summary>
    public bool IsAnchor => Origin.Is(GeneratorPart.Anchor);

    /// <summary>What made it; null for real items and anchors.</summary>
    public Method? Mode => IsAnchor ? null : Origin.Method;

    /// <summary>The anchor's name; null for all others.</summary>
    public string? Anchor => IsAnchor ? Origin.Generator : null;

    /// <summary>Shot count T; null for real items and anchors.</summary>
    public int? Shots => Origin.Shots;

    /// <summary>Budget of the fine-tuning; null where it plays no part: real items, ff, other attackers, all anchors but t_all.</summary>
    public Arm? Arm => Origin.Arm;

    /// <summary>The detector that scored it.</summary>
    public string Detector { get; init; } = Detectors.Artefact;

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
