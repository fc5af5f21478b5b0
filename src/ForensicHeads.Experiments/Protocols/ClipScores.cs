namespace ForensicHeads.Experiments.Protocols;

/// <summary>What a scorer said of some clips.</summary>
/// <param name="Values">double[clips], finite; higher = more likely generated.</param>
/// <param name="Choice">What the scorer chose inside the training side, such as the winning candidate; null when there was no choice.</param>
public sealed record ClipScores(IReadOnlyList<double> Values, string? Choice = null);
