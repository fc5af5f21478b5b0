using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Compression;

/// <summary>What video codecs spent on each class.</summary>
internal sealed class CompressionSection : IReportSection
{
    public string Title => RobustnessSection.Heading;

    public string Html(SectionPage page) => page.Results.Compression.Count == 0 ? "" : "<h3>Achieved bits per class</h3>\n" + Table(
        "compression", page.Results.Compression, ["condition", "class", "mode", "sequences", "frames", "bits per frame", "bits per pixel"],
        (row, at) =>
        [
            Escape(row.Condition), Escape(row.Label.Text()), Escape(row.Mode?.ToString() ?? "all"),
                Number($"{at}.n_sequences", Count(row.NSequences)),
            Number($"{at}.n_frames", Count(row.NFrames)),
            Number($"{at}.bits_per_frame", Decibels(row.BitsPerFrame)), Number($"{at}.bits_per_pixel", Rate(row.BitsPerPixel)),
        ]) + Note("The same x264 arguments for sequences of the same length; where one class takes fewer bits, it holds less detail or "
            + "less noise. Generated, all: ff and ft.");
}

/// <summary>What a video codec spent on one kind of frames: equal arguments do not mean equal bits.</summary>
/// <param name="Condition">The condition or step of the ladder, <c>h264-crf23</c> …</param>
/// <param name="Label">The class: <c>real</c> or <c>generated</c>.</param>
/// <param name="Mode"><c>ff</c>, <c>ft</c>, an anchor or an attacker; null for the whole class (generated: ff and ft).</param>
/// <param name="NSequences">Sequences of test people.</param>
/// <param name="NFrames">Their frames.</param>
/// <param name="BitsPerFrame">Mean bits a frame, without container.</param>
/// <param name="BitsPerPixel">The same over the frame's pixels.</param>
public sealed record CompressionRow(string Condition, Label Label, Method? Mode, int NSequences, int NFrames, double BitsPerFrame,
    double BitsPerPixel);
