using ForensicHeads.Reporting.Results;
using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Html;

/// <summary>The tables of the page; every number names its place in results.json.</summary>
internal static class ReportTables
{
    internal static string Accuracy(ExperimentResults results) => Accuracy(results.AccuracyPerShot, "accuracy_per_shot", "No few-shot fakes were scored.");

    internal static string Attackers(ExperimentResults results) => Accuracy(results.Attackers, "attackers", "No other attackers were run.");

    private static string Accuracy(IReadOnlyList<AccuracyRow> rows, string list, string none) => rows.Count == 0 ? Empty(none) : Table(
        ["condition", "level", "arm", "detector", "mode", "T", "people", "videos", "frames", "AUC [95 %]", "accuracy [95 %]", "TPR", "TNR", "EER", "TPR at FPR 1 %", "Cllr", "Cllr_min", "ECE"],
        rows.Select((row, i) =>
        {
            var at = $"{list}[{i}]";
            var strict = Number($"{at}.tpr_at_fpr_1pct", Rate(row.TprAtFpr1Pct));
            return (IEnumerable<string>)
            [
                Escape(row.Condition), Escape(row.Level), Escape(Arm(row.Arm)), Escape(row.Detector), Escape(row.Mode), Number($"{at}.shots", Count(row.Shots)),
                Number($"{at}.n_identities", Count(row.NIdentities)), Number($"{at}.n_videos", Count(row.NVideos)), Number($"{at}.n_frames", Count(row.NFrames)),
                Interval(at, "auc", "auc_ci_low", "auc_ci_high", (row.Auc, row.AucCiLow, row.AucCiHigh), Rate),
                Interval(at, "accuracy", "ci_low", "ci_high", (row.Accuracy, row.CiLow, row.CiHigh), Rate),
                Number($"{at}.tpr", Rate(row.Tpr)), Number($"{at}.tnr", Rate(row.Tnr)), Number($"{at}.eer", Rate(row.Eer)),
                row.TprAtFpr1PctResolvable ? strict : $"<span class=\"grey\" title=\"fewer than 100 real items: 1 % cannot be resolved\">{strict}</span>",
                Number($"{at}.cllr", Rate(row.Cllr)), Number($"{at}.cllr_min", Rate(row.CllrMin)), Number($"{at}.expected_calibration_error", Rate(row.ExpectedCalibrationError)),
            ];
        })) + "<p class=\"note\">AUC: jackknife over people on the logit scale. Accuracy is ½ (TPR + TNR), with the exact interval of Korn and Graubard over people. "
            + "Grey: too few real items to resolve FPR 1 %. ECE: expected calibration error, 15 equal-mass bins.</p>\n";

    internal static string Anchors(ExperimentResults results) => results.Anchors.Count == 0 ? Empty("No anchors were scored.") : Table(
        ["anchor", "arm", "condition", "level", "people", "AUC [95 %]", "accuracy [95 %]"],
        results.Anchors.Select((row, i) => (IEnumerable<string>)
        [
            Escape(row.Name), Escape(Arm(row.Arm)), Escape(row.Condition), Escape(row.Level), Number($"anchors[{i}].n_identities", Count(row.NIdentities)),
            Interval($"anchors[{i}]", "auc", "ci_low", "ci_high", (row.Auc, row.CiLow, row.CiHigh), Rate),
            Interval($"anchors[{i}]", "accuracy", "accuracy_ci_low", "accuracy_ci_high", (row.Accuracy, row.AccuracyCiLow, row.AccuracyCiHigh), Rate),
        ]));

    internal static string Comparisons(ExperimentResults results)
    {
        var tables = Compared(results, OfDetector, "Paired on the people who have both, and on their real items. Holm over the comparisons of ff and ft (of all arms) at one condition and level, "
            + "and by itself over those with another attacker; t0 − t_all stands alone.");
        return tables.Length == 0 ? Empty("Nothing was compared.") : tables;
    }

    internal static string QualityComparisons(ExperimentResults results) => Compared(results, quantity => !OfDetector(quantity),
        "Paired on the people who have both, each by the mean over their generated frames. " + (results.Comparisons.Any(row => !OfDetector(row.Quantity) && row.PHolm is not null)
            ? "Holm over the rows of each table." : "p is not adjusted for the number of rows."));

