using ForensicHeads.Datasets;
using ForensicHeads.Reporting.Results;
using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Html;

/// <summary>The tables of the page; every number names its place in results.json.</summary>
internal static class ReportTables
{
    internal static string Accuracy(ExperimentResults results) => Accuracy(results, results.AccuracyPerShot, "accuracy_per_shot", "No few-shot fakes were scored.");

    internal static string Attackers(ExperimentResults results) => Accuracy(results, results.Attackers, "attackers", "No other attackers were run.");

    private static string Accuracy(ExperimentResults results, IReadOnlyList<AccuracyRow> rows, string list, string none) => rows.Count == 0 ? Empty(none) : WholeTables.Shown(
        ["condition", "level", "arm", "detector", "mode", "T", "people", "videos", "frames", "AUC [95 %]", "accuracy [95 %]", "TPR", "TNR", "EER", "TPR at FPR 1 %", "Cllr", "Cllr_min", "ECE"],
        rows.Select((row, i) =>
        {
            var at = $"{list}[{i}]";
            var strict = Number($"{at}.tpr_at_fpr_1pct", Rate(row.TprAtFpr1Pct));
            return (IsOpen(results, row.Condition, row.Level), (IEnumerable<string>)
            [
                Escape(row.Condition), Escape(row.Level.Text()), Escape(Arm(row.Arm)), Escape(row.Detector), Escape(row.Mode.ToString()), Number($"{at}.shots", Count(row.Shots)),
                Number($"{at}.n_identities", Count(row.NIdentities)), Number($"{at}.n_videos", Count(row.NVideos)), Number($"{at}.n_frames", Count(row.NFrames)),
                Interval(at, "auc", "auc_ci_low", "auc_ci_high", (row.Auc, row.AucCiLow, row.AucCiHigh), Rate),
                Interval(at, "accuracy", "ci_low", "ci_high", (row.Accuracy, row.CiLow, row.CiHigh), Rate),
                Number($"{at}.tpr", Rate(row.Tpr)), Number($"{at}.tnr", Rate(row.Tnr)), Number($"{at}.eer", Rate(row.Eer)),
                row.TprAtFpr1PctResolvable ? strict : $"<span class=\"grey\" title=\"fewer than 100 real items: 1 % cannot be resolved\">{strict}</span>",
                Number($"{at}.cllr", Rate(row.Cllr)), Number($"{at}.cllr_min", Rate(row.CllrMin)), Number($"{at}.expected_calibration_error", Rate(row.ExpectedCalibrationError)),
            ]);
        })) + "<p class=\"note\">AUC: jackknife over people on the logit scale, never beyond the exact binomial limits in which each person is one trial, and drawn towards them where less than one item's worth of error is left. Accuracy is ½ (TPR + TNR), with the exact interval of Korn and Graubard over people. "
            + "Grey: too few real items to resolve FPR 1 %. ECE: expected calibration error, 15 equal-mass bins.</p>\n";

    internal static string Anchors(ExperimentResults results) => results.Anchors.Count == 0 ? Empty("No anchors were scored.") : WholeTables.Shown(
        ["anchor", "arm", "detector", "condition", "level", "people", "AUC [95 %]", "accuracy [95 %]"],
        results.Anchors.Select((row, i) => (IsOpen(results, row.Condition, row.Level), (IEnumerable<string>)
        [
            Escape(row.Name), Escape(Arm(row.Arm)), Escape(row.Detector), Escape(row.Condition), Escape(row.Level.Text()), Number($"anchors[{i}].n_identities", Count(row.NIdentities)),
            Interval($"anchors[{i}]", "auc", "ci_low", "ci_high", (row.Auc, row.CiLow, row.CiHigh), Rate),
            Interval($"anchors[{i}]", "accuracy", "accuracy_ci_low", "accuracy_ci_high", (row.Accuracy, row.AccuracyCiLow, row.AccuracyCiHigh), Rate),
        ])));

    internal static string Comparisons(ExperimentResults results)
    {
        var tables = Compared(results, OfDetector, "Paired on the people who have both, and on their real items. Holm over the comparisons of ff and ft (of all arms) at one condition and level, "
            + "by itself over those with another attacker, and by itself over those between detectors; t0 − t_all stands alone."
            + (results.Comparisons.Any(row => row.NPairs is not null) ? " Accuracy: each decision is paired with the one on the head that the same frame drove (on the same item, between detectors), true frames are the same on both sides and both classes weigh the same; pairs that one side alone has right are counted at the end of the row. "
                + "McNemar: Obuchowski's form for people as clusters, χ² with one degree of freedom, an approximation for many people: with few, the exact sign-flip test beside it decides." : ""));
        return tables.Length == 0 ? Empty("Nothing was compared.") : tables;
    }

