using ScottPlot;
using SkiaSharp;

namespace ForensicHeads.Reporting.Figures;

/// <summary>Markers with a path of their own: ScottPlot (5.1) lets go of the path of such markers before Skia has drawn it, and a
/// collection at that moment ends the process. Here it is held until it is drawn.</summary>
internal sealed class KeptMarker : IMarker
{
    private readonly MarkerShape shape;

    private KeptMarker(MarkerShape shape) => this.shape = shape;

    /// <summary>Gives markers a shape.</summary>
    internal static void Set(MarkerStyle style, MarkerShape shape)
    {
        style.Shape = shape;
        style.CustomRenderer = shape is MarkerShape.FilledTriangleUp or MarkerShape.FilledDiamond or MarkerShape.OpenDiamond
            or MarkerShape.Cross ? new KeptMarker(shape) : null;
    }

    /// <inheritdoc/>
    public void Render(SKCanvas canvas, Paint paint, Pixel center, float size, MarkerStyle markerStyle)
    {
        var (x, y, half) = (center.X, center.Y, size / 2);
        using var ink = new SKPaint { IsAntialias = true };
        if (shape is MarkerShape.FilledTriangleUp or MarkerShape.FilledDiamond)
        {
            ink.Style = SKPaintStyle.Fill;
            ink.Color = markerStyle.FillColor.ToSKColor();
        }
        else
        {
            ink.Style = SKPaintStyle.Stroke;
            ink.StrokeWidth = markerStyle.LineWidth;
            ink.Color = markerStyle.LineColor.ToSKColor();
        }

        if (shape == MarkerShape.Cross)
        {
            canvas.DrawLine(x - half, y, x + half, y, ink);
            canvas.DrawLine(x, y - half, x, y + half, ink);
            return;
        }

        using var path = new SKPath();
        path.AddPoly(shape == MarkerShape.FilledTriangleUp
            ? [new SKPoint(x, y - half), new SKPoint(x + half, y + half), new SKPoint(x - half, y + half)]
            : [new SKPoint(x, y - half), new SKPoint(x + half, y), new SKPoint(x, y + half), new SKPoint(x - half, y)], close: true);
        canvas.DrawPath(path, ink);
    }
}