    internal static string Generation(ExperimentResults results) => results.Generation.Count == 0 ? Empty("Quality was not measured.") : Table(
        ["mode", "T", "arm", "people", "SSIM", "PSNR (dB)", "identity", "top-1 retrieval", "NME", "no face", "KID", "FID", "judge", "feature network"],
        results.Generation.Select((row, i) =>
        {
            var at = $"generation[{i}]";
            return (IEnumerable<string>)
            [
                Escape(row.Mode), Number($"{at}.shots", Count(row.Shots)), Escape(Arm(row.Arm)), Number($"{at}.n_identities", Count(row.NIdentities)),
                Number($"{at}.ssim", Rate(row.Ssim)), Number($"{at}.psnr", Decibels(row.Psnr)), Number($"{at}.identity_similarity", Rate(row.IdentitySimilarity)),
                Number($"{at}.retrieval_top1", Rate(row.RetrievalTop1)), Number($"{at}.nme", Rate(row.Nme)), Number($"{at}.nme_failures", Count(row.NmeFailures)),
                Number($"{at}.kid", Rate(row.Kid)), Number($"{at}.fid", Rate(row.Fid)), Escape(row.IdentityModel ?? Undefined), Escape(row.FeatureNetwork ?? Undefined),
            ];
        }));

    internal static string Swap(ExperimentResults results) => results.EmbeddingSwap is not { } swap ? "" : "<h3>Swapping ê between two people (SSIM)</h3>\n" + Table(
        ["vector", "to A's true frame", "to B's nearest true frame", "pairs", "turned into B"],
        [
            ["A's own", Number("embedding_swap.own_to_self", Rate(swap.OwnToSelf)), Number("embedding_swap.own_to_other", Rate(swap.OwnToOther)), Number("embedding_swap.n_identities", Count(swap.NIdentities)), ""],
            ["B's", Number("embedding_swap.swapped_to_self", Rate(swap.SwappedToSelf)), Number("embedding_swap.swapped_to_other", Rate(swap.SwappedToOther)), Number("embedding_swap.n_identities", Count(swap.NIdentities)), Number("embedding_swap.turned", Rate(swap.Turned))],
        ]);

    internal static string Controls(ExperimentResults results) => !results.Controls.Run().Any() ? Empty("No controls were run: no number below counts.") : Table(
        ["control", "condition", "verdict", "AUC [95 %]", "p", "bound"],
        results.Controls.Run().Select(control => (IEnumerable<string>)
        [
            Escape(control.Name.Replace('_', ' ')), Escape(control.Result.Condition ?? Undefined), Verdict(control.Result),
            Interval($"controls.{control.Name}", "auc", "ci_low", "ci_high", (control.Result.Auc, control.Result.CiLow, control.Result.CiHigh), Rate),
            Number($"controls.{control.Name}.p", P(control.Result.P)), Escape(control.Result.Bound ?? "reported, not a gate"),
        ]));

    internal static string Missed(ExperimentResults results) => results.MissedFrom.Count == 0 ? "" : Table(
        ["detector", "mode", "arm", "T* (smallest T with upper AUC limit under 0.75)"],
        results.MissedFrom.Select(row => (IEnumerable<string>)[Escape(row.Detector), Escape(row.Mode), Escape(Arm(row.Arm)), Escape(row.Statement)]));

    internal static string Groups(ExperimentResults results) => results.Groups.Count == 0 ? "" : "<h3>False alarms by group</h3>\n" + Table(
        ["attribute", "value", "people", "TNR [95 %]"],
        results.Groups.Select((row, i) => (IEnumerable<string>)
        [
            Escape(row.Attribute), Escape(row.Value), Number($"groups[{i}].n_identities", Count(row.NIdentities)),
            Interval($"groups[{i}]", "tnr", "ci_low", "ci_high", (row.Tnr, row.CiLow, row.CiHigh), Rate),
        ]));

