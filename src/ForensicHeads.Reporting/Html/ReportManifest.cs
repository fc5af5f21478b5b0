namespace ForensicHeads.Reporting.Html;

/// <summary>report.json: what <c>report DIR</c> needs besides results.json and the files under figures/.</summary>
internal sealed record ReportManifest
{
    public required string Title { get; init; }

    public required string Command { get; init; }

    public IReadOnlyList<ReportFact> Environment { get; init; } = [];

    public IReadOnlyList<ReportFact> Hashes { get; init; } = [];

    public IReadOnlyList<string> Training { get; init; } = [];

    public IReadOnlyList<string> Tables { get; init; } = [];

    public IReadOnlyList<GridEntry> Grids { get; init; } = [];

    internal sealed record GridEntry(string Name, string Caption);
}
