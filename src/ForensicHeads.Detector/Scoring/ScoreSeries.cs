namespace ForensicHeads.Detector.Scoring;

/// <summary>Scores over time: three lists of one length.</summary>
/// <param name="Frame">Frame numbers, ascending.</param>
/// <param name="TimeS">Presentation times in seconds.</param>
/// <param name="Score">Logits, positive = generated, not calibrated.</param>
public sealed record ScoreSeries(IReadOnlyList<int> Frame, IReadOnlyList<double> TimeS, IReadOnlyList<float> Score);
