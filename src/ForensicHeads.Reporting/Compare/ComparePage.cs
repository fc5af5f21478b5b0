using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Compare;

/// <summary>compare.html: several experiments on one page, no network.</summary>
internal static class ComparePage
{
    internal static string Compose(RunComparison comparison, IReadOnlyList<FigureFile> figures, string command)
    {
        string Gallery(Func<FigureFile, bool> chosen) => PageParts.Gallery(figures.Where(chosen));
        return PageParts.Head($"{Count(comparison.Runs.Count, "experiment", "experiments")} side by side")
            + PageParts.Heading(string.Join(" · ", comparison.Runs.Select(run => run.Name))) + PageParts.Answer(Answer(comparison))
            + string.Concat(comparison.Notes.Select(PageParts.Alert))
            + Gallery(figure => figure.Name == "runs-per-shot.headline")
            + PageParts.Section("Experiments", Runs(comparison))
            + PageParts.Section("Paired differences", comparison.Differences.Count == 0 ? Note("No two experiments share people.")
                : Gallery(figure => figure.Kind == "run-differences") + Differences(comparison))
            + PageParts.Section("Curves", Gallery(figure => figure.Kind == "runs-per-shot" && figure.Name != "runs-per-shot.headline")
                + Points(comparison))
            + (comparison.Quality.Count == 0 ? "" : PageParts.Section("Quality of the generated frames", Quality(comparison)
                + QualityDifferences(comparison)))
            + PageParts.Section("Reproduce", PageParts.Command(command,
                "Every number stands in compare.json; the tables as Markdown and LaTeX under tables/."))
            + PageParts.Foot;
    }

    private static string Answer(RunComparison comparison)
    {
        var clear = comparison.Differences.Where(row => row.PHolm < 0.05).ToArray();
        var pairs = comparison.Differences.Select(row => (row.First, row.Second)).Distinct().Count();
        if (pairs == 0) return "these experiments share no people, so their curves stand side by side and no difference is tested.";
        var people = comparison.Differences.Min(row => row.NIdentities);
        return $"of {Count(comparison.Differences.Count, "paired difference", "paired differences")} of AUC (frame level, n = {people} "
            + "or more shared people), "
            + $"{Count(clear.Length)} remain at the 5 % level after Holm within {(pairs == 1 ? "the pair" : "each pair")} of experiments.";
    }

    private static string Runs(RunComparison comparison) => Table(
        "runs", comparison.Runs, ["name", "its own first sentences", "people", "videos", "generators", "detector seeds", "gates held",
            "T*"],
        (run, at) =>
        [
            $"<b>{Escape(run.Name)}</b><br><small>{Escape(run.Title)}</small>",
            $"<div class=\"wrap\">{Escape(run.Headline.Statement)}</div>",
            Number($"{at}.n_identities", Count(run.NIdentities)), Number($"{at}.n_videos", Count(run.NVideos)),
            Number($"{at}.n_generators", Count(run.NGenerators)), Number($"{at}.n_detector_seeds", Count(run.NDetectorSeeds)),
            $"<span class=\"{(run.NGatesHeld == run.NGates && run.NGates > 0 ? "pass" : "fail")}\">"
                + $"{Number($"{at}.n_gates_held", Count(run.NGatesHeld))} of {Number($"{at}.n_gates", Count(run.NGates))}</span>",
            Escape(run.MissedFrom ?? Undefined),
        ])
        + HtmlNote("T*: the smallest T whose upper AUC limit is under 0.75, artefact detector, fine-tuned heads, each in its headline's "
        + "condition.");

    private static string Differences(RunComparison comparison) => Table(
        "differences", comparison.Differences,
        ["first", "second", "detector", "condition", "mode", "arm", "T", "people", "AUC difference [95 %]", "p (sign-flip)", "p (Holm)"],
        (row, at) =>
        [
            Escape(row.First), Escape(row.Second), Escape(row.Detector), Escape(row.Condition), Escape(row.Mode.ToString()), Arm(row.Arm),
            Number($"{at}.shots", Count(row.Shots)), Number($"{at}.n_identities", Count(row.NIdentities)),
            Interval(at, "difference", "ci_low", "ci_high", (row.Difference, row.CiLow, row.CiHigh), Difference),
            Number($"{at}.p", P(row.P)), Number($"{at}.p_holm", P(row.PHolm)),
        ])
        + Note("First minus second at frame level on the people whom both tested on the same true frames; "
            + "jackknife over people leaving the same person out of both. Holm over all rows of a pair of experiments.");

