using ForensicHeads.Datasets;
using ForensicHeads.Reporting.Results;

namespace ForensicHeads.Reporting.Figures;

/// <summary>The tables that follow from results.json alone; <c>report DIR</c> makes them again.</summary>
public static class ResultTables
{
    private static readonly string[] ShotColumns =
        ["series", "shots", "value", "ci_low", "ci_high", "condition", "level", "arm", "detector", "n_identities", "n_videos", "n_frames"];

    private static readonly QualityMeasure[] QualityMeasures =
    [
        new("ssim", false, row => (row.Ssim, row.SsimCiLow, row.SsimCiHigh), row => null),
        new("psnr", false, row => (row.Psnr, row.PsnrCiLow, row.PsnrCiHigh), row => null),
        new("identity", true, row => (row.IdentitySimilarity, row.IdentitySimilarityCiLow, row.IdentitySimilarityCiHigh), row => row.IdentityModel),
        new("retrieval", true, row => (row.RetrievalTop1, row.RetrievalTop1CiLow, row.RetrievalTop1CiHigh), row => row.IdentityModel),
        new("nme", true, row => (row.NmeWorst, row.NmeWorstCiLow, row.NmeWorstCiHigh), row => row.NmeModel),
        new("kid", false, row => (row.Kid, row.KidCiLow, row.KidCiHigh), row => row.FeatureNetwork),
        new("fid", false, row => (row.Fid, null, null), row => row.FeatureNetwork),
    ];

    /// <summary>All of them, the headline's condition first.</summary>
    public static IReadOnlyList<FigureTable> Build(ExperimentResults results) =>
        [.. Curves(results), .. WaterfallTable(results), .. Detectors(results), .. MachineUser(results), .. Families(results), .. Robustness(results), .. Differences(results), .. Terciles(results), .. Quality(results), .. Importance(results), .. CrossShot(results)];

    private static IEnumerable<FigureTable> Curves(ExperimentResults results)
    {
        var headline = results.Headline;
        var several = results.AccuracyPerShot.Select(row => row.Arm).Where(arm => arm is not null).Distinct().Count() > 1;
        var groups = results.AccuracyPerShot.GroupBy(row => (row.Condition, row.Level, row.Detector))
            .OrderByDescending(group => group.Key.Condition == headline.Condition).ThenByDescending(group => group.Key.Level == headline.Level).ToArray();
        var first = groups.FirstOrDefault()?.Key;
        foreach (var group in groups)
        {
            var key = group.Key;
            // One figure for every row would be too many to look at: other detectors and the other level are drawn where the headline is, and detectors on clean frames.
            var isHeadline = key.Condition == headline.Condition;
            if (key.Level != headline.Level && !isHeadline) continue;
            if (key.Detector != first?.Detector && (key.Level != headline.Level || !(isHeadline || key.Condition == "clean"))) continue;
            var variant = Slug(string.Join('-', new[] { key.Condition, key.Level == headline.Level ? "" : key.Level.Text(), key.Detector == first?.Detector ? "" : key.Detector }
                .Where(part => part.Length > 0)));
            var anchors = results.Anchors.Where(anchor => anchor.Condition == key.Condition && anchor.Level == key.Level && anchor.Detector == key.Detector).ToArray();
            yield return FigureTable.Of($"auc-per-shot.{variant}", ShotColumns,
                group.Select(row => Cells(row, several, row.Auc, row.AucCiLow, row.AucCiHigh)).Concat(anchors.Select(row => Cells(row, row.Auc, row.CiLow, row.CiHigh, key.Detector))));
            yield return FigureTable.Of($"accuracy-per-shot.{variant}", ShotColumns,
                group.Select(row => Cells(row, several, row.Accuracy, row.CiLow, row.CiHigh))
                    .Concat(anchors.Select(row => Cells(row, row.Accuracy, row.AccuracyCiLow, row.AccuracyCiHigh, key.Detector))));
            var attackers = results.Attackers.Where(row => (row.Condition, row.Level, row.Detector) == key).ToArray();
            if (attackers.Length > 0)
            {
                // The headline's heads stand beside them, to compare with.
                yield return FigureTable.Of($"attackers-per-shot.{variant}", ShotColumns,
                    attackers.Concat(group.Where(row => row.Mode == Method.Ft && (row.Arm == headline.Arm || !several))).Select(row => Cells(row, several, row.Auc, row.AucCiLow, row.AucCiHigh)));
            }
        }
    }

