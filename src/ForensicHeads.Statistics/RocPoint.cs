namespace ForensicHeads.Statistics;

/// <summary>One point of a ROC curve.</summary>
/// <param name="Threshold">Scores above it are called generated; −∞ at the end.</param>
/// <param name="FalsePositiveRate">Share of real items called generated, 0 … 1.</param>
/// <param name="TruePositiveRate">Share of generated items called generated, 0 … 1.</param>
public readonly record struct RocPoint(double Threshold, double FalsePositiveRate, double TruePositiveRate);
