using ForensicHeads.Datasets;
using System.Text;
using ForensicHeads.Reporting.Figures;
using ForensicHeads.Reporting.Results;
using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Html.PageParts;

namespace ForensicHeads.Reporting.Html;

/// <summary>report.html: one file, no network, the answer first.</summary>
internal static class ReportPage
{
    private const string AttackersKind = "attackers-per-shot";
    private const string AttackersGrid = "attackers";

    private static readonly string[] DetectorKinds = ["detectors-per-shot"];
    private static readonly string[] UserKinds = ["machine-user-per-shot"];
    private static readonly string[] FamilyKinds = ["families"];
    private static readonly string[] LadderKinds = ["robustness"];
    private static readonly string[] DifferenceKinds = ["differences"];
    private static readonly string[] TercileKinds = ["terciles"];
    private static readonly string[] CurveKinds = ["roc", "det", "score-histogram"];
    private static readonly string[] CalibrationKinds = ["reliability", "tippett", "cross-entropy"];
    private static readonly string[] QualityKinds = ["ssim-per-shot", "psnr-per-shot", "identity-per-shot", "retrieval-per-shot", "nme-per-shot", "kid-per-shot", "fid-per-shot"];
    private static readonly string[] TrainingKinds = ["training"];
    private static readonly string[] HeadlineKinds = ["auc-per-shot", "accuracy-per-shot"];

    internal static string Compose(ExperimentResults results, ReportManifest manifest, IReadOnlyList<FigureFile> figures, IReadOnlyList<GridPicture> grids)
    {
        var first = HeadlineKinds.Select(kind => figures.FirstOrDefault(figure => figure.Name.StartsWith(kind + ".", StringComparison.Ordinal))).OfType<FigureFile>().ToArray();
        var page = new StringBuilder();
        page.Append(PageParts.Head(manifest.Title))
            .Append("<h1>").Append(Escape(manifest.Title)).Append("</h1>\n")
            .Append(Answer(results.Headline.Statement))
            .Append(Facts(results)).Append(Alerts(results))
            .Append(Gallery(first));
        FigureFile[] Kind(string[] kinds) => [.. figures.Where(figure => kinds.Contains(figure.Name.Split('.')[0]))];
        var placed = Kind([.. DetectorKinds, .. UserKinds, .. FamilyKinds, .. LadderKinds, .. DifferenceKinds, .. TercileKinds, .. CurveKinds, .. CalibrationKinds, .. QualityKinds, .. TrainingKinds]);
        var ofAttackers = figures.Where(figure => figure.Name.StartsWith(AttackersKind + ".", StringComparison.Ordinal)).ToArray();
        string Grids(string name) => string.Concat(grids.Where(grid => grid.Name == name).Select(Grid));
        (string Title, string Body)[] sections =
        [
            ("Pictures", string.Concat(grids.Where(grid => grid.Name is not (AttackersGrid or ReportWriter.ErrorsGrid)).Select(Grid))),
            ("Controls", ReportTables.Controls(results)),
            ("Accuracy per shot count", WholeTables.Spread(results) + ReportTables.Accuracy(results) + ReportTables.Groups(results) + Gallery(Kind(TercileKinds)) + ReportTables.Terciles(results)),
            ("Comparisons", Gallery(Kind(DifferenceKinds)) + ReportTables.Comparisons(results)),
            ("Anchors", ReportTables.Anchors(results)),
            ("Aware and unaware detectors", ReportTables.Missed(results) + Gallery(Kind(DetectorKinds))),
            ("Worst errors", results.WorstErrors.Count == 0 ? "" : Grids(ReportWriter.ErrorsGrid) + WholeTables.Errors(results)),
            ("Curves and scores", Gallery(Kind(CurveKinds))),
            ("Calibration", Mute(Kind(CalibrationKinds), results.Headline.Condition) + Gallery(Kind(CalibrationKinds))),
            ("Machine-USER", Gallery(Kind(UserKinds)) + WholeTables.MachineUser(results)),
            ("Feature families alone", Gallery(Kind(FamilyKinds)) + WholeTables.Families(results)),
            ("Robustness", Gallery(Kind(LadderKinds)) + WholeTables.Robustness(results) + WholeTables.Compression(results)),
            ("Other attackers", Grids(AttackersGrid) + Gallery(ofAttackers.Take(1)) + ReportTables.Attackers(results)),
            ("Quality of the generated frames", Gallery(Kind(QualityKinds)) + ReportTables.Generation(results) + ReportTables.QualityComparisons(results) + ReportTables.Swap(results)),
            ("Figures", Gallery(figures.Except(first).Except(placed).Except(ofAttackers.Take(1)))),
            ("Training", Bullets(manifest.Training) + Gallery(Kind(TrainingKinds))),
            ("Limitations and scope", Bullets(results.Limitations) + (results.Detector is null ? "" : $"<p>Detector: {Escape(results.Detector)}</p>\n") + Split(results) + ReportTables.Validation(results) + WholeTables.StepCaps(results)),
            ("Environment", Definitions(manifest.Environment) + (manifest.Hashes.Count == 0 ? "" : "<h3>SHA-256</h3>\n" + Definitions(manifest.Hashes))),
            ("Reproduce", $"<pre>{Escape(manifest.Command)}</pre>\n<p class=\"note\">Every number stands in results.json; the table behind each figure lies beside it as CSV, the figure as SVG and PNG, under figures/.</p>\n"),
        ];
        var shown = sections.Where(section => section.Body.Length > 0).ToArray();
        page.Append("<nav aria-label=\"Sections\">").AppendJoin(" ", shown.Select(section => $"<a href=\"#{Anchor(section.Title)}\">{Escape(section.Title)}</a>")).Append("</nav>\n");
        foreach (var (title, body) in shown) page.Append(Section(title, body));
        return page.Append(PageParts.Foot).ToString();
    }