    private static IEnumerable<FigureTable> Detectors(ExperimentResults results)
    {
        var headline = results.Headline;
        var rows = results.AccuracyPerShot.Where(row => row.Level == headline.Level && IsDrawn(row.Condition, headline) && (row.Arm == headline.Arm || row.Arm is null)).ToArray();
        if (rows.Select(row => row.Detector).Distinct(StringComparer.Ordinal).Count() < 2) yield break;
        foreach (var group in rows.GroupBy(row => row.Condition, StringComparer.Ordinal).OrderByDescending(group => group.Key == headline.Condition))
        {
            yield return FigureTable.Of($"detectors-per-shot.{Slug(group.Key)}", ShotColumns, group.Select(row => new object?[]
            {
                $"{row.Detector} {row.Mode}", row.Shots, row.Auc, row.AucCiLow, row.AucCiHigh, row.Condition, row.Level, row.Arm, row.Detector, row.NIdentities, row.NVideos, row.NFrames,
            }));
        }
    }

    private static IEnumerable<FigureTable> MachineUser(ExperimentResults results)
    {
        var headline = results.Headline;
        return results.MachineUser.Where(row => row.Level == Level.Video && IsDrawn(row.Condition, headline) && (row.Arm == headline.Arm || row.Arm is null)).GroupBy(row => row.Condition, StringComparer.Ordinal)
            .OrderByDescending(group => group.Key == headline.Condition).Select(group => FigureTable.Of($"machine-user-per-shot.{Slug(group.Key)}", ShotColumns, group.Select(row => new object?[]
            {
                $"{row.Detector} {row.Mode}", row.Shots, row.Accuracy, row.CiLow, row.CiHigh, row.Condition, row.Level, row.Arm, row.Detector, row.NIdentities, null, null,
            }).Concat(results.HumanUser.Select(row => new object?[] { $"{HumanUserRow.Name} {row.Mode}", row.Shots, row.Accuracy, row.CiLow, row.CiHigh, group.Key, Level.Video, "", HumanUserRow.Name, null, null, null }))));
    }

    private static readonly string[] DotColumns = ["name", "series", "value", "ci_low", "ci_high", "condition", "level", "detector", "n_identities"];

    private static IEnumerable<FigureTable> Families(ExperimentResults results) =>
        results.Families.Where(row => row.Mode == Method.Ft && row.Arm == results.Headline.Arm).GroupBy(row => row.Condition, StringComparer.Ordinal).Select(group => FigureTable.Of($"families.{Slug(group.Key)}", DotColumns,
            group.Select(row => new object?[] { row.Family, FormattableString.Invariant($"T = {row.Shots}"), row.Auc, row.CiLow, row.CiHigh, row.Condition, row.Level, "", row.NIdentities })));

    private static IEnumerable<FigureTable> Robustness(ExperimentResults results) =>
        results.Robustness.Where(row => row.Mode == Method.Ft && row.Arm == results.Headline.Arm).GroupBy(row => row.Detector, StringComparer.Ordinal).Select(group => FigureTable.Of($"robustness.{Slug(group.Key)}", DotColumns,
            group.Select(row => new object?[] { row.Step, row.AppliedTo is RobustnessRow.None or RobustnessRow.Both ? "both classes" : $"{row.AppliedTo} alone", row.Auc, row.CiLow, row.CiHigh, "of the step", row.Level, row.Detector, row.NIdentities })));

    // Between shot counts, between modes, and between the outer anchors, in the headline's arm; other attackers and arms stand in the tables.
    private static IEnumerable<FigureTable> Differences(ExperimentResults results)
    {
        var headline = results.Headline;
        var rows = results.Comparisons.Where(row => row.Quantity == "auc" && row.Condition == headline.Condition && row.Level == headline.Level).Select(row => (Row: row, Series: SeriesOfPair(row, headline.Arm))).Where(row => row.Series is not null).ToArray();
        if (rows.Length == 0) yield break;
        yield return FigureTable.Of($"differences.{Slug(headline.Condition)}", [.. DotColumns, "p_holm"], rows.Select(item => new object?[]
        {
            $"{Plain(item.Row.First, headline.Arm)} − {Plain(item.Row.Second, headline.Arm)}", item.Series, item.Row.Difference, item.Row.CiLow, item.Row.CiHigh, item.Row.Condition, item.Row.Level, "", item.Row.NIdentities, item.Row.PHolm,
        }));
    }

    private static string? SeriesOfPair(ComparisonRow row, Arm? arm)
    {
        string[] sides = [Plain(row.First, arm), Plain(row.Second, arm)];
        // What still carries an arm belongs to another one.
        if (sides.Any(side => side.EndsWith(')'))) return null;
        var modes = sides.Select(side => side.Split(' ')[0]).ToArray();
        if (modes is ["t0", "t_all"]) return "outer anchors";
        return !modes.All(mode => OriginText.ModeOf(mode) is not null) ? null : modes[0] == modes[1] ? $"shot counts, {modes[0]}" : $"{Method.Ff} against {Method.Ft}";
    }

    private static string Plain(string name, Arm? arm) => arm is not null ? name.Replace($" ({arm.Text()})", "", StringComparison.Ordinal) : name;

