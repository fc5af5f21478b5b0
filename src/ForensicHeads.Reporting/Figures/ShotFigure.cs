using ScottPlot;

namespace ForensicHeads.Reporting.Figures;

/// <summary>The headline figure: one quantity per shot count, a line for each mode, intervals by identity, anchors beside it and the chance
/// line.</summary>
/// <param name="kind">As tables name it.</param>
/// <param name="quantity">What the y axis shows.</param>
/// <param name="what">Whose detection it shows, where that is not the few-shot heads'.</param>
/// <param name="reading">How to read it, where that is not as the headline figure.</param>
/// <param name="chance">What guessing reaches.</param>
internal sealed class ShotFigure(string kind, string quantity, string what = "", string reading = "", double chance = 0.5) : Figure
{
    /// <summary>The columns of its tables.</summary>
    internal static readonly string[] Columns =
        ["series", "shots", "value", "ci_low", "ci_high", "condition", "level", "arm", "detector", "n_identities", "n_videos", "n_frames"];

    private const double Bottom = -0.03;
    private const double Top = 1.03;

    public override string Kind => kind;

    public override string Title(FigureTable table) =>
        $"{quantity}{(what.Length > 0 ? $" of {what}" : "")}{Way(table)} per shot count, {Detector(table)}"
        + $"condition {table.Text(0, "condition")}, "
        + $"{table.Text(0, "level")} level";

    public override string Caption(FigureTable table) =>
        $"{(reading.Length > 0 ? reading : $"{quantity} of generated against the same real items.")} Bars: 95 % intervals over people "
            + $"({FigureCounts.Of(table)}). ff: feed-forward, ft: fine-tuned. " + Arms(table) +
        (reading.Length > 0 ? "Dotted: chance." : what.Length > 0
            ? "No detector learnt from the other attackers unless its description says so. Dotted: chance."
            : "Anchors: t0, nobody's face; t_all, fine-tuned on all frames, the tested ones too; reconstruct, true frames through an "
            + "auto-encoder; " +
        "passthrough, true frames through the writer alone. Dotted: chance.");

    // A figure of one mode names it, since its lines do not.
    private static string Way(FigureTable table) =>
        table.Columns.Contains("mode") && table.Rows.Count > 0 && table.Text(0, "mode") is { Length: > 0 } mode ? $" on {mode} heads" : "";

    private static string Detector(FigureTable table) =>
        Enumerable.Range(0, table.Rows.Count).Select(row => table.Text(row, "detector")).Where(name => name.Length > 0).Distinct().ToArray()
            is [var only] ? $"detector {only}, " : "";