    private static string Points(RunComparison comparison) => Table(
        "points", comparison.Points,
        ["experiment", "condition", "level", "detector", "mode", "arm", "T", "people", "AUC [95 %]", "accuracy [95 %]", "TPR", "TNR", "EER",
            "Cllr"],
        (point, path) =>
        {
            var (at, row) = ($"{path}.row", point.Row);
            return
            [
                Escape(point.Run), Escape(row.Condition), Escape(row.Level.Text()), Escape(row.Detector), Escape(row.Mode.ToString()),
                    Arm(row.Arm),
                Number($"{at}.shots", Count(row.Shots)), Number($"{at}.n_identities", Count(row.NIdentities)),
                Interval(at, "auc", "auc_ci_low", "auc_ci_high", (row.Auc, row.AucCiLow, row.AucCiHigh), Rate),
                Interval(at, "accuracy", "ci_low", "ci_high", (row.Accuracy, row.CiLow, row.CiHigh), Rate),
                Number($"{at}.tpr", Rate(row.Tpr)), Number($"{at}.tnr", Rate(row.Tnr)), Number($"{at}.eer", Rate(row.Eer)),
                    Number($"{at}.cllr", Rate(row.Cllr)),
            ];
        });

    private static string Quality(RunComparison comparison) => Table(
        "quality", comparison.Quality,
        ["experiment", "mode", "arm", "T", "people", "SSIM [95 %]", "identity similarity [95 %]", "top-1 retrieval [95 %]",
            "NME, failures at the worst [95 %]", "KID [95 %]", "Fréchet distance [95 %]"],
        (item, path) =>
        {
            var (at, row) = ($"{path}.row", item.Row);
            string Cell(string name, double? value, double? low, double? high) =>
                Interval(at, name, $"{name}_ci_low", $"{name}_ci_high", (value, low, high), Fine);
            return
            [
                Escape(item.Run), Escape(row.Mode.ToString()), Arm(row.Arm), Number($"{at}.shots", Count(row.Shots)),
                Number($"{at}.n_identities", Count(row.NIdentities)),
                Cell("ssim", row.Ssim, row.SsimCiLow, row.SsimCiHigh),
                Cell("identity_similarity", row.IdentitySimilarity, row.IdentitySimilarityCiLow, row.IdentitySimilarityCiHigh),
                Cell("retrieval_top1", row.RetrievalTop1, row.RetrievalTop1CiLow, row.RetrievalTop1CiHigh),
                Cell("nme_worst", row.NmeWorst, row.NmeWorstCiLow, row.NmeWorstCiHigh), Cell("kid", row.Kid, row.KidCiLow, row.KidCiHigh),
                Cell("fid", row.Fid, row.FidCiLow, row.FidCiHigh),
            ];
        })
        + Note("Comparable only where judge, landmark finder and feature network are the same; each report names its own.");

    private static string QualityDifferences(RunComparison comparison) => comparison.QualityDifferences.Count == 0 ? "" : Table(
        "quality_differences", comparison.QualityDifferences,
        ["first", "second", "mode", "arm", "T", "people", "quality", "difference [95 %]", "p (sign-flip)", "p (Holm)", "better"],
        (row, at) =>
        [
            Escape(row.First), Escape(row.Second), Escape(row.Mode.ToString()), Arm(row.Arm), Number($"{at}.shots", Count(row.Shots)),
            Number($"{at}.n_identities", Count(row.NIdentities)), ComparisonsSection.Name(row.Quantity),
            Interval(at, "difference", "ci_low", "ci_high", (row.Difference, row.CiLow, row.CiHigh), FineDifference),
            Number($"{at}.p", P(row.P)), Number($"{at}.p_holm", P(row.PHolm)), Escape(row.Better ?? Undefined),
        ])
        + Note("First minus second, paired over the people whom both tested on the same true frames; for KID and the Fréchet distance a "
            + "jackknife leaves the same person out of both. Better: the one whose side the whole interval is on. Holm over all rows of a "
            + "pair of experiments.");
}