    internal static string Generation(ExperimentResults results)
    {
        if (results.Generation.Count == 0) return Empty("Quality was not measured.");
        var features = results.Generation.Select(row => row.FeatureNetwork).FirstOrDefault(name => name is not null);
        var inFeatures = features is null ? "" : $" ({Escape(features)})";
        return Table(
            ["method", "T", "arm", "people", $"KID{inFeatures} [95 %]", $"Fréchet distance{inFeatures}", "SSIM [95 %]", "identity similarity [95 %]", "top-1 retrieval [95 %]", "NME, faces found [95 %]", "no face", "NME, failures at the worst", "NME to the points found in the true frame [95 %]", "PSNR (dB)"],
            results.Generation.Select((row, i) =>
            {
                var at = $"generation[{i}]";
                string Cell(string name, (double?, double?, double?) numbers) => Interval(at, name, $"{name}_ci_low", $"{name}_ci_high", numbers, Rate);
                return (IEnumerable<string>)
                [
                    Escape(row.Mode == QualityItem.Truth ? "true frames" : row.Mode.ToString()), Number($"{at}.shots", Count(row.Shots)), Escape(Arm(row.Arm)), Number($"{at}.n_identities", Count(row.NIdentities)),
                    Cell("kid", (row.Kid, row.KidCiLow, row.KidCiHigh)), Number($"{at}.fid", Rate(row.Fid)), Cell("ssim", (row.Ssim, row.SsimCiLow, row.SsimCiHigh)),
                    Cell("identity_similarity", (row.IdentitySimilarity, row.IdentitySimilarityCiLow, row.IdentitySimilarityCiHigh)), Cell("retrieval_top1", (row.RetrievalTop1, row.RetrievalTop1CiLow, row.RetrievalTop1CiHigh)),
                    Cell("nme", (row.Nme, row.NmeCiLow, row.NmeCiHigh)), Number($"{at}.nme_failures", Count(row.NmeFailures)), Number($"{at}.nme_worst", Rate(row.NmeWorst)), Cell("nme_redetected", (row.NmeRedetected, row.NmeRedetectedCiLow, row.NmeRedetectedCiHigh)), Number($"{at}.psnr", Decibels(row.Psnr)),
                ];
            })) + Measured(results.Generation);
    }

    internal static string QualityComparisons(ExperimentResults results) => Compared(results, quantity => !OfDetector(quantity),
        "Paired on the people who have both, each by the mean over their generated frames. " + (results.Comparisons.Any(row => !OfDetector(row.Quantity) && row.PHolm is not null)
            ? "Holm over the rows of each table. " : "p is not adjusted for the number of rows. ")
        + "NME: failures count as one outer-eye distance, to which larger errors are cut; the ratio is that of the two means, its interval a jackknife over people on the log scale. "
        + "nme_redetected: against what the same finder finds in the true frame, so that what it gets wrong about a person cancels. "
        + "KID belongs to no single person: a jackknife over people gives its interval, and there is no test.");

    internal static string Swap(ExperimentResults results)
    {
        if (results.EmbeddingSwap is not { } swap) return "";
        string Cell(string name, double? value) => Number($"embedding_swap.{name}", Rate(value));
        var pairs = Number("embedding_swap.n_identities", Count(swap.NIdentities));
        return "<h3>Swapping ê between two people</h3>\n" + Table(
            ["vector", "SSIM to A's true frame", "SSIM to B's nearest true frame", "identity similarity to A", "identity similarity to B", "pairs", "turned into B (SSIM)"],
            [
                ["A's own", Cell("own_to_self", swap.OwnToSelf), Cell("own_to_other", swap.OwnToOther), Cell("identity_own_to_self", swap.IdentityOwnToSelf), "", pairs, ""],
                ["B's", Cell("swapped_to_self", swap.SwappedToSelf), Cell("swapped_to_other", swap.SwappedToOther), Cell("identity_swapped_to_self", swap.IdentitySwappedToSelf), Cell("identity_swapped_to_other", swap.IdentitySwappedToOther), pairs, Cell("turned", swap.Turned)],
            ]);
    }

    internal static string Controls(ExperimentResults results) => !results.Controls.Run().Any() ? Empty("No controls were run: no number below counts.") : Table(
        ["control", "condition", "verdict", "AUC [95 %]", "p", "bound"],
        results.Controls.Run().Select(control => (IEnumerable<string>)
        [
            Escape(control.Name.Replace('_', ' ')), Escape(control.Result.Condition ?? Undefined), Verdict(control.Result),
            Interval($"controls.{control.Name}", "auc", "ci_low", "ci_high", (control.Result.Auc, control.Result.CiLow, control.Result.CiHigh), Rate),
            Number($"controls.{control.Name}.p", P(control.Result.P)), Escape(control.Result.Bound ?? "reported, not a gate"),
        ])) + $"<p class=\"note\">All over the same {Number("counts.n_identities", Count(results.Counts.NIdentities))} test people; intervals: jackknife over people.</p>\n";

