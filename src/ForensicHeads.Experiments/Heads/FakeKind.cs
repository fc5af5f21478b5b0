using ForensicHeads.Generator.Baselines;

namespace ForensicHeads.Experiments.Heads;

/// <summary>The names under which made frames appear in the <c>generator</c> column.</summary>
public static class FakeKind
{
    /// <summary>The few-shot generator; mode and shots say which.</summary>
    public const string FewShot = "few-shot";

    /// <summary>Baseline: the nearest shot as it is.</summary>
    public const string NearestShot = Attackers.NearestShot;

    /// <summary>Baseline: the nearest shot warped to the driver's landmarks.</summary>
    public const string AffineWarp = Attackers.AffineWarp;

    /// <summary>Anchor: the true frame through the output path.</summary>
    public const string Passthrough = "passthrough";

    /// <summary>Anchor: the true frame through an auto-encoder whose decoder is built like G's.</summary>
    public const string Reconstruct = "reconstruct";

    /// <summary>Anchor: the mean training ê, nobody's face.</summary>
    public const string Nobody = "t0";

    /// <summary>Anchor: fine-tuned on all of the person's frames, the tested ones too.</summary>
    public const string AllFrames = "t_all";

    /// <summary>What the unaware detector learns from, beside the auto-encoder: the true frame blended with a transformed copy of itself.</summary>
    public const string SelfBlend = "self-blend";

    /// <summary>Check of the embedder: the driver's landmarks with the vector of the next test person.</summary>
    public const string Swapped = "swapped-embedding";

    /// <summary>The four anchors.</summary>
    public static IReadOnlyList<string> Anchors { get; } = [Passthrough, Reconstruct, Nobody, AllFrames];
}
