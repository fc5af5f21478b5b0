namespace ForensicHeads.Detector;

/// <summary>One row of a score table: a frame and its logit.</summary>
/// <param name="Key">The frame's key in its store.</param>
/// <param name="Identity">The person.</param>
/// <param name="Video">The video.</param>
/// <param name="Generated">The true label.</param>
/// <param name="Mode"><c>ff</c> or <c>ft</c>; null for real frames.</param>
/// <param name="Shots">Number of shots; null for real frames.</param>
/// <param name="Score">Logit of "generated", natural logarithm, not calibrated.</param>
public sealed record FrameScore(string Key, string Identity, string Video, bool Generated, string? Mode, int? Shots, double Score)
{
    /// <summary>Which draw of the shots; null for real frames.</summary>
    public int? Draw { get; init; }

    /// <summary>Budget of the fine-tuning behind a generated frame; empty where it plays no part.</summary>
    public string Arm { get; init; } = "";

    /// <summary>The row of a labelled frame.</summary>
    public static FrameScore Of(LabelledFeatures row, double score)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new FrameScore(row.Key, row.Identity, row.Video, row.Generated, row.Mode, row.Shots, score) { Draw = row.Draw, Arm = row.Arm };
    }
}
