namespace ForensicHeads.Detector;

/// <summary><c>reference.json</c>: what a frame looks like on average in training, both classes weighing the same. Families are set to it to see what they did to a score.</summary>
/// <param name="Values">float32[columns], finite.</param>
public sealed record FeatureReference(IReadOnlyList<float> Values)
{
    /// <summary>Mean over the training rows, weighted as the trainer weighs them.</summary>
    public static FeatureReference Of(IReadOnlyList<LabelledFeatures> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var weights = ExampleWeights.Of(rows);
        var sums = new double[rows[0].Features.Length];
        for (var i = 0; i < rows.Count; i++)
            for (var c = 0; c < sums.Length; c++) sums[c] += (double)weights[i] * rows[i].Features[c];
        var total = weights.Sum(weight => (double)weight);
        return new FeatureReference([.. sums.Select(sum => (float)(sum / total))]);
    }
}