    private static IEnumerable<FigureTable> Terciles(ExperimentResults results) =>
        results.Terciles.Where(row => row.Arm == results.Headline.Arm || row.Arm is null).GroupBy(row => row.Mode).Select(mode => FigureTable.Of($"terciles.{Slug(mode.Key.ToString())}", DotColumns,
            mode.OrderBy(row => row.Tercile).ThenBy(row => row.Shots).Select(row => new object?[]
            {
                row.Tercile switch { 1 => "nearest third", 2 => "middle third", _ => "farthest third" }, FormattableString.Invariant($"{mode.Key} {row.Shots}"), row.Auc, row.CiLow, row.CiHigh, results.Headline.Condition, Level.Frame, "", row.NIdentities,
            })));

    private static bool IsDrawn(string condition, Headline headline) => condition == headline.Condition || condition == "clean";

    private static object?[] Cells(AccuracyRow row, bool several, double? value, double? low, double? high) =>
        [FigureStyle.SeriesOf(row.Mode, row.Arm, several), row.Shots, value, low, high, row.Condition, row.Level, row.Arm, row.Detector, row.NIdentities, row.NVideos, row.NFrames];

    private static object?[] Cells(AnchorRow row, double? value, double? low, double? high, string detector) =>
        [row.Name, null, value, low, high, row.Condition, row.Level, row.Arm, detector, row.NIdentities, null, null];

    private static IEnumerable<FigureTable> WaterfallTable(ExperimentResults results)
    {
        if (results.Waterfall.Count == 0) yield break;
        yield return FigureTable.Of("waterfall", ["name", "part", "auc", "ci_low", "ci_high", "condition", "level", "n_identities"],
            results.Waterfall.Select(step => new object?[]
            {
                step.Name, step.Part, step.Auc, step.CiLow, step.CiHigh, results.Headline.Condition, results.Headline.Level, results.Headline.NIdentities,
            }));
    }

    private static IEnumerable<FigureTable> Quality(ExperimentResults results)
    {
        // Other attackers and the anchors stand in the table alone: more lines than these nobody can read.
        var points = results.Generation.Where(row => QualityKind.IsPointOf(row.Mode, row.Shots)).ToArray();
        var several = points.Select(row => row.Arm).Where(arm => arm is not null).Distinct().Count() > 1;
        foreach (var measure in QualityMeasures)
        {
            if (points.All(row => measure.Value(row).Value is null)) continue;
            var ceiling = results.Generation.Where(row => measure.HasCeiling && row.Mode == QualityItem.Truth && measure.Value(row).Value is not null);
            var cells = points.Concat(ceiling).Select(row =>
            {
                var (value, low, high) = measure.Value(row);
                return new object?[] { FigureStyle.SeriesOf(row.Mode, row.Arm, several), row.Shots, value, low, high, row.Arm, measure.Judge(row), row.NIdentities, row.NFrames };
            });
            if (measure.Name == "retrieval" && points.Select(row => row.RetrievalChance).FirstOrDefault(chance => chance is not null) is { } guess)
                cells = cells.Append(["chance", null, guess, null, null, "", null, null, null]);
            yield return FigureTable.Of($"{measure.Name}-per-shot", ["series", "shots", "value", "ci_low", "ci_high", "arm", "judge", "n_identities", "n_frames"], cells);
        }
    }

    private static IEnumerable<FigureTable> Importance(ExperimentResults results) =>
        results.Importance.GroupBy(row => row.Condition).Select(group => FigureTable.Of(
            group.Key is null ? "importance" : $"importance.{Slug(group.Key)}", ["family", "importance", "ci_low", "ci_high", "condition", "n_identities"],
            group.OrderByDescending(row => row.Importance).Select(row => new object?[] { row.Family, row.Importance, row.CiLow, row.CiHigh, row.Condition, results.Split.Validation })));

    private static IEnumerable<FigureTable> CrossShot(ExperimentResults results) =>
        results.CrossShot.GroupBy(row => (row.Mode, row.Arm)).Select(group => FigureTable.Of($"cross-shot.{Slug(CrossShotName(results, group.Key.Mode, group.Key.Arm))}", ["train_shots", "test_shots", "auc", "ci_low", "ci_high", "n_identities"],
            group.Select(row => new object?[] { row.TrainShots, row.TestShots, row.Auc, row.CiLow, row.CiHigh, results.Counts.NIdentities })));

    private static string CrossShotName(ExperimentResults results, Method mode, Arm? arm) =>
        results.CrossShot.Any(row => row.Mode == mode && row.Arm != arm) ? $"{mode}-{arm.Text()}" : mode.ToString();

    internal static string Slug(string text) => new([.. text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? char.ToLowerInvariant(c) : '-')]);

    // HasCeiling: the measure says something about the true frames, too.
    private sealed record QualityMeasure(string Name, bool HasCeiling, Func<GenerationRow, (double? Value, double? Low, double? High)> Value, Func<GenerationRow, string?> Judge);
}
