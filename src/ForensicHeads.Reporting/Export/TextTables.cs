using ForensicHeads.Detector.Catalogue;
using ForensicHeads.Datasets;
using ForensicHeads.Reporting.Compare;
using ForensicHeads.Reporting.Html;
using ForensicHeads.Reporting.Results;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Export;

/// <summary>The tables of a report that a paper would print.</summary>
public static class TextTables
{
    private const string Intervals = "Brackets: 95 % intervals over people (AUC: jackknife, never beyond the exact binomial over people; accuracy: Korn and Graubard).";

    /// <summary>Detection, anchors, controls, paired differences and quality of one experiment; empty ones are left out.</summary>
    /// <param name="results">Its results.</param>
    /// <param name="condition">The condition; null for the headline's.</param>
    public static IReadOnlyList<TextTable> Of(ExperimentResults results, string? condition = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        var (under, level) = (condition ?? results.Headline.Condition, results.Headline.Level);
        return [.. new[] { Detection(results, under, level), Anchors(results, under, level), Controls(results), Differences(results, under, level), Decisions(results, under, level), Quality(results) }.Where(table => table.Rows.Count > 0)];
    }

    /// <summary>The curves and the paired differences of several experiments.</summary>
    public static IReadOnlyList<TextTable> Of(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var curves = new TextTable("runs", $"Detection per shot count T in {Count(comparison.Runs.Count, "experiment", "experiments")}, aware detector. {Intervals}", ["experiment", "condition", "level", "mode", "T", "n", "AUC", "accuracy", "TPR", "TNR", "EER"],
            [.. comparison.Points.Where(point => point.Row.Detector == Detectors.Aware).Select(point => (IReadOnlyList<string>)
            [
                point.Run, point.Row.Condition, point.Row.Level.Text(), Mode(point.Row.Mode, point.Row.Arm), Count(point.Row.Shots), Count(point.Row.NIdentities), Interval(point.Row.Auc, point.Row.AucCiLow, point.Row.AucCiHigh, Rate),
                Interval(point.Row.Accuracy, point.Row.CiLow, point.Row.CiHigh, Rate), Rate(point.Row.Tpr), Rate(point.Row.Tnr), Rate(point.Row.Eer),
            ])]);
        var differences = new TextTable("run-differences", "Paired differences of AUC between experiments at frame level, on the people whom both tested on the same true frames; p by the exact sign-flip test over people, after Holm within a pair.",
            ["first", "second", "detector", "condition", "mode", "T", "n", "difference", "p (Holm)"],
            [.. comparison.Differences.Select(row => (IReadOnlyList<string>)[row.First, row.Second, row.Detector, row.Condition, Mode(row.Mode, row.Arm), Count(row.Shots), Count(row.NIdentities), Interval(row.Difference, row.CiLow, row.CiHigh, Difference), P(row.PHolm)])]);
        return [.. new[] { curves, differences }.Where(table => table.Rows.Count > 0)];
    }

    private static TextTable Detection(ExperimentResults results, string condition, Level level) => new(
        "detection", $"Detection per shot count T, condition {condition}, {level.Text()} level, against the same real {level.Text()}s at every T. {Intervals} Accuracy is ½ (TPR + TNR).",
        ["detector", "mode", "T", "n", "AUC", "accuracy", "TPR", "TNR", "EER", "Cllr"],
        [.. results.AccuracyPerShot.Where(row => row.Condition == condition && row.Level == level).Select(row => (IReadOnlyList<string>)
        [
            row.Detector, Mode(row.Mode, row.Arm), Count(row.Shots), Count(row.NIdentities), Interval(row.Auc, row.AucCiLow, row.AucCiHigh, Rate), Interval(row.Accuracy, row.CiLow, row.CiHigh, Rate), Rate(row.Tpr), Rate(row.Tnr), Rate(row.Eer), Rate(row.Cllr),
        ])]);

