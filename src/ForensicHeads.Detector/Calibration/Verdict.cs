namespace ForensicHeads.Detector.Calibration;

/// <summary>The words a verdict may use. Never a bare "FAKE".</summary>
public static class Verdict
{
    /// <summary>log10 LR of at least <see cref="Threshold"/>.</summary>
    public const string Generated = "consistent with generated";

    /// <summary>log10 LR of at most −<see cref="Threshold"/>.</summary>
    public const string Real = "consistent with real";

    /// <summary>As <see cref="Real"/>, from a detector of which it is not shown that fakes by generators it never saw seldom get that
    /// word.</summary>
    public const string NoSign = "no sign of generation found";

    /// <summary>Too little evidence, or a score the calibration has not seen.</summary>
    public const string Inconclusive = "inconclusive";

    /// <summary>No face was found, so nothing was scored.</summary>
    public const string NoFace = "no face";

    /// <summary>Smallest |log10 LR| that counts as evidence: 0.5, a likelihood ratio of about 3.</summary>
    public const double Threshold = 0.5;
}
