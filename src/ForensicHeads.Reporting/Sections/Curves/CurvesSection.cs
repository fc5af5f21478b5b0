namespace ForensicHeads.Reporting.Sections.Curves;

/// <summary>The scores themselves: histograms of each mode, ROC and DET curves of ff and ft.</summary>
internal sealed class CurvesSection : IReportSection
{
    private const int HistogramBins = 40;
    private const double RocStep = 0.005;

    public string Title => "Curves and scores";

    public IReadOnlyList<Figure> Figures { get; } = [new HistogramFigure(), new RocFigure(), new DetFigure()];

    public IEnumerable<FigureTable> Tables(HeadlineScores scores)
    {
        var real = scores.Real(scores.Condition, scores.Level);
        var groups = scores.FewShot(scores.Condition, scores.Level).GroupBy(item => (Mode: item.Mode!.Value, Shots: item.Shots!.Value))
            .OrderBy(group => group.Key.Mode).ThenBy(group => group.Key.Shots)
            .Select(group => (group.Key.Mode, group.Key.Shots, Items: group.ToArray())).ToArray();
        var people = HeadlineScores.People(real);
        return
        [
            .. groups.GroupBy(group => group.Mode).Select(mode =>
                Histogram(mode.Key, real, [.. mode.Select(group => (group.Shots, group.Items))], scores.Condition, people)),
            .. Curves(real, [.. groups.Where(group => group.Mode.IsHead)], scores.Condition, people),
        ];
    }

    public string Html(SectionPage page) => page.Pictures;

    private static FigureTable Histogram(
        Method mode, ScoredItem[] real, (int Shots, ScoredItem[] Items)[] groups, string condition, int people)
    {
        var all = real.Concat(groups.SelectMany(group => group.Items)).Select(item => item.Score).ToArray();
        var (low, high) = (all.Min(), all.Max());
        var width = high > low ? (high - low) / HistogramBins : 1;
        IEnumerable<object?[]> Rows(string series, ScoredItem[] items)
        {
            var counts = new int[HistogramBins];
            foreach (var item in items) counts[Math.Min(HistogramBins - 1, (int)((item.Score - low) / width))]++;
            return counts.Select((count, bin) => new object?[]
            {
                series, low + (bin * width), low + ((bin + 1) * width), (double)count / items.Length, count, condition, people,
            });
        }

        return FigureTable.Of(
            $"score-histogram.{FigureTable.Slug(condition)}-{FigureTable.Slug(mode.ToString())}",
            ["series", "bin_low", "bin_high", "share", "n_items", "condition", "n_identities"],
            [.. Rows(Label.Real.Text(), real), .. groups.SelectMany(group => Rows($"{mode} {group.Shots}", group.Items))]);
    }

    private static IEnumerable<FigureTable> Curves(
        ScoredItem[] real, (Method Mode, int Shots, ScoredItem[] Items)[] groups, string condition, int people)
    {
        if (groups.Length == 0) yield break;
        double[] Scores(ScoredItem[] items) => [.. items.Select(item => item.Score)];
        var curves = groups.Select(group => (group.Mode, group.Shots,
            Points: Thin(RocCurve.Build(Scores(real), Scores(group.Items))!.Points).ToArray())).ToArray();
        FigureTable Table(string kind, string column, Func<double, double> rate) => FigureTable.Of(
            $"{kind}.{FigureTable.Slug(condition)}", ["mode", "shots", "false_positive_rate", column, "condition", "n_identities"],
            curves.SelectMany(curve => curve.Points.Select(point =>
                new object?[] { curve.Mode, curve.Shots, point.FalsePositiveRate, rate(point.TruePositiveRate), condition, people })));
        yield return Table("roc", "true_positive_rate", rate => rate);
        yield return Table("det", "false_negative_rate", rate => 1 - rate);
    }

    /// <summary>Leaves out points nearer than half a percent to the last kept one: thousands of frames would swell the figure and show
    /// nothing more.</summary>
    private static IEnumerable<RocPoint> Thin(IReadOnlyList<RocPoint> points)
    {
        var last = points[0];
        yield return last;
        for (var i = 1; i < points.Count; i++)
        {
            var moved = points[i].FalsePositiveRate - last.FalsePositiveRate + points[i].TruePositiveRate - last.TruePositiveRate;
            if (moved < RocStep && i < points.Count - 1) continue;
            last = points[i];
            yield return last;
        }
    }
}
