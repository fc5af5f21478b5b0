namespace ForensicHeads.Detector.Scoring;

/// <summary>How far one family moved a score: the score as it is minus the score with the family's columns set to the training average.</summary>
/// <param name="Family">Its name.</param>
/// <param name="Shift">In logits; positive = towards generated.</param>
public sealed record FamilyShift(string Family, double Shift)
{
    /// <summary>Mean shifts over some frames, largest magnitude first.</summary>
    /// <remarks>One family at a time, so shifts need not add up to the score where families work together.</remarks>
    public static IReadOnlyList<FamilyShift> Of(FrameDetector detector, FeatureReference reference, FeatureLayout layout, IReadOnlyList<float[]> rows)
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
        return [.. families.Select((family, i) => new FamilyShift(family.Key, whole - Mean(i + 1))).OrderByDescending(shift => Math.Abs(shift.Shift)).ThenBy(shift => shift.Family, StringComparer.Ordinal)];
    }
}