    internal static string Missed(ExperimentResults results) => results.MissedFrom.Count == 0 ? "" : Table(
        ["detector", "mode", "arm", "T* (smallest T with upper AUC limit under 0.75)"],
        results.MissedFrom.Select(row => (IEnumerable<string>)[Escape(row.Detector), Escape(row.Mode.ToString()), Escape(Arm(row.Arm)), Escape(row.Statement)]));

    internal static string Groups(ExperimentResults results) => results.Groups.Count == 0 ? "" : "<h3>False alarms by group</h3>\n" + Table(
        ["attribute", "value", "people", "TNR [95 %]"],
        results.Groups.Select((row, i) => (IEnumerable<string>)
        [
            Escape(row.Attribute.Replace('_', ' ')), Escape(row.Value), Number($"groups[{i}].n_identities", Count(row.NIdentities)),
            Interval($"groups[{i}]", "tnr", "ci_low", "ci_high", (row.Tnr, row.CiLow, row.CiHigh), Rate),
        ]));

    internal static string Terciles(ExperimentResults results) => results.Terciles.Count == 0 ? "" : "<h3>By distance to the nearest shot</h3>\n" + Table(
        ["third (1 = nearest)", "distance (bits of 64)", "mode", "arm", "T", "people", "AUC [95 %]"],
        results.Terciles.Select((row, i) => (IEnumerable<string>)
        [
            Number($"terciles[{i}].tercile", Count(row.Tercile)), $"{Number($"terciles[{i}].distance_from", Bits(row.DistanceFrom))} to {Number($"terciles[{i}].distance_to", Bits(row.DistanceTo))}", Escape(row.Mode.ToString()), Escape(Arm(row.Arm)), Number($"terciles[{i}].shots", Count(row.Shots)), Number($"terciles[{i}].n_identities", Count(row.NIdentities)),
            Interval($"terciles[{i}]", "auc", "ci_low", "ci_high", (row.Auc, row.CiLow, row.CiHigh), Rate),
        ]));

    internal static string Validation(ExperimentResults results) => results.Validation.Count == 0 ? "" : "<h3>What was fixed on validation and calibration people</h3>\n" + Table(
        ["fold", "detector", "condition", "frame threshold", "video threshold", "AUC of reconstruct", "calibrator slope", "calibrator intercept", "lowest log10 LR", "highest log10 LR"],
        results.Validation.Select((row, i) =>
        {
            var at = $"validation[{i}]";
            return (IEnumerable<string>)
            [
                Escape(row.Fold), Escape(row.Detector), Escape(row.Condition), Number($"{at}.frame_threshold", Difference(row.FrameThreshold)), Number($"{at}.video_threshold", Difference(row.VideoThreshold)),
                Number($"{at}.reconstruct_auc", Rate(row.ReconstructAuc)), Number($"{at}.calibrator_slope", Difference(row.CalibratorSlope)),
                Number($"{at}.calibrator_intercept", Difference(row.CalibratorIntercept)), Number($"{at}.llr_low", Difference(row.LlrLow)), Number($"{at}.llr_high", Difference(row.LlrHigh)),
            ];
        })) + "<p class=\"note\">Thresholds are logits: above them a frame or video counts as generated. The scores of test people are shifted by them, so that theirs is 0. The calibrator states slope × logit + intercept as log10 LR, within the two bounds.</p>\n";

    internal static string Arm(Arm? arm) => arm?.Text() ?? Undefined;

    // What measured the frames, and how failures, n and guessing are treated.
    private static string Measured(IReadOnlyList<GenerationRow> rows)
    {
        string? First(Func<GenerationRow, string?> name) => rows.Select(name).FirstOrDefault(found => found is not null);
        var chance = rows.Select((row, i) => (row.RetrievalChance, At: $"generation[{i}].retrieval_chance")).FirstOrDefault(row => row.RetrievalChance is not null);
        var frames = rows.Select((row, i) => (row.KidFrames, At: $"generation[{i}].kid_frames")).FirstOrDefault(row => row.KidFrames is not null);
        string?[] sentences =
        [
            "Means over people, t intervals over people.",
            First(row => row.IdentityModel) is { } judge ? $"Identity is judged by {Escape(judge)}, on the face alone, against the mean vector of true frames of another video; retrieval by guessing: {Number(chance.At, Rate(chance.RetrievalChance))}; the row of the true frames is the judge's ceiling." : null,
            First(row => row.NmeModel) is { } finder ? $"NME: landmarks found again by {Escape(finder)} against the driver's, over the outer-eye distance; the row of the true frames is the finder's own error. Failures at the worst: a frame without a found face counts as one outer-eye distance, to which larger errors are cut." : null,
            First(row => row.FeatureNetwork) is { } network ? $"KID (kernel distance, cubic polynomial; jackknife over people) and Fréchet distance in {Escape(network)}, not in the Inception network of the literature: no number of another paper may stand beside them. Both over the same {Number(frames.At, Count(frames.KidFrames))} frames of every row, all at once; the Fréchet distance is biased upwards at so few." : null,
        ];
        return $"<p class=\"note\">{string.Join(' ', sentences.OfType<string>())}</p>\n";
    }

