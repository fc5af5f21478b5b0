using ForensicHeads.Generator.Catalogue;
using ForensicHeads.Detector.Catalogue;
using ForensicHeads.Datasets;
using ForensicHeads.Reporting.Results;
using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Html.ReportTables;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Html;

/// <summary>The tables of what surrounds the curve: machine-USER, families, ladder, bits and spread.</summary>
internal static class WholeTables
{
    internal static string Errors(ExperimentResults results) => results.WorstErrors.Count == 0 ? "" : Table(
        ["error", "rank", "person", "frame", "mode", "T", "condition", "score (logit over the threshold)"],
        results.WorstErrors.Select((row, i) =>
        {
            var at = $"worst_errors[{i}]";
            return (IEnumerable<string>)
            [
                row.Kind == ErrorRow.FalseAlarm ? "true frame, called generated" : "fake, called real", Number($"{at}.rank", Count(row.Rank)), Escape(row.Identity), Escape(row.Key), Escape(row.Mode?.ToString() ?? Undefined),
                Number($"{at}.shots", Count(row.Shots)), Escape(row.Condition), Number($"{at}.score", Difference(row.Score)),
            ];
        })) + Note("Of each person the frame that the aware detector errs on most, at most six people a kind. Fewer rows mean fewer people with any error. The pictures show the frames before the condition was applied.");

    internal static string MachineUser(ExperimentResults results) => Human(results) + Machine(results);

    private static string Human(ExperimentResults results) => results.HumanUser.Count == 0 ? "" : "<h3>People</h3>\n" + Table(
        ["mode", "T", "raters", "triplets", "picked the generated one [95 %]"],
        results.HumanUser.Select((row, i) =>
        {
            var at = $"human_user[{i}]";
            return (IEnumerable<string>)
            [
                Escape(row.Mode.ToString()), Number($"{at}.shots", Count(row.Shots)), Number($"{at}.n_raters", Count(row.NRaters)), Number($"{at}.n_triplets", Count(row.NTriplets)),
                Interval(at, "accuracy", "ci_low", "ci_high", (row.Accuracy, row.CiLow, row.CiHigh), Rate),
            ];
        })) + Note("The same task, put to human raters. Intervals: Korn and Graubard over raters.") + "<h3>Detectors</h3>\n";

    private static string Machine(ExperimentResults results) => results.MachineUser.Count == 0 ? Note("No person has a second real sequence.") : Shown(
        ["condition", "level", "detector", "mode", "arm", "T", "people", "triplets", "picked the generated one [95 %]", "chance"],
        results.MachineUser.Select((row, i) =>
        {
            var at = $"machine_user[{i}]";
            return (row.Level == Level.Video && (row.Condition == results.Headline.Condition || row.Condition == "clean"), (IEnumerable<string>)
            [
                Escape(row.Condition), Escape(row.Level.Text()), Escape(row.Detector), Escape(row.Mode.ToString()), Escape(Arm(row.Arm)), Number($"{at}.shots", Count(row.Shots)), Number($"{at}.n_identities", Count(row.NIdentities)),
                Number($"{at}.n_triplets", Count(row.NTriplets)), Interval(at, "accuracy", "ci_low", "ci_high", (row.Accuracy, row.CiLow, row.CiHigh), Rate), Number($"{at}.chance", Rate(row.Chance)),
            ]);
        })) + Note("Three sequences (video level) or pictures (frame level) of one person: the true driver frames, a second true sequence from another video where there is one, and the generated one. Equal scores are decided by a seeded coin. Intervals: Korn and Graubard over people.");

    internal static string Families(ExperimentResults results) => results.Families.Count == 0 ? Note("There is one family, or none was tried alone.") : Shown(
        ["condition", "level", "family", "columns", "mode", "arm", "T", "people", "AUC [95 %]"],
        results.Families.Select((row, i) =>
        {
            var at = $"families[{i}]";
            return (row.Condition == results.Headline.Condition && (Generators.Of(row.Mode) is Reconstruction || (row.Mode == Method.Ft && row.Arm == results.Headline.Arm)), (IEnumerable<string>)
            [
                Escape(row.Condition), Escape(row.Level.Text()), Escape(row.Family), Number($"{at}.n_columns", Count(row.NColumns)), Escape(row.Mode.ToString()), Escape(Arm(row.Arm)), Number($"{at}.shots", Count(row.Shots)),
                Number($"{at}.n_identities", Count(row.NIdentities)), Interval(at, "auc", "ci_low", "ci_high", (row.Auc, row.CiLow, row.CiHigh), Rate),
            ]);
        }));

