using ScottPlot;
using SkiaSharp;

namespace ForensicHeads.Reporting.Figures;

/// <summary>A polyline whose dashes are drawn as outlines: Skia's SVG canvas knows no dashes on paths and would leave them out.</summary>
internal sealed class DashedLine(IReadOnlyList<Coordinates> points, Color colour, float width, LinePattern pattern) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public string Legend { get; init; } = "";

    public IEnumerable<LegendItem> LegendItems => Legend.Length == 0
        ? []
        : [new LegendItem { LabelText = Legend, LineColor = colour, LineWidth = width, LinePattern = pattern }];

    public AxisLimits GetAxisLimits() => new(points);

    public void Render(RenderPack rp)
    {
        using var path = new SKPath();
        for (var i = 0; i < points.Count; i++)
        {
            var pixel = Axes.GetPixel(points[i]);
            if (i == 0) path.MoveTo(pixel.X, pixel.Y);
            else path.LineTo(pixel.X, pixel.Y);
        }

        if (pattern.Equals(LinePattern.Solid))
        {
            using var solid = new SKPaint
            {
                Style = SKPaintStyle.Stroke,
                StrokeWidth = width,
                StrokeJoin = SKStrokeJoin.Round,
                Color = colour.ToSKColor(),
                IsAntialias = true
            };
            Draw(rp, path, solid);
            return;
        }

        using var dash = SKPathEffect.CreateDash(Lengths(), 0);
        using var stroke =
            new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = width, StrokeJoin = SKStrokeJoin.Round, PathEffect = dash };
        using var outline = stroke.GetFillPath(path);
        if (outline is null) return;
        using var fill = new SKPaint { Style = SKPaintStyle.Fill, Color = colour.ToSKColor(), IsAntialias = true };
        Draw(rp, outline, fill);
    }

    private static void Draw(RenderPack rp, SKPath path, SKPaint paint)
    {
        rp.CanvasState.Save();
        rp.CanvasState.Clip(rp.DataRect);
        rp.Canvas.DrawPath(path, paint);
        rp.CanvasState.Restore();
    }

    private float[] Lengths() =>
        pattern.Equals(LinePattern.Dotted) ? [1.2f * width, 1.8f * width] : pattern.Equals(LinePattern.DenselyDashed)
        ? [3 * width, 1.5f * width] : [5 * width, 3 * width];
}
