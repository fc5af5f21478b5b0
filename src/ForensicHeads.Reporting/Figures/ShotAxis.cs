using ScottPlot;

namespace ForensicHeads.Reporting.Figures;

/// <summary>
/// The x axis of the curve: nobody's face (t0), then T on a log2 axis, then t_all, reconstruct and passthrough, so that what is harder to
/// tell from real stands further right.
/// </summary>
internal static class ShotAxis
{
    private const double Gap = 2.1;
    private static readonly string Nobody = Generators.The<NobodysHead>().Name;
    private static readonly string Everything = Generators.The<HeadOfEverything>().Name;
    private static readonly string Reconstructed = Generators.The<Reconstruction>().Name;

    internal static double Of(double shots) => Math.Log2(shots);

    /// <summary>Places of the anchors beside the largest and smallest shot count, and beside so much room for the lines' names.</summary>
    internal static double OfAnchor(string name, double smallest, double largest, double room = 0) => name switch
    {
        _ when name == Nobody => Of(smallest) - Gap,
        _ when name == Everything => Of(largest) + Gap + room,
        _ when name == Reconstructed => Of(largest) + (2 * Gap) + room,
        _ => Of(largest) + (3 * Gap) + room,
    };

    private static bool IsNobody(IReadOnlyList<string> anchors) => anchors.Count == 1 && anchors[0] == Nobody;

    /// <summary>A place where no point can lie: between two anchors, or else left of the smallest shot count, since names stand at the
    /// right.</summary>
    internal static double FreePlace(IReadOnlyList<double> shots, IReadOnlyList<string> anchors, double room = 0) =>
        anchors.Count == 0 || IsNobody(anchors) ? Of(shots.Min()) - (anchors.Count == 0 ? 0.8 : 1) : Of(shots.Max()) + (1.5 * Gap) + room;

    /// <summary>Sets ticks, shades the few-shot range and limits the axis.</summary>
    internal static void Apply(Plot plot, IReadOnlyList<double> shots, IReadOnlyList<string> anchors, double room = 0)
    {
        var (smallest, largest) = (shots.Min(), shots.Max());
        var ticks = shots.Distinct().Select(t => (Of(t), FormattableString.Invariant($"{t}")))
            .Concat(anchors.Select(name => (OfAnchor(name, smallest, largest, room), FigureStyle.Broken(name))));
        FigureStyle.Ticks(plot.Axes.Bottom, ticks);
        var (left, right) =
            (anchors.Contains(Nobody) ? Of(smallest) - Gap - 0.9 : Of(smallest) - 1.3, anchors.Count == 0 || IsNobody(anchors)
            ? Of(largest) + 2.2 + room : anchors.Max(name => OfAnchor(name, smallest, largest, room)) + 1.1);
        if (anchors.Count > 0)
        {
            var span = plot.Add.HorizontalSpan(Of(smallest) - 0.75, Of(largest) + 0.75);
            span.FillStyle.Color = Color.FromHex("#f1f4f7");
            span.LineStyle.Width = 0;
        }

        plot.Axes.SetLimitsX(left, right);
        plot.XLabel(anchors.Count > 0 ? "shots per person T (log axis); anchors outside the band" : "shots per person T (log axis)");
    }
}