    private static TextTable Anchors(ExperimentResults results, string condition, Level level) => new(
        "anchors", $"Anchors of the curve, condition {condition}, {level.Text()} level. {Intervals}", ["anchor", "detector", "n", "AUC", "accuracy"],
        [.. results.Anchors.Where(row => row.Condition == condition && row.Level == level).Select(row => (IReadOnlyList<string>)
            [Mode(row.Name, row.Arm), row.Detector, Count(row.NIdentities), Interval(row.Auc, row.CiLow, row.CiHigh, Rate), Interval(row.Accuracy, row.AccuracyCiLow, row.AccuracyCiHigh, Rate)])]);

    private static TextTable Controls(ExperimentResults results) => new(
        "controls", $"Controls against shortcuts, n = {Count(results.Counts.NIdentities)} test people.", ["control", "AUC", "bound", "holds"],
        [.. results.Controls.Run().Select(control => (IReadOnlyList<string>)
            [control.Name.Replace('_', ' '), Interval(control.Result.Auc, control.Result.CiLow, control.Result.CiHigh, Rate), control.Result.Bound ?? "reported", control.Result.Passed switch { true => "yes", false => "no", null => Undefined }])]);

    private static TextTable Differences(ExperimentResults results, string condition, Level level) => new(
        "differences", $"Paired differences of AUC, condition {condition}, {level.Text()} level: jackknife over people; p by the exact sign-flip test over people, after Holm.", ["first", "second", "n", "difference", "p (Holm)"],
        [.. results.Comparisons.Where(row => row.Quantity == "auc" && row.Condition == condition && row.Level == level).Select(row => (IReadOnlyList<string>)[row.First, row.Second, Count(row.NIdentities), Interval(row.Difference, row.CiLow, row.CiHigh, Difference), P(row.PHolm)])]);

    private static TextTable Decisions(ExperimentResults results, string condition, Level level) => new(
        "accuracy-differences", $"Paired differences of accuracy, ½ (TPR + TNR), condition {condition}, {level.Text()} level: jackknife over people; p after Holm by the exact sign-flip test over people and by the clustered McNemar test (Obuchowski 1998).",
        ["first", "second", "n", "pairs", "difference", "p (Holm)", "X^2 (McNemar)", "p (McNemar, Holm)"],
        [.. results.Comparisons.Where(row => row.Quantity == AccuracyComparisons.Quantity && row.Condition == condition && row.Level == level).Select(row => (IReadOnlyList<string>)
            [row.First, row.Second, Count(row.NIdentities), Count(row.NPairs), Interval(row.Difference, row.CiLow, row.CiHigh, Difference), P(row.PHolm), Prose(row.Mcnemar), P(row.PMcnemarHolm)])]);

    private static TextTable Quality(ExperimentResults results) => new(
        "quality", "Quality of self-reenactment on people never trained on. Brackets: 95 % intervals over people. NME counts failures as one outer-eye distance.", ["method", "T", "n", "SSIM", "identity similarity", "top-1 retrieval", "NME", "KID"],
        [.. results.Generation.Select(row => (IReadOnlyList<string>)
        [
            Mode(row.Mode, row.Arm), Count(row.Shots), Count(row.NIdentities), Interval(row.Ssim, row.SsimCiLow, row.SsimCiHigh, Rate), Interval(row.IdentitySimilarity, row.IdentitySimilarityCiLow, row.IdentitySimilarityCiHigh, Rate),
            Interval(row.RetrievalTop1, row.RetrievalTop1CiLow, row.RetrievalTop1CiHigh, Rate), Interval(row.NmeWorst, row.NmeWorstCiLow, row.NmeWorstCiHigh, Rate), Interval(row.Kid, row.KidCiLow, row.KidCiHigh, Rate),
        ])]);

    private static string Mode(Method mode, Arm? arm) => Mode(mode.ToString(), arm);

    private static string Mode(string mode, Arm? arm) => arm is not null ? $"{mode} ({arm.Text()})" : mode;

    private static string Interval(double? value, double? low, double? high, Func<double?, string> format) => value is null ? Undefined : low is null ? format(value) : $"{format(value)} [{format(low)}, {format(high)}]";
}
