namespace ForensicHeads.Reporting.Protocols;

/// <summary>A generated clip set against the real clips of its own group: the same footage, the same encode.</summary>
/// <param name="Group">The group.</param>
/// <param name="Generator">The generator.</param>
/// <param name="Clip">The generated clip.</param>
/// <param name="RealClips">Real clips of the group.</param>
/// <param name="Won">By scorer: share of the group's real clips that score below the generated one, ties half.</param>
public sealed record GroupCase(string Group, string Generator, string Clip, int RealClips, IReadOnlyDictionary<string, double> Won);
