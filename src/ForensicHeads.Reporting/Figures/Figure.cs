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