    private static string Arms(FigureTable table) =>
        Enumerable.Range(0, table.Rows.Count).Any(row => table.Text(row, "series").EndsWith(')'))
        ? "updates: as many updates for every T; epochs: as many passes over the T shots, the paper's schedule. "
        : "";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).ToArray();
        var points = rows.Where(row => table.Number(row, "shots") is not null).ToArray();
        string[] anchors = [.. rows.Except(points).Select(row => table.Text(row, "series")).Distinct()];
        double[] shots = points.Length == 0 ? [1] : [.. points.Select(row => table.Number(row, "shots")!.Value)];
        var series = FigureStyle.Order(points.Select(row => table.Text(row, "series")));
        // Names with an arm are long, and many lines stand far apart: the anchors or the axis make room for them.
        var longest = series.Select(entry => entry.Name.Length).DefaultIfEmpty().Max();
        var room = anchors.Length == 0 ? Math.Max(0, 0.11 * (series.Count - 2)) + (0.15 * Math.Max(0, longest - 10))
            : series.Any(entry => entry.Name.EndsWith(')')) ? 2.2 : 0;
        ShotAxis.Apply(plot, shots, anchors, room);
        var limits = plot.Axes.GetLimits();
        FigureStyle.Chance(plot, limits.Left, limits.Right, ShotAxis.FreePlace(shots, anchors, room), chance);

        var ends = new List<SeriesEnd>();
        for (var s = 0; s < series.Count; s++)
        {
            // Lines of two modes stand a little apart, or their intervals would cover each other.
            var shift = (s - ((series.Count - 1) / 2.0)) * 0.22;
            var own = points.Where(row => table.Text(row, "series") == series[s].Name && table.Number(row, "value") is not null)
                .OrderBy(row => table.Number(row, "shots")).ToArray();
            if (own.Length == 0) continue;
            var xs = own.Select(row => ShotAxis.Of(table.Number(row, "shots")!.Value) + shift).ToArray();
            var ys = own.Select(row => table.Number(row, "value")!.Value).ToArray();
            FigureStyle.Series(plot, xs, ys, series[s].Index, series[s].Index, markers: true);
            for (var i = 0; i < own.Length; i++) Interval(plot, xs[i], table, own[i], FigureStyle.Colour(series[s].Index));
            ends.Add(new SeriesEnd(ys[^1], series[s].Name, series[s].Index));
        }

        foreach (var anchor in rows.Except(points).Where(row => table.Number(row, "value") is not null)
            .GroupBy(row => table.Text(row, "series")))
        {
            // t_all of two arms: side by side, each in the colour of its curve.
            var own = anchor.ToArray();
            for (var i = 0; i < own.Length; i++)
            {
                var arm = series.FirstOrDefault(entry =>
                    own.Length > 1 && entry.Name.EndsWith($"({table.Text(own[i], "arm")})", StringComparison.Ordinal));
                var colour = arm.Name is null ? FigureStyle.Ink : FigureStyle.Colour(arm.Index);
                var x = ShotAxis.OfAnchor(anchor.Key, shots.Min(), shots.Max(), room) + ((i - ((own.Length - 1) / 2.0)) * 0.6);
                Interval(plot, x, table, own[i], colour);
                var marker = plot.Add.Marker(x, table.Number(own[i], "value")!.Value, MarkerShape.OpenDiamond, 13, colour);
                KeptMarker.Set(marker.MarkerStyle, MarkerShape.OpenDiamond);
                marker.MarkerLineWidth = 2;
            }
        }

        // The same axis in every figure, so that pages compare by eye.
        plot.Axes.SetLimitsY(Bottom, Top);
        FigureStyle.Unit(plot.Axes.Left);
        plot.YLabel(quantity);
        plot.Title(FigureCounts.Of(table) + " per point");
        SeriesEnd.Draw(plot, ends, ShotAxis.Of(shots.Max()) + Math.Max(0.36, (0.11 * (series.Count - 1)) + 0.22), 0.065, Bottom, Top);
    }

    private static void Interval(Plot plot, double x, FigureTable table, int row, Color colour) =>
        FigureStyle.Interval(plot, x, table.Number(row, "ci_low"), table.Number(row, "ci_high"), colour);
}

/// <summary>The right end of a line, where its name is written.</summary>
internal sealed record SeriesEnd(double Y, string Name, int Index)
{
    /// <summary>Writes the names at <paramref name="x"/>, moved apart until none is nearer than <paramref name="distance"/> (a share of the
    /// axis) to the next.</summary>
    internal static void Draw(Plot plot, IEnumerable<SeriesEnd> ends, double x, double distance, double bottom, double top)
    {
        var step = distance * (top - bottom);
        var sorted = ends.OrderBy(end => end.Y).ToArray();
        for (var round = 0; round < 50; round++)
        {
            for (var i = 1; i < sorted.Length; i++)
            {
                var missing = step - (sorted[i].Y - sorted[i - 1].Y);
                if (missing <= 0) continue;
                sorted[i - 1] = sorted[i - 1] with { Y = sorted[i - 1].Y - (missing / 2) };
                sorted[i] = sorted[i] with { Y = sorted[i].Y + (missing / 2) };
            }
        }

        // Names pushed over an edge move back in, and take their neighbours along.
        for (var i = 0; i < sorted.Length; i++)
            sorted[i] = sorted[i] with { Y = Math.Max(sorted[i].Y, i == 0 ? bottom + (step / 2) : sorted[i - 1].Y + step) };
        for (var i = sorted.Length - 1; i >= 0; i--)
            sorted[i] = sorted[i] with { Y = Math.Min(sorted[i].Y, i == sorted.Length - 1 ? top - (step / 2) : sorted[i + 1].Y - step) };

        foreach (var end in sorted) FigureStyle.Label(plot, x, end.Y, end.Name, FigureStyle.TextColour(end.Index));
    }
}
