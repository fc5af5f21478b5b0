using static ForensicHeads.Reporting.Html.HtmlText;

namespace ForensicHeads.Reporting.Sections.Calibration;

/// <summary>
/// Whether what the detector states can be taken at its word: reliability, Tippett and cross-entropy plots, of videos where those have
/// probabilities. Where every likelihood ratio in the headline's condition is 1, they are of the first condition in which they are not:
/// three plots of one point show nothing.
/// </summary>
internal sealed class CalibrationSection : IReportSection
{
    public string Title => "Calibration";

    public IReadOnlyList<Figure> Figures { get; } = [new ReliabilityFigure(), new TippettFigure(), new CrossEntropyFigure()];

    public IEnumerable<FigureTable> Tables(HeadlineScores scores)
    {
        var telling = scores.Items.Where(item => item.Llr is not (null or 0));
        var condition = telling.Any(item => item.Condition == scores.Condition) ? scores.Condition
            : telling.FirstOrDefault()?.Condition ?? scores.Condition;
        // Of videos; of the headline's level where no video has what it takes.
        IEnumerable<FigureTable> FirstOf(Func<HeadlineScores, string, Level, IReadOnlyList<FigureTable>> tables) =>
            new[] { Level.Video, scores.Level }.Select(level => tables(scores, condition, level)).FirstOrDefault(made => made.Count > 0)
                ?? [];
        return [.. FirstOf(Reliability), .. FirstOf(Tippett), .. FirstOf(CrossEntropy)];
    }

    public string Html(SectionPage page)
    {
        var condition = page.Results.Headline.Condition;
        var slug = FigureTable.Slug(condition);
        var told = page.Figures.Count == 0 || page.Figures.Any(figure =>
            figure.Name.Split('.', 2)[^1] is var variant && (variant == slug || variant.StartsWith(slug + "-", StringComparison.Ordinal)));
        return (told ? "" : Note($"In condition {condition} every stated likelihood ratio is 1, which says nothing. These figures are "
            + "of the first condition in which the calibrator does say something; what it was in each stands under Limitations and "
            + "scope.")) + page.Pictures;
    }

    /// <summary>One curve a mode; none where no mode has all its probabilities.</summary>
    private static IReadOnlyList<FigureTable> Reliability(HeadlineScores scores, string condition, Level level)
    {
        // All shot counts of a mode meet the same real items, so there are more fakes than real items; the probabilities are stated at even
        // odds.
        var real = scores.Real(condition, level);
        var modes = scores.FewShot(condition, level).GroupBy(item => item.Mode!.Value).OrderBy(mode => mode.Key)
            .Select(mode => (mode.Key, Items: real.Concat(mode).ToArray()))
            .Where(mode => mode.Items.All(item => item.Probability is not null)).ToArray();
        if (real.Length == 0 || modes.Length == 0) return [];
        var people = HeadlineScores.People(real);
        return [FigureTable.Of(
            $"reliability.{FigureTable.Slug(condition)}",
            ["series", "mean_probability", "observed_rate", "n_items", "condition", "level", "n_identities"],
            modes.SelectMany(mode => Statistics.Calibration.BalancedReliability([.. mode.Items
                .Select(item => (item.Probability!.Value, item.Generated))])
                .Select(bin => new object?[] { mode.Key, bin.MeanProbability, bin.ObservedRate, bin.Count, condition, level, people })))];
    }

    private static IReadOnlyList<FigureTable> Tippett(HeadlineScores scores, string condition, Level level) =>
        [.. ByMode(scores, condition, level).Select(mode =>
    {
        IEnumerable<object?[]> Rows(string series, IEnumerable<ScoredItem> own) =>
            TippettCurve.Build([.. own.Select(item => item.Llr!.Value)])
            .Select(point => new object?[] { series, point.Llr, point.ShareAbove, condition, level, mode.People });
        return FigureTable.Of(
            $"tippett.{FigureTable.Slug(condition)}-{FigureTable.Slug(mode.Mode.ToString())}",
            ["series", "llr", "share_above", "condition", "level", "n_identities"],
            [.. Rows(Label.Real.Text(), mode.Real), .. mode.Fakes.GroupBy(item => item.Shots!.Value).OrderBy(shots => shots.Key)
                .SelectMany(shots => Rows(FormattableString.Invariant($"{mode.Mode} {shots.Key}"), shots))]);
    })];

    /// <summary>All shot counts of a mode together, as in the reliability diagram.</summary>
    private static IReadOnlyList<FigureTable> CrossEntropy(HeadlineScores scores, string condition, Level level) =>
        [.. ByMode(scores, condition, level).Select(mode =>
    {
        var curve = CrossEntropyCurve.Build([.. mode.Real.Select(item => item.Llr!.Value)],
            [.. mode.Fakes.Select(item => item.Llr!.Value)]);
        IEnumerable<object?[]> Rows(string series, Func<CrossEntropyPoint, double> bits) =>
            curve.Select(point => new object?[] { series, point.PriorLogOdds, bits(point), mode.Mode, condition, level, mode.People });
        return FigureTable.Of(
            $"cross-entropy.{FigureTable.Slug(condition)}-{FigureTable.Slug(mode.Mode.ToString())}",
            ["series", "prior_log10_odds", "cross_entropy", "mode", "condition", "level", "n_identities"],
            [
                .. Rows(CrossEntropyFigure.Stated, point => point.Stated),
                .. Rows(CrossEntropyFigure.Recalibrated, point => point.Recalibrated),
                .. Rows(CrossEntropyFigure.Uninformed, point => point.Uninformed),
            ]);
    })];

    // One plot a mode of ff and ft; none where an item has no likelihood ratio.
    private static IEnumerable<(Method Mode, ScoredItem[] Real, ScoredItem[] Fakes, int People)> ByMode(HeadlineScores scores,
        string condition, Level level)
    {
        var real = scores.Real(condition, level);
        var fakes = scores.FewShot(condition, level).Where(item => item.Origin.IsHead).ToArray();
        var people = HeadlineScores.People(real);
        return real.Length == 0 || real.Concat(fakes).Any(item => item.Llr is null) ? []
            : fakes.GroupBy(item => item.Mode!.Value).OrderBy(mode => mode.Key)
            .Select(mode => (mode.Key, real, mode.ToArray(), people));
    }
}
