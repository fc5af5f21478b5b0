namespace ForensicHeads.Detector.Calibration;

/// <summary>What a model said of a video in one round of a protocol: it had learnt without what the round leaves out and without the people
/// of its fold.</summary>
/// <param name="LeftOut">The generator or collection that the round leaves out.</param>
/// <param name="Fold">The fold of real people that the round leaves out, from 0.</param>
/// <param name="Video">The video and its score; its name is unique over all stores.</param>
public sealed record RoundVideo(string LeftOut, int Fold, VideoScore Video)
{
    /// <summary>Every video once, with the mean of its rounds' scores, in order of first appearance.</summary>
    public static IReadOnlyList<VideoScore> Once(IEnumerable<RoundVideo> rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        return [.. rounds.GroupBy(one => one.Video.Video, StringComparer.Ordinal).Select(same =>
            same.First().Video with { Score = same.Average(one => one.Video.Score), Spread = same.Average(one => one.Video.Spread) })];
    }
}
