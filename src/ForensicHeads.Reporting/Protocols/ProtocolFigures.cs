namespace ForensicHeads.Reporting.Protocols;

/// <summary>The tables behind the figures of a protocol.</summary>
internal static class ProtocolFigures
{
    /// <summary>Every figure that a protocol can have; each is a table's name, too.</summary>
    public static IReadOnlyList<Figure> Figures { get; } =
    [
        new DotFigure("unseen-generators", "Each generator by detectors that never saw it",
            "AUC of a generator's clips against the real people, in rounds that left out the generator and the person.", 560,
                intervals: "over the people it shows and the real people"),
        new DotFigure("unseen-scorers", "Macro mean over what was never seen",
            "Mean AUC over the generators (or collections) with enough clips, of the detector and of each baseline on the same "
            + "rounds.", 480,
                intervals: "over what was left out and real people"),
        new DotFigure("unseen-margins", "The detector minus each baseline",
            "Difference of the macro means, paired by what was left out and by real person: above 0, the detector is the better one. "
            + "The margin "
                + "over the best baseline is the one that counts.",
            440, _ => new Sides("baseline better", "detector better"), "over what was left out and real people"),
        new DotFigure("cross-slices", "Trained on one, tested on another",
            "AUC of clips of people never trained on; one line of the figure a training slice, one marker a test slice.", 420),
    ];

    private const string All = "all clips";
    private const string Inside = "where the container tells nothing";
    private static readonly string[] Columns = [.. DotFigure.Columns, "n_videos"];

    /// <summary>Each generator by the detector, the best baseline and the container; every scorer's macro mean; every margin.</summary>
    public static IReadOnlyList<FigureTable> Of(GeneralisationResults results)
    {
        var (people, clips) = (results.RealPeople, results.RealClips + results.GeneratedClips);
        object?[] Row(string name, string series, Estimate estimate) =>
            [name, series, estimate.Value, estimate.Low, estimate.High, "", "clip", "", people, clips];
        // More than three series nobody can tell apart; the others stand in the table.
        string[] drawn =
            [.. new[] { results.Scorers[0].Name, results.Margins.FirstOrDefault(margin => margin.IsBest)?.Baseline,
            results.Scorers.Skip(1).FirstOrDefault(scorer => scorer.Name == "container_only")?.Name }.OfType<string>()
            .Distinct(StringComparer.Ordinal)];
        var scorers = results.Scorers.Where(scorer => drawn.Contains(scorer.Name)).OrderBy(scorer => Array.IndexOf(drawn, scorer.Name))
            .ToArray();
        var generators = results.Scorers[0].Generators.Where(generator => generator.Auc.Value is not null)
            .SelectMany(generator =>
                scorers.Select(scorer =>
                    Row(generator.Generator, scorer.Name, scorer.Generators.First(own => own.Generator == generator.Generator).Auc)));
        var macro = results.Scorers.Select(scorer => Row(scorer.Name, All, scorer.Macro))
            .Concat(results.Subset?.Scorers.Select(scorer => Row(scorer.Name, Inside, scorer.Macro)) ?? []);
        var margins = results.Margins.Select(margin => Row(margin.Baseline, All, margin.Difference))
            .Concat(results.Subset?.Margins.Select(margin => Row(margin.Baseline, Inside, margin.Difference)) ?? []);
        return [.. new[] { FigureTable.Of("unseen-scorers", Columns, macro), FigureTable.Of("unseen-margins", Columns, margins),
            FigureTable.Of("unseen-generators", Columns, generators) }.Where(table => table.Rows.Count > 0)];
    }

    /// <summary>Every pair of slices.</summary>
    public static IReadOnlyList<FigureTable> Of(CrossResults results) => results.Cells.Count == 0 ? [] :
    [
        FigureTable.Of("cross-slices", Columns, results.Cells.Select(cell => new object?[]
        {
            $"trained on {cell.Train}", $"tested on {cell.Test}", cell.Auc.Value, cell.Auc.Low, cell.Auc.High, "", "clip", "",
                results.RealPeople, results.Cells.Max(any => any.RealClips + any.GeneratedClips),
        })),
    ];
}
