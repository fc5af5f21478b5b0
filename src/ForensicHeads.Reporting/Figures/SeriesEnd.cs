using ScottPlot;

namespace ForensicHeads.Reporting.Figures;

/// <summary>The right end of a line, where its name is written.</summary>
internal sealed record SeriesEnd(double Y, string Name, int Index)
{
    /// <summary>Writes the names at <paramref name="x"/>, moved apart until none is nearer than <paramref name="distance"/> (a share of the axis) to the next.</summary>
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