    // The first sentence is the answer; its numbers follow in smaller type.
    private static string Answer(string statement)
    {
        var end = statement.IndexOf(". ", StringComparison.Ordinal);
        var (first, rest) = end < 0 ? (statement, "") : (statement[..(end + 1)], statement[(end + 2)..]);
        return $"<p class=\"answer\">{Escape(first)}</p>\n{(rest.Length == 0 ? "" : $"<p class=\"more\">{Escape(rest).Replace(" = ", "&nbsp;=&nbsp;", StringComparison.Ordinal)}</p>\n")}";
    }

    // ScoreTables takes another condition's videos where the headline's have no likelihood ratio but 1.
    private static string Mute(FigureFile[] calibration, string condition)
    {
        var slug = ResultTables.Slug(condition);
        return calibration.Length == 0 || calibration.Any(figure => figure.Name.Split('.', 2)[^1] is var variant && (variant == slug || variant.StartsWith(slug + "-", StringComparison.Ordinal))) ? ""
            : $"<p class=\"note\">In condition {Escape(condition)} every stated likelihood ratio is 1, which says nothing. These figures are of the first condition in which the calibrator does say something; what it was in each stands under Limitations and scope.</p>\n";
    }

    private static string Facts(ExperimentResults results)
    {
        var gates = results.Controls.Run().Where(control => control.Result.Bound is not null).ToArray();
        var held = gates.Count(control => control.Result.Passed == true);
        var counts = results.Counts;
        string[] facts =
        [
            $"condition {Escape(results.Headline.Condition)}",
            $"{Escape(results.Headline.Level.Text())} level",
            .. results.Headline.Arm is { } arm ? [$"arm {Escape(arm.Text())}"] : Array.Empty<string>(),
            $"n = {Number("headline.n_identities", NumberText.Count(results.Headline.NIdentities))} test people",
            $"{Number("counts.n_videos", NumberText.Count(counts.NVideos))} videos",
            $"{Number("counts.n_real_frames", NumberText.Count(counts.NRealFrames))} real and {Number("counts.n_generated_frames", NumberText.Count(counts.NGeneratedFrames))} generated frames",
            .. counts.RealFailures is null ? [] : new[] { $"no face found in: {Number("counts.real_failures", NumberText.Count(counts.RealFailures))} real, {Number("counts.generated_failures", NumberText.Count(counts.GeneratedFailures))} generated frames" },
            $"n = {Number("headline.n_generators", NumberText.Count(results.Headline.NGenerators))} {(results.Headline.NGenerators == 1 ? "generator" : "generators")}",
            $"{Number("counts.n_detector_seeds", NumberText.Count(counts.NDetectorSeeds))} detector {(counts.NDetectorSeeds == 1 ? "seed" : "seeds")}",
            $"<span class=\"{(held == gates.Length && held > 0 ? "pass" : "fail")}\">controls: {held} of {gates.Length} hold</span>",
        ];
        return $"<ul class=\"facts\">{string.Concat(facts.Select(fact => $"<li>{fact}</li>"))}</ul>\n";
    }

    private static string Alerts(ExperimentResults results)
    {
        var gaps = results.Groups.Where(group => group.Tnr is not null).GroupBy(group => group.Attribute)
            .Select(group => (group.Key, Low: group.MinBy(row => row.Tnr)!, High: group.MaxBy(row => row.Tnr)!))
            .Where(gap => gap.High.Tnr - gap.Low.Tnr > GroupRow.NotableGap)
            .Select(gap => $"False alarms are uneven by {gap.Key}: TNR {NumberText.Rate(gap.Low.Tnr)} for {gap.Low.Value} (n = {gap.Low.NIdentities}), {NumberText.Rate(gap.High.Tnr)} for {gap.High.Value} (n = {gap.High.NIdentities}).");
        var words = new[] { FewPeople.Warning(results) }.OfType<string>().Concat(results.Warnings).Concat(gaps).ToArray();
        return words.Length == 0 ? "" : $"<ul class=\"alert\">{string.Concat(words.Select(line => $"<li>{Escape(line)}</li>\n"))}</ul>\n";
    }

    private static string Bullets(IReadOnlyList<string> items) => items.Count == 0 ? "" : $"<ul>{string.Concat(items.Select(item => $"<li>{Escape(item)}</li>"))}</ul>\n";

    private static string Definitions(IReadOnlyList<ReportFact> facts) => facts.Count == 0 ? "<p class=\"note\">Not recorded.</p>\n"
        : $"<dl>{string.Concat(facts.Select(fact => $"<dt>{Escape(fact.Name)}</dt><dd>{Escape(fact.Value)}</dd>"))}</dl>\n";

    private static string Split(ExperimentResults results)
    {
        var split = results.Split;
        return $"<p>People per role: generator {Number("split.generator", NumberText.Count(split.Generator))}, train {Number("split.train", NumberText.Count(split.Train))}, "
            + $"validation {Number("split.validation", NumberText.Count(split.Validation))}, calibration {Number("split.calibration", NumberText.Count(split.Calibration))}, "
            + $"test {Number("split.test", NumberText.Count(split.Test))}{(split.GeneratorEqualsTrain ? "; generator and detector learnt from the same people" : "")}. "
            + $"Seeds: {Escape(string.Join(", ", results.Seeds.Select(seed => FormattableString.Invariant($"{seed}"))))}.</p>\n";
    }
}
