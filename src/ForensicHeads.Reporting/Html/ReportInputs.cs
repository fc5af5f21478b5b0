namespace ForensicHeads.Reporting.Html;

/// <summary>What a report holds besides its results.</summary>
public sealed record ReportInputs
{
    /// <summary>The page's title.</summary>
    public required string Title { get; init; }

    /// <summary>The command that reproduces the report.</summary>
    public required string Command { get; init; }

    /// <summary>Package versions, device, CPU: without times, so that the page is the same from run to run on one machine.</summary>
    public IReadOnlyList<ReportFact> Environment { get; init; } = [];

    /// <summary>SHA-256 of weights, stores, splits.</summary>
    public IReadOnlyList<ReportFact> Hashes { get; init; } = [];

    /// <summary>Tables that do not follow from the results: those of the scores (<see cref="ReportSections.Tables(HeadlineScores)"/>) and
    /// of trainings.</summary>
    public IReadOnlyList<FigureTable> Tables { get; init; } = [];

    /// <summary>What was trained for the experiment and what came trained, a sentence each.</summary>
    public IReadOnlyList<string> Training { get; init; } = [];

    /// <summary>Picture grids, the first one on the first screen.</summary>
    public IReadOnlyList<GridPicture> Grids { get; init; } = [];
}

/// <summary>A line of the environment or of the hashes. Nothing that changes from run to run, such as a time.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value.</param>
public sealed record ReportFact(string Name, string Value);

/// <summary>A picture grid on its way into a report.</summary>
/// <param name="Name">File name without ending, under figures/.</param>
/// <param name="Caption">What the grid shows.</param>
/// <param name="Png">The picture.</param>
public sealed record GridPicture(string Name, string Caption, ReadOnlyMemory<byte> Png);

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