    internal static string Robustness(ExperimentResults results) => results.Robustness.Count == 0 ? Note("The ladder was not run.") : Shown(
        ["detector", "step", "applied to", "level", "mode", "arm", "people", "AUC [95 %]", "TPR", "TNR", "PSNR of real (dB)", "PSNR of generated (dB)"],
        results.Robustness.Select((row, i) =>
        {
            var at = $"robustness[{i}]";
            return (row.Detector == Detectors.Aware && row.Mode == Method.Ft && row.Arm == results.Headline.Arm && row.AppliedTo is RobustnessRow.None or RobustnessRow.Both, (IEnumerable<string>)
            [
                Escape(row.Detector), Escape(row.Step), Escape(row.AppliedTo), Escape(row.Level.Text()), Escape(row.Mode.ToString()), Escape(Arm(row.Arm)), Number($"{at}.n_identities", Count(row.NIdentities)),
                Interval(at, "auc", "ci_low", "ci_high", (row.Auc, row.CiLow, row.CiHigh), Rate), Number($"{at}.tpr", Rate(row.Tpr)), Number($"{at}.tnr", Rate(row.Tnr)),
                Number($"{at}.psnr_real", Decibels(row.PsnrReal)), Number($"{at}.psnr_generated", Decibels(row.PsnrGenerated)),
            ]);
        })) + Note("Detectors trained on clean frames, or on augmented ones where named so, at thresholds fixed on such; all shot counts together. Applied to one class alone, a step shows what the detector takes it for: a lower TNR under a step on real frames alone is a false alarm about an honest picture.");

    internal static string Compression(ExperimentResults results) => results.Compression.Count == 0 ? "" : "<h3>Achieved bits per class</h3>\n" + Table(
        ["condition", "class", "mode", "sequences", "frames", "bits per frame", "bits per pixel"],
        results.Compression.Select((row, i) =>
        {
            var at = $"compression[{i}]";
            return (IEnumerable<string>)
            [
                Escape(row.Condition), Escape(row.Label.Text()), Escape(row.Mode?.ToString() ?? "all"), Number($"{at}.n_sequences", Count(row.NSequences)), Number($"{at}.n_frames", Count(row.NFrames)),
                Number($"{at}.bits_per_frame", Decibels(row.BitsPerFrame)), Number($"{at}.bits_per_pixel", Rate(row.BitsPerPixel)),
            ];
        })) + Note("The same x264 arguments for sequences of the same length; where one class takes fewer bits, it holds less detail or less noise. Generated, all: ff and ft.");

    internal static string StepCaps(ExperimentResults results) => results.StepCaps.Count == 0 ? "" : "<h3>Step caps of fine-tuning</h3>\n" + Table(
        ["fold", "generator", "cap", "SSIM on validation people", "chosen"],
        results.StepCaps.Select((row, i) =>
        {
            var at = $"step_caps[{i}]";
            return (IEnumerable<string>)[Escape(row.Fold), Escape(row.Weights), Number($"{at}.cap", Count(row.Cap)), Number($"{at}.ssim", Rate(row.Ssim)), row.Chosen ? "yes" : ""];
        })) + Note("One cap for every shot count, by the mean over validation people, shot counts and arms.");

    internal static string Spread(ExperimentResults results) => results.Spread.Count == 0 ? "" : "<h3>Spread between detector seeds and between generators</h3>\n" + Table(
        ["over", "condition", "level", "detector", "mode", "arm", "T", "n", "mean AUC", "standard deviation", "lowest", "highest"],
        results.Spread.Select((row, i) =>
        {
            var at = $"spread[{i}]";
            return (IEnumerable<string>)
            [
                Escape(row.Over.Replace('_', ' ')), Escape(row.Condition), Escape(row.Level.Text()), Escape(row.Detector), Escape(row.Mode.ToString()), Escape(Arm(row.Arm)), Number($"{at}.shots", Count(row.Shots)), Number($"{at}.n", Count(row.N)),
                Number($"{at}.mean", Rate(row.Mean)), Number($"{at}.deviation", Rate(row.Deviation)), Number($"{at}.lowest", Rate(row.Lowest)), Number($"{at}.highest", Rate(row.Highest)),
            ];
        })) + Note("Of the same true frames. The intervals below are over people, given this detector seed and these generators; this spread comes on top of them.");

    // What the figures beside it show stays open, the rest is a click away.
    internal static string Shown(IReadOnlyList<string> headers, IEnumerable<(bool Open, IEnumerable<string> Cells)> rows)
    {
        var all = rows.ToArray();
        var (open, folded) = (all.Where(row => row.Open).ToArray(), all.Where(row => !row.Open).ToArray());
        return (open.Length == 0 ? "" : Table(headers, open.Select(row => row.Cells)))
            + (folded.Length == 0 ? "" : $"<details><summary>{Escape(Count(folded.Length, "more row", "more rows"))}</summary>\n{Table(headers, folded.Select(row => row.Cells))}</details>\n");
    }

    private static string Note(string words) => $"<p class=\"note\">{Escape(words)}</p>\n";
}