    // What the figures beside it show stays open: the headline's condition, and clean frames, at the headline's level.
    private static bool IsOpen(ExperimentResults results, string condition, Level level) => level == results.Headline.Level && (condition == results.Headline.Condition || condition == RobustnessRow.Untouched);

    private static bool OfDetector(string quantity) => quantity is "auc" or "accuracy";

    /// <summary>A table for each quantity: differences of unlike things do not belong under one header.</summary>
    private static string Compared(ExperimentResults results, Func<string, bool> chosen, string note)
    {
        var tables = results.Comparisons.Select((row, i) => (Row: row, At: $"comparisons[{i}]")).Where(item => chosen(item.Row.Quantity)).GroupBy(item => item.Row.Quantity).Select(group =>
        {
            var (holm, ratio, decisions) = (group.Any(item => item.Row.PHolm is not null), group.Any(item => item.Row.Ratio is not null), group.Any(item => item.Row.NPairs is not null));
            return WholeTables.Shown(
                ["condition", "level", "first", "second", "people", $"{Name(group.Key)} difference [95 %]", .. ratio ? ["ratio [95 %]"] : Array.Empty<string>(), "p (sign-flip)", .. holm ? ["p (Holm)"] : Array.Empty<string>(),
                    .. decisions ? ["χ² (McNemar)", "p (McNemar)", "p (McNemar, Holm)", "pairs", "first alone", "second alone"] : Array.Empty<string>()],
                group.Select(item => (!OfDetector(group.Key) || (item.Row.Condition == results.Headline.Condition && item.Row.Level == results.Headline.Level), (IEnumerable<string>)
                [
                    Escape(item.Row.Condition), Escape(item.Row.Level.Text()), Escape(item.Row.First), Escape(item.Row.Second), Number($"{item.At}.n_identities", Count(item.Row.NIdentities)),
                    Interval(item.At, "difference", "ci_low", "ci_high", (item.Row.Difference, item.Row.CiLow, item.Row.CiHigh), Difference),
                    .. ratio ? [Interval(item.At, "ratio", "ratio_ci_low", "ratio_ci_high", (item.Row.Ratio, item.Row.RatioCiLow, item.Row.RatioCiHigh), Rate)] : Array.Empty<string>(),
                    Number($"{item.At}.p", P(item.Row.P)), .. holm ? [Number($"{item.At}.p_holm", P(item.Row.PHolm))] : Array.Empty<string>(),
                    .. decisions ? [Number($"{item.At}.mcnemar", Prose(item.Row.Mcnemar)), Number($"{item.At}.p_mcnemar", P(item.Row.PMcnemar)), Number($"{item.At}.p_mcnemar_holm", P(item.Row.PMcnemarHolm)),
                        Number($"{item.At}.n_pairs", Count(item.Row.NPairs)), Number($"{item.At}.first_only", Count(item.Row.FirstOnly)), Number($"{item.At}.second_only", Count(item.Row.SecondOnly))] : Array.Empty<string>(),
                ])));
        }).ToArray();
        return tables.Length == 0 ? "" : $"{string.Concat(tables)}<p class=\"note\">{Escape(note)}</p>\n";

        static string Name(string quantity) => quantity switch { "auc" => "AUC", "ssim" => "SSIM", "psnr" => "PSNR", "nme" => "NME", "kid" => "KID", "identity_similarity" => "identity similarity", _ => Escape(quantity) };
    }

    private static string Verdict(ControlResult control) => control.Passed switch
    {
        true => "<span class=\"pass\">✓ holds</span>",
        false => "<span class=\"fail\">✗ fails</span>",
        null when control.Bound is null => "<span class=\"grey\">○ reported</span>",
        null => "<span class=\"fail\">? undefined</span>",
    };

    private static string Bits(double? distance) => Count(distance is { } bits ? (long)Math.Round(bits) : null);

    private static string Empty(string words) => $"<p class=\"note\">{Escape(words)}</p>\n";
}
