namespace ForensicHeads.Detector.Calibration;

/// <summary>What a calibrated detector says about one video.</summary>
/// <param name="Score">Mean logit of the frames.</param>
/// <param name="Spread">Standard deviation of the frames' logits.</param>
/// <param name="Llr">log10 likelihood ratio, positive = generated, bounded; null for a single frame.</param>
/// <param name="Verdict">One of the words of <see cref="Calibration.Verdict"/>; null for a single frame, which gets a score but no verdict.</param>
/// <param name="Reason">Why the verdict is inconclusive or missing; null otherwise.</param>
public sealed record Judgement(double Score, double Spread, double? Llr, string? Verdict, string? Reason);
