using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Failures;

/// <summary>What generators and detectors of others did not give.</summary>
internal sealed class FailuresSection : IReportSection
{
    private static readonly string[] Columns = ["name", "person", "job", "frames missing", "why"];

    public string Title => "Failed jobs";

    public IEnumerable<TextTable> TextTables(ExperimentResults results, string condition, Level level) => results.Failures.Count == 0 ? []
        : [new("failures", "Jobs of generators and detectors of others that failed.", Columns, [.. results.Failures.Select(Cells)])];

    public string Html(SectionPage page) => page.Results.Failures.Count == 0 ? "" : Table(
        "failures", page.Results.Failures, Columns,
        (row, at) =>
        [
            Escape(row.Name), Escape(row.Identity), Escape(row.Job), Number($"{at}.frames", Count(row.Frames)), Escape(row.Reason),
        ])
        + Note("Programs of others that gave nothing, or nothing that can be used. A generator that fails on hard cases looks harder to "
            + "detect than it is, since the easy ones are left: read its curve with this table.");

    private static IReadOnlyList<string> Cells(FailureRow row) => [row.Name, row.Identity, row.Job, Count(row.Frames), row.Reason];
}
