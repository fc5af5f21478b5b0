using System.Text;
using ForensicHeads.Reporting.Figures;
using ForensicHeads.Reporting.Results;
using static ForensicHeads.Reporting.Html.HtmlText;

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
    private static readonly string[] HeadlineKinds = ["auc-per-shot", "accuracy-per-shot"];

    internal static string Compose(ExperimentResults results, ReportManifest manifest, IReadOnlyList<FigureFile> figures, IReadOnlyList<GridPicture> grids)
    {
        var first = HeadlineKinds.Select(kind => figures.FirstOrDefault(figure => figure.Name.StartsWith(kind + ".", StringComparison.Ordinal))).OfType<FigureFile>().ToArray();
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>").Append(Escape(manifest.Title)).Append("</title>\n<style>\n").Append(ReportStyle.Css).Append("\n</style>\n</head>\n<body>\n<main>\n")
            .Append("<h1>").Append(Escape(manifest.Title)).Append("</h1>\n")
            .Append("<p class=\"answer\">").Append(Escape(results.Headline.Statement)).Append("</p>\n")
            .Append(Facts(results)).Append(Alerts(results))
            .Append(Gallery(first));
        FigureFile[] Kind(string[] kinds) => [.. figures.Where(figure => kinds.Contains(figure.Name.Split('.')[0]))];
        var placed = Kind([.. DetectorKinds, .. UserKinds, .. FamilyKinds, .. LadderKinds]);
        var ofAttackers = figures.Where(figure => figure.Name.StartsWith(AttackersKind + ".", StringComparison.Ordinal)).ToArray();
        foreach (var grid in grids.Where(grid => grid.Name != AttackersGrid)) page.Append(Section("Pictures", Grid(grid)));
        page.Append(Section("Controls", ReportTables.Controls(results)))
            .Append(Section("Aware and unaware detectors", ReportTables.Missed(results) + Gallery(Kind(DetectorKinds))))
            .Append(Section("Machine-USER", Gallery(Kind(UserKinds)) + WholeTables.MachineUser(results)))
            .Append(Section("Feature families alone", Gallery(Kind(FamilyKinds)) + WholeTables.Families(results)))
            .Append(Section("Robustness", Gallery(Kind(LadderKinds)) + WholeTables.Robustness(results) + WholeTables.Compression(results)))
            .Append(Section("Accuracy per shot count", WholeTables.Spread(results) + ReportTables.Accuracy(results) + ReportTables.Groups(results) + ReportTables.Terciles(results)))
            .Append(Section("Other attackers", string.Concat(grids.Where(grid => grid.Name == AttackersGrid).Select(Grid)) + Gallery(ofAttackers.Take(1)) + ReportTables.Attackers(results)))
            .Append(Section("Anchors", ReportTables.Anchors(results)))
            .Append(Section("Comparisons", ReportTables.Comparisons(results)))
            .Append(Section("Quality of the generated frames", ReportTables.Generation(results) + ReportTables.QualityComparisons(results) + ReportTables.Swap(results)))
            .Append(Section("Figures", Gallery(figures.Except(first).Except(placed).Except(ofAttackers.Take(1)))))
            .Append(Section("Limitations and scope", Bullets(results.Limitations) + (results.Detector is null ? "" : $"<p>Detector: {Escape(results.Detector)}</p>\n") + Split(results) + ReportTables.Validation(results) + WholeTables.StepCaps(results)))
            .Append(Section("Environment", Definitions(manifest.Environment) + (manifest.Hashes.Count == 0 ? "" : "<h3>SHA-256</h3>\n" + Definitions(manifest.Hashes))))
            .Append(Section("Reproduce", $"<pre>{Escape(manifest.Command)}</pre>\n<p class=\"note\">Every number stands in results.json; the table behind each figure lies beside it as CSV, the figure as SVG and PNG, under figures/.</p>\n"));
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Facts(ExperimentResults results)
    {
        var gates = results.Controls.Run().Where(control => control.Result.Bound is not null).ToArray();
        var held = gates.Count(control => control.Result.Passed == true);
        var counts = results.Counts;
        string[] facts =
        [
            $"condition {Escape(results.Headline.Condition)}",
            $"{Escape(results.Headline.Level)} level",
            .. results.Headline.Arm is { Length: > 0 } arm ? [$"arm {Escape(arm)}"] : Array.Empty<string>(),
            $"n = {Number("headline.n_identities", NumberText.Count(results.Headline.NIdentities))} test people",
            $"{Number("counts.n_videos", NumberText.Count(counts.NVideos))} videos",
            $"{Number("counts.n_real_frames", NumberText.Count(counts.NRealFrames))} real and {Number("counts.n_generated_frames", NumberText.Count(counts.NGeneratedFrames))} generated frames",
            $"not scorable: {Number("counts.real_failures", NumberText.Count(counts.RealFailures))} real, {Number("counts.generated_failures", NumberText.Count(counts.GeneratedFailures))} generated",
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
        return string.Concat(new[] { FewPeople.Warning(results) }.OfType<string>().Concat(results.Warnings).Concat(gaps).Select(words => $"<p class=\"alert\">{Escape(words)}</p>\n"));
    }

    private static string Gallery(IEnumerable<FigureFile> figures) => "<div class=\"figures\">\n" + string.Concat(figures.Select(figure =>
        Picture(figure.Title, figure.Caption, "image/svg+xml", Encoding.UTF8.GetBytes(figure.Svg), figure.Name, $" width=\"{figure.Width}\" height=\"{figure.Height}\""))) + "</div>\n";

    private static string Grid(GridPicture grid) => Picture("", grid.Caption, "image/png", grid.Png.Span, grid.Name, "");

    private static string Picture(string title, string caption, string type, ReadOnlySpan<byte> bytes, string name, string size) =>
        $"<figure id=\"{Escape(name)}\"><img alt=\"{Escape(title.Length > 0 ? title : caption)}\"{size} src=\"data:{type};base64,{Convert.ToBase64String(bytes)}\">"
        + $"<figcaption>{(title.Length > 0 ? $"<b>{Escape(title)}.</b> " : "")}{Escape(caption)}</figcaption></figure>\n";

    private static string Section(string title, string body) => $"<h2>{Escape(title)}</h2>\n{body}";

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
