namespace ForensicHeads.Detector.Model;

/// <summary>How much AUC is lost when one family's columns are shuffled between rows (permutation importance by group, Breiman
/// 2001).</summary>
/// <param name="Family">Name of the family.</param>
/// <param name="Columns">Number of its columns.</param>
/// <param name="AucDrop">AUC as it is minus the mean AUC with the family shuffled; about 0 for a family that does not matter.</param>
public sealed record FamilyImportance(string Family, int Columns, double AucDrop)
{
    /// <summary>Measures every family on validation rows.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="rows">Rows of people the detector was not trained on, both classes.</param>
    /// <param name="columnNames"><c>family/column</c> of every feature.</param>
    /// <param name="seed">Seed of the shuffles; each family has its own stream.</param>
    /// <param name="cancellation">Stops between two shuffles.</param>
    /// <returns>One entry a family, largest drop first.</returns>
    public static IReadOnlyList<FamilyImportance> Measure(
        IFrameDetector detector, IReadOnlyList<LabelledFeatures> rows, IReadOnlyList<string> columnNames, long seed,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columnNames);
        // Shuffles a family, averaged.
        const int Repeats = 5;
        var labels = rows.Select(row => row.Generated).ToArray();
        var whole = Auc.Of(detector.Score([.. rows.Select(row => row.Features)]), labels);
        if (double.IsNaN(whole)) throw new UserErrorException(
            "Importance needs real and generated validation frames; one class is empty. Check the split.");
        var results = new List<FamilyImportance>();
        foreach (var group in Enumerable.Range(0, columnNames.Count).GroupBy(i => FeatureLayout.FamilyOf(columnNames[i])))
        {
            var random = new SeededRandom(seed, $"importance/{group.Key}");
            var sum = 0.0;
            for (var repeat = 0; repeat < Repeats; repeat++)
            {
                cancellation.ThrowIfCancellationRequested();
                var from = random.Permutation(rows.Count);
                var shuffled = rows.Select((row, i) =>
                {
                    var features = (float[])row.Features.Clone();
                    foreach (var column in group) features[column] = rows[from[i]].Features[column];
                    return features;
                }).ToArray();
                sum += Auc.Of(detector.Score(shuffled), labels);
            }

            results.Add(new FamilyImportance(group.Key, group.Count(), whole - (sum / Repeats)));
        }

        return [.. results.OrderByDescending(result => result.AucDrop).ThenBy(result => result.Family, StringComparer.Ordinal)];
    }
}
