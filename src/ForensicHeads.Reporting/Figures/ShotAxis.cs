using ScottPlot;

namespace ForensicHeads.Reporting.Figures;

/// <summary>
/// The x axis of the curve: nobody's face (t0), then T on a log2 axis, then t_all, reconstruct and passthrough, so that what is harder to
/// tell from real stands further right.
/// </summary>
internal static class ShotAxis
{
    private const double Gap = 2.1;

    internal static double Of(double shots) => Math.Log2(shots);

    /// <summary>Places of the anchors beside the largest and smallest shot count, and beside so much room for the lines' names.</summary>
    internal static double OfAnchor(string name, double smallest, double largest, double room = 0) => name switch
    {
        "t0" => Of(smallest) - Gap,
        "t_all" => Of(largest) + Gap + room,
        "reconstruct" => Of(largest) + (2 * Gap) + room,
        _ => Of(largest) + (3 * Gap) + room,
    };

    /// <summary>A place where no point can lie: between two anchors, or else left of the smallest shot count, since names stand at the right.</summary>
    internal static double FreePlace(IReadOnlyList<double> shots, IReadOnlyList<string> anchors, double room = 0) =>
        anchors.Count == 0 || anchors is ["t0"] ? Of(shots.Min()) - (anchors.Count == 0 ? 0.8 : 1) : Of(shots.Max()) + (1.5 * Gap) + room;

    /// <summary>Sets ticks, shades the few-shot range and limits the axis.</summary>
    internal static void Apply(Plot plot, IReadOnlyList<double> shots, IReadOnlyList<string> anchors, double room = 0)
    {
        var (smallest, largest) = (shots.Min(), shots.Max());
        var ticks = shots.Distinct().Select(t => (Of(t), FormattableString.Invariant($"{t}")))
            .Concat(anchors.Select(name => (OfAnchor(name, smallest, largest, room), name switch { "reconstruct" => "recon-\nstruct", "passthrough" => "pass-\nthrough", "t_all" => "t_all", _ => name })));
        FigureStyle.Ticks(plot.Axes.Bottom, ticks);
        var (left, right) = (anchors.Contains("t0") ? Of(smallest) - Gap - 0.9 : Of(smallest) - 1.3, anchors.Count == 0 || anchors is ["t0"] ? Of(largest) + 2.2 + room : anchors.Max(name => OfAnchor(name, smallest, largest, room)) + 1.1);
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