    internal static string Terciles(ExperimentResults results) => results.Terciles.Count == 0 ? "" : "<h3>By distance to the nearest shot</h3>\n" + Table(
        ["third (1 = nearest)", "mode", "arm", "T", "people", "AUC [95 %]"],
        results.Terciles.Select((row, i) => (IEnumerable<string>)
        [
            Number($"terciles[{i}].tercile", Count(row.Tercile)), Escape(row.Mode), Escape(Arm(row.Arm)), Number($"terciles[{i}].shots", Count(row.Shots)), Number($"terciles[{i}].n_identities", Count(row.NIdentities)),
            Interval($"terciles[{i}]", "auc", "ci_low", "ci_high", (row.Auc, row.CiLow, row.CiHigh), Rate),
        ]));

    internal static string Validation(ExperimentResults results) => results.Validation.Count == 0 ? "" : "<h3>What was fixed on validation and calibration people</h3>\n" + Table(
        ["fold", "condition", "frame threshold", "video threshold", "AUC of reconstruct", "calibrator slope", "calibrator intercept", "lowest log10 LR", "highest log10 LR"],
        results.Validation.Select((row, i) =>
        {
            var at = $"validation[{i}]";
            return (IEnumerable<string>)
            [
                Escape(row.Fold), Escape(row.Condition), Number($"{at}.frame_threshold", Difference(row.FrameThreshold)), Number($"{at}.video_threshold", Difference(row.VideoThreshold)),
                Number($"{at}.reconstruct_auc", Rate(row.ReconstructAuc)), Number($"{at}.calibrator_slope", Difference(row.CalibratorSlope)),
                Number($"{at}.calibrator_intercept", Difference(row.CalibratorIntercept)), Number($"{at}.llr_low", Difference(row.LlrLow)), Number($"{at}.llr_high", Difference(row.LlrHigh)),
            ];
        })) + "<p class=\"note\">Thresholds are logits: above them a frame or video counts as generated. The scores of test people are shifted by them, so that theirs is 0. The calibrator states slope × logit + intercept as log10 LR, within the two bounds.</p>\n";

    private static string Arm(string arm) => arm.Length > 0 ? arm : Undefined;

    private static bool OfDetector(string quantity) => quantity is "auc" or "accuracy";

    /// <summary>A table for each quantity: differences of unlike things do not belong under one header.</summary>
    private static string Compared(ExperimentResults results, Func<string, bool> chosen, string note)
    {
        var tables = results.Comparisons.Select((row, i) => (Row: row, At: $"comparisons[{i}]")).Where(item => chosen(item.Row.Quantity)).GroupBy(item => item.Row.Quantity).Select(group =>
        {
            var holm = group.Any(item => item.Row.PHolm is not null);
            return Table(
                ["condition", "level", "first", "second", "people", $"{Name(group.Key)} difference [95 %]", "p (sign-flip)", .. holm ? ["p (Holm)"] : Array.Empty<string>()],
                group.Select(item => (IEnumerable<string>)
                [
                    Escape(item.Row.Condition), Escape(item.Row.Level), Escape(item.Row.First), Escape(item.Row.Second), Number($"{item.At}.n_identities", Count(item.Row.NIdentities)),
                    Interval(item.At, "difference", "ci_low", "ci_high", (item.Row.Difference, item.Row.CiLow, item.Row.CiHigh), Difference),
                    Number($"{item.At}.p", P(item.Row.P)), .. holm ? [Number($"{item.At}.p_holm", P(item.Row.PHolm))] : Array.Empty<string>(),
                ]));
        }).ToArray();
        return tables.Length == 0 ? "" : $"{string.Concat(tables)}<p class=\"note\">{Escape(note)}</p>\n";

        static string Name(string quantity) => quantity switch { "auc" => "AUC", "ssim" => "SSIM", "psnr" => "PSNR", _ => Escape(quantity) };
    }

    private static string Verdict(ControlResult control) => control.Passed switch
    {
        true => "<span class=\"pass\">✓ holds</span>",
        false => "<span class=\"fail\">✗ fails</span>",
        null when control.Bound is null => "<span class=\"grey\">○ reported</span>",
        null => "<span class=\"fail\">? undefined</span>",
    };

    private static string Empty(string words) => $"<p class=\"note\">{Escape(words)}</p>\n";
}
