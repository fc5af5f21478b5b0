namespace ForensicHeads.Statistics;

/// <summary>One score with the person it belongs to. Scores of one person are not independent.</summary>
/// <param name="Identity">The person.</param>
/// <param name="Generated">True for generated, false for real.</param>
/// <param name="Score">Higher means more likely generated; any finite scale.</param>
public readonly record struct ClusteredScore(string Identity, bool Generated, double Score);
