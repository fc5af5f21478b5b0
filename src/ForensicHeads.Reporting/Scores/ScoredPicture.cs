namespace ForensicHeads.Reporting.Scores;

/// <summary>A picture on the page.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Png">PNG bytes.</param>
public sealed record ScoredPicture(string Caption, ReadOnlyMemory<byte> Png);
