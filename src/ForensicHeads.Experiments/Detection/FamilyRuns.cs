using ForensicHeads.Detector;
using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Reporting.Results;
using ForensicHeads.Statistics;

namespace ForensicHeads.Experiments.Detection;

/// <summary>How far each feature family alone goes: a detector of its columns alone, trained like the aware one; pooled over folds.</summary>
internal sealed class FamilyRuns(ExperimentConfig config)
{
    private readonly List<(string Family, int Columns, ScoredItem Item)> scored = [];

    /// <summary>Trains and scores one detector a family in one fold under one condition.</summary>
    public void Add(FoldDetection detection, float[][] features, IReadOnlyList<string> columnNames, string condition)
    {
        var families = Enumerable.Range(0, columnNames.Count).GroupBy(c => FeatureLayout.FamilyOf(columnNames[c])).ToArray();
        if (families.Length < 2) return;
        foreach (var family in families)
        {
            int[] columns = [.. family];
            var own = Array.ConvertAll(features, row => Array.ConvertAll(columns, c => row[c]));
            using var detector = detection.Fit(DetectorKind.Aware(config), [own], config.Seed, columns: [.. columns.Select(c => columnNames[c])]);
            scored.AddRange(detection.Apply(detector, condition, own, ([], [])).Items.Where(IsShown).Select(item => (family.Key, columns.Length, item)));
        }
    }

    /// <summary>The families, then all together.</summary>
    /// <param name="aware">Scores of the aware detector.</param>
    /// <param name="columns">Columns it has.</param>
    /// <param name="level">The headline's.</param>
    public IReadOnlyList<FamilyRow> Rows(IReadOnlyList<ScoredItem> aware, int columns, string level)
    {
        var conditions = scored.Select(entry => entry.Item.Condition).Distinct(StringComparer.Ordinal).ToArray();
        var all = aware.Where(item => conditions.Contains(item.Condition) && IsShown(item)).Select(item => (Family: FamilyRow.All, Columns: columns, Item: item));
        return [.. scored.Concat(all).Where(entry => entry.Item.Level == level).GroupBy(entry => (entry.Family, entry.Columns, entry.Item.Condition)).SelectMany(group =>
        {
            var real = group.Where(entry => !entry.Item.Generated).Select(entry => entry.Item).ToArray();
            return group.Where(entry => entry.Item.Generated).GroupBy(entry => (Mode: entry.Item.Mode ?? entry.Item.Anchor!, entry.Item.Arm, entry.Item.Shots))
                .OrderBy(cell => cell.Key.Mode, StringComparer.Ordinal).ThenBy(cell => cell.Key.Arm, StringComparer.Ordinal).ThenBy(cell => cell.Key.Shots).Select(cell =>
                {
                    ScoredItem[] both = [.. real, .. cell.Select(entry => entry.Item)];
                    var auc = ClusteredAuc.Interval(both.Select(item => new ClusteredScore(item.Identity, item.Generated, item.Score)));
                    return new FamilyRow
                    {
                        Family = group.Key.Family,
                        NColumns = group.Key.Columns,
                        Condition = group.Key.Condition,
                        Level = level,
                        Mode = cell.Key.Mode,
                        Arm = cell.Key.Arm,
                        Shots = cell.Key.Shots,
                        Auc = auc.Value,
                        CiLow = auc.Low,
                        CiHigh = auc.High,
                        NIdentities = both.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count(),
                    };
                });
        })];
    }

    // True frames, the few-shot heads and the anchors; other attackers have tables of their own.
    private static bool IsShown(ScoredItem item) => !item.Generated || item.Anchor is not null || item.Mode is "ff" or "ft";
}
