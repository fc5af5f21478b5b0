using ScottPlot;

namespace ForensicHeads.Reporting.Figures;

/// <summary>A kind of figure: draws itself from its table.</summary>
public abstract class Figure
{
    /// <summary>The kind, as tables name it.</summary>
    public abstract string Kind { get; }

    /// <summary>Width in CSS pixels; the PNG has twice as many.</summary>
    public virtual int Width => 600;

    /// <summary>Height in CSS pixels.</summary>
    public virtual int Height => 440;

    /// <summary>What the figure shows, one line.</summary>
    public abstract string Title(FigureTable table);

    /// <summary>How to read it: axes, intervals, abbreviations, and what n is.</summary>
    public abstract string Caption(FigureTable table);

    /// <summary>Draws the table on an empty plot that already carries the style.</summary>
    protected abstract void Draw(FigureTable table, Plot plot);

    /// <summary>The drawn plot; the caller disposes it.</summary>
    public Plot Plot(FigureTable table)
    {
        var plot = FigureStyle.NewPlot();
        Draw(table, plot);
        return plot;
    }
}

/// <summary>"12 people · 24 videos · 3,072 frames", from the columns of a table that carries them; "7 to 12 people" where its rows
/// differ.</summary>
internal static class FigureCounts
{
    internal static string Of(FigureTable table)
    {
        var parts = new[] { ("n_identities", "person", "people"), ("n_videos", "video", "videos"), ("n_frames", "frame", "frames") }
            .Where(part => table.Columns.Contains(part.Item1))
            .Select(part => (Counts: Enumerable.Range(0, table.Rows.Count).Select(row => (long)(table.Number(row, part.Item1) ?? 0))
                .Where(count => count > 0).ToArray(), part.Item2, part.Item3)).Where(part => part.Counts.Length > 0);
        return "n = " + string.Join(" · ", parts.Select(part =>
            (part.Counts.Min() < part.Counts.Max() ? $"{NumberText.Count(part.Counts.Min())} to " : "") + NumberText.Count(
                part.Counts.Max(), part.Item2, part.Item3)));
    }
}
