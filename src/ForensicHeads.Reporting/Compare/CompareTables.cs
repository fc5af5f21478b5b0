using ForensicHeads.Detector.Catalogue;
using ForensicHeads.Datasets;
using ForensicHeads.Reporting.Figures;
using ForensicHeads.Reporting.Results;

namespace ForensicHeads.Reporting.Compare;

/// <summary>The figures of a comparison: one a condition and mode for the curves, one a pair of experiments for the differences.</summary>
internal static class CompareTables
{
    private static readonly string[] Columns = ["series", "shots", "value", "ci_low", "ci_high", "condition", "level", "arm", "detector", "n_identities", "n_videos", "n_frames"];

    internal static IReadOnlyList<FigureTable> Build(RunComparison comparison)
    {
        var headlines = comparison.Runs.ToDictionary(run => run.Name, run => run.Headline, StringComparer.Ordinal);
        var several = comparison.Runs.Select(run => run.Headline.Condition).Distinct(StringComparer.Ordinal).Count() > 1;
        bool Own(RunPoint point) => point.Row.Detector == Detectors.Aware && (point.Row.Arm is null || point.Row.Arm == headlines[point.Run].Arm || headlines[point.Run].Arm is null);
        object?[] Cells(RunPoint point, string condition) =>
            [point.Run, point.Row.Shots, point.Row.Auc, point.Row.AucCiLow, point.Row.AucCiHigh, condition, point.Row.Level, point.Row.Arm, point.Row.Detector, point.Row.NIdentities, point.Row.NVideos, point.Row.NFrames];
        var own = comparison.Points.Where(point => Own(point) && point.Row.Mode == Method.Ft && point.Row.Condition == headlines[point.Run].Condition && point.Row.Level == headlines[point.Run].Level).ToArray();
        var first = own.Length == 0 ? [] : new[] { FigureTable.Of("runs-per-shot.headline", Columns, own.Select(point => Cells(point, several ? "of each headline" : point.Row.Condition))) };
        var shared = comparison.Points.Where(point => Own(point) && point.Row.Level == Level.Frame).GroupBy(point => (point.Row.Condition, point.Row.Mode)).Where(group => group.Select(point => point.Run).Distinct(StringComparer.Ordinal).Count() > 1)
            .OrderByDescending(group => group.Key.Mode).ThenBy(group => group.Key.Condition, StringComparer.Ordinal)
            .Select(group => FigureTable.Of($"runs-per-shot.{ResultTables.Slug(group.Key.Condition)}-{group.Key.Mode}", Columns, group.Select(point => Cells(point, $"{group.Key.Condition}, {group.Key.Mode}"))));
        var differences = comparison.Differences.Where(row => row.Detector == Detectors.Aware).GroupBy(row => (row.First, row.Second)).Select((pair, i) => FigureTable.Of(
            FormattableString.Invariant($"run-differences.{i + 1}"), ["name", "series", "value", "ci_low", "ci_high", "condition", "level", "detector", "n_identities", "p_holm"],
            pair.GroupBy(row => (row.Condition, row.Shots)).SelectMany(place => place.Select(row => new object?[]
            {
                FormattableString.Invariant($"{row.Condition}, T = {row.Shots}"), row.Arm is not null ? $"{row.Mode} ({row.Arm.Text()})" : row.Mode.ToString(), row.Difference, row.CiLow, row.CiHigh, $"{pair.Key.First} − {pair.Key.Second}", Level.Frame, row.Detector, row.NIdentities, row.PHolm,
            }))));
        return [.. first, .. shared, .. differences];
    }
}
