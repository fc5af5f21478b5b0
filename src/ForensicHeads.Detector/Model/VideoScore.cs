namespace ForensicHeads.Detector;

/// <summary>The score of a video: the mean of its frames' logits, with their spread. Each draw of the shots and each budget makes a video of its own.</summary>
/// <param name="Identity">The person.</param>
/// <param name="Video">The video.</param>
/// <param name="Generated">The true label.</param>
/// <param name="Mode"><c>ff</c> or <c>ft</c>; null for real videos.</param>
/// <param name="Shots">Number of shots; null for real videos.</param>
/// <param name="Score">Mean logit.</param>
/// <param name="Spread">Standard deviation of the frames' logits, dividing by n; 0 for one frame.</param>
/// <param name="Frames">Number of frames, at least 1.</param>
public sealed record VideoScore(string Identity, string Video, bool Generated, string? Mode, int? Shots, double Score, double Spread, int Frames)
{
    /// <summary>Which draw of the shots; null for real videos.</summary>
    public int? Draw { get; init; }

    /// <summary>Budget of the fine-tuning behind a generated video; empty where it plays no part.</summary>
    public string Arm { get; init; } = "";

    /// <summary>Groups frames by person, video, label, mode, shots, draw and arm, in order of first appearance.</summary>
    public static IReadOnlyList<VideoScore> Aggregate(IEnumerable<FrameScore> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return
        [
            .. frames.GroupBy(f => (f.Identity, f.Video, f.Generated, f.Mode, f.Shots, f.Draw, f.Arm)).Select(group =>
            {
                var mean = group.Average(f => f.Score);
                var spread = Math.Sqrt(group.Average(f => (f.Score - mean) * (f.Score - mean)));
                return new VideoScore(group.Key.Identity, group.Key.Video, group.Key.Generated, group.Key.Mode, group.Key.Shots, mean, spread, group.Count()) { Draw = group.Key.Draw, Arm = group.Key.Arm };
            }),
        ];
    }
}
