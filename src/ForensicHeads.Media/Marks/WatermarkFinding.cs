namespace ForensicHeads.Media.Marks;

/// <summary>What a search for one key's watermark found.</summary>
/// <param name="Key">The key's <see cref="WatermarkKey.Id"/>.</param>
/// <param name="Found">Whether <paramref name="Z"/> reaches <see cref="WatermarkDetector.Threshold"/>.</param>
/// <param name="Z">Agreement with the key's pattern, in standard deviations of what a key drawn at random gives; the best of the hypotheses.</param>
/// <param name="FalseAlarmBound">At most this share of random keys reaches <paramref name="Z"/> on this very picture.</param>
/// <param name="Mirrored">Whether the best agreement is that of the mirrored picture.</param>
/// <param name="Frames">Frames read.</param>
public sealed record WatermarkFinding(string Key, bool Found, double Z, double FalseAlarmBound, bool Mirrored, int Frames);
