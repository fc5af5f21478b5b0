namespace ForensicHeads.Statistics;

/// <summary>One bin of a reliability diagram.</summary>
/// <param name="MeanProbability">Mean stated probability of "generated", 0 … 1.</param>
/// <param name="ObservedRate">Share of the bin's items, by weight, that were generated, 0 … 1.</param>
/// <param name="Count">Items in the bin.</param>
public sealed record ReliabilityBin(double MeanProbability, double ObservedRate, int Count);
