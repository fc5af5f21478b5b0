using ForensicHeads.Reporting.Figures;

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

    /// <summary>Tables that do not follow from the results: <see cref="ScoreTables"/>, <see cref="TrainingTable"/>.</summary>
    public IReadOnlyList<FigureTable> Tables { get; init; } = [];

    /// <summary>What was trained for the experiment and what came trained, a sentence each.</summary>
    public IReadOnlyList<string> Training { get; init; } = [];

    /// <summary>Picture grids, the first one on the first screen.</summary>
    public IReadOnlyList<GridPicture> Grids { get; init; } = [];
}
