namespace ForensicHeads.Detector.Folder;

/// <summary><c>reference.json</c>: what a frame looks like on average in training, both classes weighing the same. Families are set to it to see what they did to a score.</summary>
/// <param name="Values">float32[columns], finite.</param>
public sealed record FeatureReference(IReadOnlyList<float> Values)
{
    /// <summary>Mean over the training rows, weighted as the trainer weighs them; over those that know the value, and 0 where none does.</summary>
    public static FeatureReference Of(IReadOnlyList<LabelledFeatures> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var weights = ExampleWeights.Of(rows);
        var (sums, totals) = (new double[rows[0].Features.Length], new double[rows[0].Features.Length]);
        for (var i = 0; i < rows.Count; i++)
        {
            for (var c = 0; c < sums.Length; c++)
            {
                if (float.IsNaN(rows[i].Features[c])) continue;
                sums[c] += (double)weights[i] * rows[i].Features[c];
                totals[c] += weights[i];
            }
        }

        return new FeatureReference([.. sums.Zip(totals, (sum, total) => total > 0 ? (float)(sum / total) : 0)]);
    }
}
