using ScottPlot;

namespace ForensicHeads.Reporting.Figures;

/// <summary>The one look of all figures: Inter, the Okabe–Ito colours, and a marker and dash of its own for each series so that grey print
/// still tells them apart.</summary>
public static class FigureStyle
{
    /// <summary>Text size in CSS pixels; readable when a 600-pixel figure is printed 8 cm wide.</summary>
    public const float TextSize = 17;

    /// <summary>Near-black of text and axes.</summary>
    public static readonly Color Ink = Color.FromHex("#1a1a1a");

    /// <summary>Grey of chance lines, grids and notes.</summary>
    public static readonly Color Muted = Color.FromHex("#666666");

    private static readonly Color[] Palette =
        [.. new[] { "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000" }.Select(hex => Color.FromHex(hex))];

    // The same hues, dark enough to read on white: at least 4.5 to 1.
    private static readonly Color[] TextPalette =
        [.. new[] { "#0072B2", "#B34F00", "#007A59", "#A6427A", "#8F6200", "#0E7C93", "#000000" }.Select(hex => Color.FromHex(hex))];

    private static readonly MarkerShape[] Markers =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
            MarkerShape.OpenCircle, MarkerShape.OpenSquare, MarkerShape.Cross];

    private static readonly LinePattern[] Dashes =
        [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted, LinePattern.DenselyDashed, LinePattern.Solid, LinePattern.Dashed,
            LinePattern.Dotted];

    private static readonly string[][] Known =
    [
        [$"{Method.Ff}"], [$"{Method.Ft}", SeriesOf(Method.Ft, Arm.Updates, several: true)],
            [SeriesOf(Method.Ft, Arm.Epochs, several: true)],
    ];

    /// <summary>The colour of the series with that index.</summary>
    public static Color Colour(int index) => Palette[index % Palette.Length];

    /// <summary>The colour of words about the series with that index.</summary>
    internal static Color TextColour(int index) => TextPalette[index % TextPalette.Length];

    /// <summary>The marker of the series with that index.</summary>
    public static MarkerShape Marker(int index) => Markers[index % Markers.Length];

    /// <summary>The dash of the series with that index.</summary>
    public static LinePattern Dash(int index) => Dashes[index % Dashes.Length];

    /// <summary>What the fine-tuned heads of an arm are called in a figure that shows several.</summary>
    internal static string SeriesOf(Method mode, Arm? arm, bool several) =>
        several && arm is not null ? $"{mode} ({arm.Text()})" : mode.ToString();

    /// <summary>Series in their fixed order, so that ff and ft look the same in every figure, whatever else is there.</summary>
    internal static IReadOnlyList<(string Name, int Index)> Order(IEnumerable<string> names)
    {
        var distinct = names.Distinct(StringComparer.Ordinal).ToArray();
        var known = Known.SelectMany((names, index) => names.Where(distinct.Contains).Select(name => (name, index))).ToArray();
        var others = distinct.Except(known.Select(series => series.name), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var free = Math.Max(2, known.Length == 0 ? 0 : known.Max(series => series.index) + 1);
        return [.. known, .. others.Select((name, i) => (name, free + i))];
    }

    /// <summary>What a mode is called in a figure.</summary>
    internal static string ModeName(string series) => OriginText.ModeOf(series) switch
    {
        Mode.Ff => $"{series} (feed-forward)",
        Mode.Ft => $"{series} (fine-tuned)",
        _ => series,
    };

    /// <summary>A long name of an anchor on two lines.</summary>
    internal static string Broken(string name) => Generators.All.Find(name) switch
    {
        Reconstruction => name.Insert(5, "-\n"),
        Passthrough => name.Insert(4, "-\n"),
        _ => name,
    };

    /// <summary>An empty plot with the style on it.</summary>
    internal static Plot NewPlot()
    {
        _ = FigureFont.Typeface;
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Font.Set(FigureFont.Name);
        plot.Axes.Color(Ink);
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.TickLabelStyle.FontSize = TextSize;
            axis.TickLabelStyle.FontName = FigureFont.Name;
            axis.MinorTickStyle.Length = 0;
        }

        foreach (var label in new[] { plot.Axes.Bottom.Label, plot.Axes.Left.Label, plot.Axes.Title.Label })
        {
            label.FontSize = TextSize;
            label.FontName = FigureFont.Name;
            label.Bold = false;
            label.ForeColor = Ink;
        }

        plot.Axes.Title.Label.FontSize = 15;
        plot.Axes.Title.Label.ForeColor = Muted;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Grid.MajorLineColor = Color.FromHex("#e4e4e4");
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Legend.FontName = FigureFont.Name;
        plot.Legend.FontSize = TextSize - 2;
        plot.Legend.OutlineColor = Colors.Transparent;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(0.85);
        return plot;
    }

    /// <summary>Writes words at a place of the data, with a white shade so that lines do not run through them.</summary>
    internal static void Label(Plot plot, double x, double y, string text, Color colour, Alignment alignment = Alignment.MiddleLeft,
        float size = TextSize - 1)
    {
        var label = plot.Add.Text(text, x, y);
        label.LabelFontName = FigureFont.Name;
        label.LabelFontSize = size;
        label.LabelFontColor = colour;
        label.LabelAlignment = alignment;
        label.LabelBackgroundColor = Colors.White.WithAlpha(0.75);
        label.LabelPadding = 1;
    }

    /// <summary>The line at which a detector only guesses.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="left">Where the line begins.</param>
    /// <param name="right">Where it ends, and the word with it where <paramref name="wordAt"/> is null.</param>
    /// <param name="wordAt">The middle of the word, where no point can lie under it.</param>
    /// <param name="at">What guessing reaches.</param>
    internal static void Chance(Plot plot, double left, double right, double? wordAt = null, double at = 0.5)
    {
        Reference(plot, left, at, right, at);
        Label(plot, wordAt ?? right, at, wordAt is null ? "chance " : "chance", Muted, wordAt is null ? Alignment.LowerRight
            : Alignment.LowerCenter, 15);
    }

    /// <summary>Ticks with given words.</summary>
    internal static void Ticks(IAxis axis, IEnumerable<(double Position, string Text)> ticks)
    {
        var all = ticks.ToArray();
        axis.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. all.Select(tick => tick.Position)], [.. all.Select(tick => tick.Text)]);
    }

    /// <summary>Ticks 0.0, 0.2 … 1.0 for a share.</summary>
    internal static void Unit(IAxis axis) =>
        Ticks(axis, Enumerable.Range(0, 6).Select(i => (i / 5.0, FormattableString.Invariant($"{i / 5.0:0.0}"))));

    /// <summary>A line with the colour and dash of its series, and its markers where asked.</summary>
    internal static void Series(Plot plot, double[] xs, double[] ys, int colour, int dash, bool markers, float width = 2.5f,
        string legend = "")
    {
        plot.PlottableList.Add(new DashedLine([.. xs.Zip(ys, (x, y) => new Coordinates(x, y))], Colour(colour), width, Dash(dash))
        {
            Legend = markers
            ? "" : legend
        });
        if (!markers) return;
        var points = plot.Add.ScatterPoints(xs, ys, Colour(colour));
        KeptMarker.Set(points.MarkerStyle, Marker(colour));
        points.MarkerSize = 11;
        points.LegendText = legend;
    }

    /// <summary>A line for each mode and shot count of a table: colour is the mode, dash the shot count.</summary>
    internal static void ShotLines(Plot plot, FigureTable table, Func<int, bool> isShown, Func<int, double> x, Func<int, double> y)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).ToArray();
        foreach (var (mode, index) in Order(rows.Select(row => table.Text(row, "mode"))))
        {
            var shots = rows.Where(row => table.Text(row, "mode") == mode).GroupBy(row => table.Number(row, "shots")!.Value)
                .OrderBy(own => own.Key).ToArray();
            for (var s = 0; s < shots.Length; s++)
            {
                var own = shots[s].Where(isShown).ToArray();
                Series(plot, Array.ConvertAll(own, row => x(row)), Array.ConvertAll(own, row => y(row)), index, s, markers: false,
                    width: 2.2f, legend: FormattableString.Invariant($"{mode} {shots[s].Key}"));
            }
        }
    }

    /// <summary>An upright bar with ends; nothing where a limit is unknown.</summary>
    internal static void Interval(Plot plot, double x, double? lower, double? upper, Color colour)
    {
        if (lower is not { } low || upper is not { } high) return;
        foreach (var (x1, y1, x2, y2) in new[] { (x, low, x, high), (x - 0.12, low, x + 0.12, low), (x - 0.12, high, x + 0.12, high) })
        {
            var line = plot.Add.Line(x1, y1, x2, y2);
            line.LineColor = colour;
            line.LineWidth = 1.8f;
            line.MarkerSize = 0;
        }
    }

    /// <summary>A straight dotted grey line to compare with.</summary>
    internal static void Reference(Plot plot, double x1, double y1, double x2, double y2) =>
        plot.PlottableList.Add(new DashedLine([new Coordinates(x1, y1), new Coordinates(x2, y2)], Muted, 1.5f, LinePattern.Dotted));
}
