using System.Text.Json.Serialization;

namespace ForensicHeads.Detector.Scoring;

/// <summary>What a detector says of one face.</summary>
public sealed record TrackScore
{
    /// <summary>From 0, in order of first appearance.</summary>
    public required int Track { get; init; }

    /// <summary>Number of the first frame, from 0.</summary>
    public required int FirstFrame { get; init; }

    /// <summary>Number of the last frame.</summary>
    public required int LastFrame { get; init; }

    /// <summary>Frames scored; fewer than last − first + 1 where the face was out of sight.</summary>
    public required int Frames { get; init; }

    /// <summary>Box around the landmarks, the median over the frames, in source pixels.</summary>
    public required TrackBox Box { get; init; }

    /// <summary>Side of the crop in source pixels, the median over the frames.</summary>
    public required double CropSide { get; init; }

    /// <summary>Mean logit of the frames.</summary>
    public required double Score { get; init; }

    /// <summary>Standard deviation of the frames' logits, dividing by n.</summary>
    public required double Spread { get; init; }

    /// <summary>log10 likelihood ratio, bounded; null for a single frame or without a calibrator.</summary>
    public double? Llr { get; init; }

    /// <summary>As for the file.</summary>
    public string? Verdict { get; init; }

    /// <summary>Why the verdict is inconclusive or missing; null otherwise.</summary>
    public string? VerdictReason { get; init; }

    /// <summary>Why the face is unlike all that the detector learnt from; null where it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Foreign { get; init; }

    /// <summary>Every frame's score.</summary>
    public required ScoreSeries Series { get; init; }

    /// <summary>The families that moved the score most, at most five, largest first; empty for detectors without a reference.</summary>
    public IReadOnlyList<FamilyShift> Families { get; init; } = [];
}

/// <summary>Scores over time: three lists of one length.</summary>
/// <param name="Frame">Frame numbers, ascending.</param>
/// <param name="TimeS">Presentation times in seconds.</param>
/// <param name="Score">Logits, positive = generated, not calibrated.</param>
public sealed record ScoreSeries(IReadOnlyList<int> Frame, IReadOnlyList<double> TimeS, IReadOnlyList<float> Score);

/// <summary>An upright rectangle in source pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
public sealed record TrackBox(double X, double Y, double Width, double Height);

/// <summary>How far one family moved a score: the score as it is minus the score with the family's columns set to the training
/// average.</summary>
/// <param name="Family">Its name.</param>
/// <param name="Shift">In logits; positive = towards generated.</param>
public sealed record FamilyShift(string Family, double Shift)
{
    /// <summary>Mean shifts over some frames, largest magnitude first.</summary>
    /// <remarks>One family at a time, so shifts need not add up to the score where families work together.</remarks>
    public static IReadOnlyList<FamilyShift> Of(FrameDetector detector, FeatureReference reference, FeatureLayout layout,
        IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) return [];
        var families = Enumerable.Range(0, layout.Length).GroupBy(column => FeatureLayout.FamilyOf(layout.ColumnNames[column])).ToArray();
        List<float[]> changed = [.. rows];
        foreach (var family in families)
        {
            foreach (var row in rows)
            {
                var copy = (float[])row.Clone();
                foreach (var column in family) copy[column] = reference.Values[column];
                changed.Add(copy);
            }
        }

        var scores = detector.Score(changed);
        double Mean(int block) => scores.AsSpan(block * rows.Count, rows.Count).ToArray().Average(score => (double)score);
        var whole = Mean(0);
        return [.. families.Select((family, i) => new FamilyShift(family.Key, whole - Mean(i + 1)))
            .OrderByDescending(shift => Math.Abs(shift.Shift)).ThenBy(shift => shift.Family, StringComparer.Ordinal)];
    }
}
