namespace ForensicHeads.Detector.Model;

/// <summary>The score of a video: its frames' logits taken together, usually their mean, with their spread. Each draw of the shots and each
/// budget makes a video of its own.</summary>
/// <param name="Identity">The person.</param>
/// <param name="Video">The video.</param>
/// <param name="Origin">How the video came to be.</param>
/// <param name="Score">Logit of the video.</param>
/// <param name="Spread">Standard deviation of the frames' logits, dividing by n; 0 for one frame.</param>
/// <param name="Frames">Number of frames, at least 1.</param>
public sealed record VideoScore(string Identity, string Video, FrameOrigin Origin, double Score, double Spread, int Frames)
{
    /// <summary>The true label.</summary>
    public bool Generated => !Origin.IsReal;

    /// <summary>Groups frames by person, video and origin, in order of first appearance.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="average">How they become one score.</param>
    public static IReadOnlyList<VideoScore> Aggregate(IEnumerable<FrameScore> frames, ClipAverage average = ClipAverage.Mean)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return
        [
            .. frames.GroupBy(f => (f.Identity, f.Video, f.Origin)).Select(group =>
            {
                var mean = group.Average(f => f.Score);
                var spread = Math.Sqrt(group.Average(f => (f.Score - mean) * (f.Score - mean)));
                return new VideoScore(group.Key.Identity, group.Key.Video, group.Key.Origin,
                    average == ClipAverage.Mean ? mean : average.Of(group.Select(f => (double?)f.Score))!.Value, spread, group.Count());
            }),
        ];
    }
}

/// <summary>One row of a score table: a frame and its logit.</summary>
/// <param name="Key">The frame's key in its store.</param>
/// <param name="Identity">The person.</param>
/// <param name="Video">The video.</param>
/// <param name="Origin">How the frame came to be.</param>
/// <param name="Score">Logit of "generated", natural logarithm, not calibrated.</param>
public sealed record FrameScore(string Key, string Identity, string Video, FrameOrigin Origin, double Score)
{
    /// <summary>The true label.</summary>
    public bool Generated => !Origin.IsReal;

    /// <summary>The row of a labelled frame.</summary>
    public static FrameScore Of(LabelledFeatures row, double score)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new FrameScore(row.Key, row.Identity, row.Video, row.Origin, score);
    }
}
