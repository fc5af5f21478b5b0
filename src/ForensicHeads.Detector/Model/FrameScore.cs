namespace ForensicHeads.Detector.Model;

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
