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

/// <summary>Something that a generator or detector of others was asked for and did not give; it counts as its failure and is missing in no
/// other row in silence.</summary>
public sealed record FailureRow
{
    /// <summary>The generator or detector.</summary>
    public required string Name { get; init; }

    /// <summary>The person; empty where the job was about many.</summary>
    public string Identity { get; init; } = "";

    /// <summary>What was asked for: shot count and draw, or condition.</summary>
    public required string Job { get; init; }

    /// <summary>One line for each plug-in that failed, for those who do not scroll.</summary>
    public static IEnumerable<string> Warnings(IReadOnlyList<FailureRow> rows) => rows.GroupBy(row => row.Name, StringComparer.Ordinal)
        .Select(group => FormattableString.Invariant(
            $"{group.Key} failed in {group.Count()} jobs, which are missing from its numbers. The first: {group.First().Reason}."));

    /// <summary>How many frames are missing.</summary>
    public int Frames { get; init; }

    /// <summary>Why, in a line.</summary>
    public required string Reason { get; init; }
}
