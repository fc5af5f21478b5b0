namespace ForensicHeads.Reporting.Protocols;

/// <summary>What a scorer chose inside the training side of a round.</summary>
/// <param name="Generator">The generator left out.</param>
/// <param name="Fold">The fold left out, from 0.</param>
/// <param name="Choice">The candidate.</param>
public sealed record RoundChoice(string Generator, int Fold, string Choice);
