namespace ForensicHeads.Statistics;

/// <summary>One point of a Tippett plot.</summary>
/// <param name="Llr">log10 likelihood ratio, positive for generated.</param>
/// <param name="ShareAbove">Share of the class's items above it, 0 … 1.</param>
public readonly record struct TippettPoint(double Llr, double ShareAbove);
