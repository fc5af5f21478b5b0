using System.Globalization;
using System.Text;
using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Scores;

/// <summary>The page of a scoring run: one file, no network, light and dark, every name escaped.</summary>
public static class ScorePage
{
    private const string Css = """
        .answer::first-letter{text-transform:none}
        .timeline{width:100%;min-width:34rem;height:auto;display:block}.timeline text{font-size:12px;fill:var(--muted)}
        .timeline .grid{stroke:var(--line)}.timeline .zero{stroke:var(--muted);stroke-dasharray:4 4}.timeline .range{fill:var(--card)}
        .timeline .band{fill:var(--accent);opacity:.25;stroke:var(--accent);stroke-width:.5}
        .timeline .mean{fill:none;stroke:var(--accent);stroke-width:2}
        .frames{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,12rem),1fr));gap:1rem;margin:.8rem 0}
        .bar{display:inline-block;height:.7rem;border-radius:.2rem;vertical-align:middle;min-width:1px}
        .bar.up{background:#e66101}.bar.down{background:#0072b2}
        h2.file{overflow-wrap:anywhere}td.name{white-space:normal;overflow-wrap:anywhere;min-width:9rem}
        """;

    private static readonly string[] OfDetector =
    [
        "A score is the detector's logit for 'generated', frame by frame; it has no scale of its own. The line is the mean over a stretch "
        + "of time, the band its lowest and highest frame; the shaded field is the range of scores that the calibration has seen.",
        "log10 LR says how many times more probable such a score is among the generated videos of the calibration than among its real "
        + "ones: +1 is ten times. It is bounded by the number of people calibrated on, and within ±0.5 it counts as no evidence.",
        "It is not the probability that the file is generated: that depends on what else is known of it. It is no proof.",
        "In an explanation orange places speak for generated and blue ones for real: their score is lost when the place is covered. "
        + "Covering makes edges of its own, so read it as where the detector looks.",
    ];

    /// <summary>Composes the page. The same inputs give the same text.</summary>
    public static string Compose(ScorePageInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var title = inputs.Files.Count == 1 ? inputs.Files[0].Name
            : string.Create(CultureInfo.InvariantCulture, $"{inputs.Files.Count} files");
        var page = new StringBuilder(PageParts.Head("Scores: " + title, Css + "\n")).Append(PageParts.Heading("Scores of " + title));
        if (inputs.Worth is { } worth) page.Append(Alerts([worth]));
        if (inputs.Files.Count == 1) page.Append(PageParts.Answer(inputs.Files[0].Answer));
        else page.Append(Overview(inputs.Files));
        if (inputs.Note is not null) page.Append(Note(inputs.Note));
        page.Append(Note(inputs.Scope));
        for (var i = 0; i < inputs.Files.Count; i++) page.Append(File(inputs.Files[i], i, inputs.Files.Count == 1));
        return page.Append("<h2>How to read this</h2>\n<ul>").AppendJoin("", (inputs.Person is { } person ? OfPerson(person) : OfDetector)
            .Select(line => $"<li>{Escape(line)}</li>"))
            .Append("</ul>\n<h2>").Append(inputs.Person is null ? "Detector" : "Person").Append("</h2>\n")
            .Append(Definitions(inputs.Detector))
            .Append("<h2>Reproduce</h2>\n<pre>").Append(Escape(inputs.Command)).Append("</pre>\n").Append(PageParts.Foot).ToString();
    }

    private static string[] OfPerson(string name) =>
    [
        $"A score says how far a face is from the references of {name}, in deviations of the references among themselves: 0 is as alike as "
        + "they are to each other. The line is the mean over a stretch of time, the band its lowest and highest frame; the shaded field is "
        + "the range of scores that the calibration has seen.",
        $"log10 LR says how many times more probable such a score is of somebody else than of {name}, among the true clips of the "
        + "calibration: +1 is ten times. It is bounded by the number of people calibrated on, and within ±0.5 it counts as no evidence.",
        $"'Not consistent with {name}' is said of a look-alike or an impostor, too, and says nothing of how the file was made. It is no "
        + "proof.",
    ];

    private static string Overview(IReadOnlyList<ScoredFile> files) => Table(
        ["file", "verdict", "log10 LR", "score", "warnings"],
        files.Select((file, i) => new[]
        {
            FormattableString.Invariant($"<a href=\"#file-{i}\">{Escape(file.Name)}</a>"), Escape(file.Word), ProseDifference(file.Llr),
                ProseDifference(file.Score),
                Escape(file.Warnings.Count == 0 ? "" : file.Warnings.Count.ToString(CultureInfo.InvariantCulture)),
        }));

    private static string File(ScoredFile file, int index, bool alone)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<h2 class=\"file\" id=\"file-{index}\">{Escape(file.Name)}</h2>\n");
        if (!alone) text.Append(PageParts.Answer(file.Answer));
        text.AppendJoin("", file.Warnings.Select(PageParts.Alert));
        foreach (var track in file.Tracks)
        {
            text.Append("<h3>").Append(Escape(track.Title)).Append("</h3>\n<p>").Append(Escape(track.Answer)).Append("</p>\n");
            if (ScoreTimeline.Svg(track) is { Length: > 0 } timeline) text.Append("<div class=\"scroll\" tabindex=\"0\">").Append(timeline)
                .Append("</div>\n");
            if (track.Pictures.Count > 0) text.Append("<div class=\"frames\">\n").AppendJoin("", track.Pictures.Select(Picture))
                .Append("</div>\n");
            if (track.Families.Count > 0) text.Append(Families(track.Families));
        }

        return text.Append("<h3>File</h3>\n").Append(Definitions(file.Facts)).ToString();
    }

    private static string Picture(ScoredPicture picture) =>
        $"<figure><img alt=\"{Escape(picture.Caption)}\" src=\"data:image/png;base64,{Convert.ToBase64String(picture.Png.Span)}\">"
            + $"<figcaption>{Escape(picture.Caption)}</figcaption></figure>\n";

    private static string Families(IReadOnlyList<(string Family, double Shift)> families)
    {
        var most = Math.Max(1e-9, families.Max(family => Math.Abs(family.Shift)));
        return "<h4>What moved the score</h4>\n" + Table(
            ["family", "logits", "towards"],
            families.Select(family => new[]
            {
                Escape(family.Family),
                ProseDifference(family.Shift),
                string.Create(CultureInfo.InvariantCulture,
                    $"<span class=\"bar {(family.Shift > 0 ? "up" : "down")}\" "
                    + $"style=\"width:{10 * Math.Abs(family.Shift) / most:0.##}rem\"></span> "
                    + $"{(family.Shift > 0 ? Label.Generated : Label.Real).Text()}"),
            }));
    }
}
