using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Compare;

/// <summary>The figures of a comparison: one a condition and mode for the curves, one a pair of experiments for the differences; and its
/// tables for a paper.</summary>
internal static class CompareTables
{
    internal static IReadOnlyList<Figure> Figures { get; } =
    [
        new ShotFigure("runs-per-shot", "AUC", "several experiments",
            "AUC of few-shot fakes against real items by each experiment's artefact detector; people, generators and drivers may differ "
                + "between the lines."),
        new DotFigure("run-differences", "Two experiments",
            "AUC of the first minus that of the second on the people whom both tested on the same true frames.", 560,
            table => Sides.Of(table.Text(0, "condition").Split(" − ")[0])),
    ];

    internal static IReadOnlyList<FigureTable> Build(RunComparison comparison)
    {
        var headlines = comparison.Runs.ToDictionary(run => run.Name, run => run.Headline, StringComparer.Ordinal);
        var several = comparison.Runs.Select(run => run.Headline.Condition).Distinct(StringComparer.Ordinal).Count() > 1;
        bool Own(RunPoint point) =>
            point.Row.Detector == Detectors.Artefact
            && (point.Row.Arm is null || point.Row.Arm == headlines[point.Run].Arm || headlines[point.Run].Arm is null);
        object?[] Cells(RunPoint point, string condition) =>
            [point.Run, point.Row.Shots, point.Row.Auc, point.Row.AucCiLow, point.Row.AucCiHigh, condition, point.Row.Level, point.Row.Arm,
                point.Row.Detector, point.Row.NIdentities, point.Row.NVideos, point.Row.NFrames];
        var own = comparison.Points
            .Where(point => Own(point) && point.Row.Mode == Method.Ft && point.Row.Condition == headlines[point.Run].Condition
            && point.Row.Level == headlines[point.Run].Level).ToArray();
        var first = own.Length == 0 ? [] : new[] { FigureTable.Of("runs-per-shot.headline", ShotFigure.Columns, own.Select(
            point => Cells(point, several ? "of each headline" : point.Row.Condition))) };
        var shared = comparison.Points.Where(point => Own(point) && point.Row.Level == Level.Frame)
            .GroupBy(point => (point.Row.Condition, point.Row.Mode))
            .Where(group => group.Select(point => point.Run).Distinct(StringComparer.Ordinal).Count() > 1)
            .OrderByDescending(group => group.Key.Mode).ThenBy(group => group.Key.Condition, StringComparer.Ordinal)
            .Select(group => FigureTable.Of($"runs-per-shot.{FigureTable.Slug(group.Key.Condition)}-{group.Key.Mode}", ShotFigure.Columns,
                group.Select(point => Cells(point, $"{group.Key.Condition}, {group.Key.Mode}"))));
        var differences = comparison.Differences.Where(row => row.Detector == Detectors.Artefact).GroupBy(row => (row.First, row.Second))
            .Select((pair, i) => FigureTable.Of(
                FormattableString.Invariant($"run-differences.{i + 1}"), [.. DotFigure.Columns, "p_holm"],
            pair.GroupBy(row => (row.Condition, row.Shots)).SelectMany(place => place.Select(row => new object?[]
            {
                FormattableString.Invariant($"{row.Condition}, T = {row.Shots}"), TextTable.WithArm(row.Mode.ToString(), row.Arm),
                    row.Difference, row.CiLow, row.CiHigh, $"{pair.Key.First} − {pair.Key.Second}", Level.Frame, row.Detector,
                    row.NIdentities, row.PHolm,
            }))));
        return [.. first, .. shared, .. differences];
    }

    /// <summary>The curves and the paired differences of several experiments for a paper; empty ones are left out.</summary>
    internal static IReadOnlyList<TextTable> TextTables(RunComparison comparison)
    {
        var curves = new TextTable("runs", $"Detection per shot count T in {Count(comparison.Runs.Count, "experiment", "experiments")}, "
            + $"artefact detector. {TextTable.Intervals}",
            ["experiment", "condition", "level", "mode", "T", "n", "AUC", "accuracy", "TPR", "TNR", "EER"],
            [.. comparison.Points.Where(point => point.Row.Detector == Detectors.Artefact).Select(point => (IReadOnlyList<string>)
            [
                point.Run, point.Row.Condition, point.Row.Level.Text(), TextTable.WithArm(point.Row.Mode.ToString(), point.Row.Arm),
                    Count(point.Row.Shots),
                Count(point.Row.NIdentities),
                Interval(point.Row.Auc, point.Row.AucCiLow, point.Row.AucCiHigh, Rate),
                Interval(point.Row.Accuracy, point.Row.CiLow, point.Row.CiHigh, Rate),
                Rate(point.Row.Tpr), Rate(point.Row.Tnr), Rate(point.Row.Eer),
            ])]);
        var differences = new TextTable("run-differences",
            "Paired differences of AUC between experiments at frame level, on the people whom both tested on the same true frames; p by "
                + "the exact sign-flip test over people, after Holm within a pair.",
            ["first", "second", "detector", "condition", "mode", "T", "n", "difference", "p (Holm)"],
            [.. comparison.Differences.Select(row => (IReadOnlyList<string>)
            [
                row.First, row.Second, row.Detector, row.Condition, TextTable.WithArm(row.Mode.ToString(), row.Arm), Count(row.Shots),
                Count(row.NIdentities),
                Interval(row.Difference, row.CiLow, row.CiHigh, Difference), P(row.PHolm),
            ])]);
        var quality = new TextTable("quality-differences",
            "Paired differences of quality between experiments, on the people whom both tested on the same true frames; p by the exact "
                + "sign-flip test over people, after Holm within a pair.",
            ["first", "second", "mode", "T", "n", "quality", "difference", "p (Holm)", "better"],
            [.. comparison.QualityDifferences.Select(row => (IReadOnlyList<string>)
            [
                row.First, row.Second, TextTable.WithArm(row.Mode.ToString(), row.Arm), Count(row.Shots), Count(row.NIdentities),
                ComparisonsSection.Name(row.Quantity), Interval(row.Difference, row.CiLow, row.CiHigh, FineDifference), P(row.PHolm),
                row.Better ?? Undefined,
            ])]);
        return [.. new[] { curves, differences, quality }.Where(table => table.Rows.Count > 0)];
    }
}
