using System.Text;
using ScottPlot;
using SkiaSharp;

namespace ForensicHeads.Reporting.Figures;

/// <summary>Draws tables and writes each as SVG, PNG at twice the size, and the CSV behind it. The same table gives the same
/// bytes.</summary>
public static class FigureWriter
{
    /// <summary>Pixels of the PNG per CSS pixel.</summary>
    public const int PngScale = 2;

    /// <summary>Every figure of reports, comparisons and protocols, by the kind that tables name.</summary>
    public static IReadOnlyDictionary<string, Figure> ByKind { get; } =
        ReportSections.All.SelectMany(section => section.Figures).Concat(CompareTables.Figures).Concat(ProtocolFigures.Figures)
            .ToDictionary(figure => figure.Kind, StringComparer.Ordinal);

    /// <summary>Draws a table; null where the kind is unknown or the table has no rows.</summary>
    /// <param name="folder">The report's folder.</param>
    /// <param name="table">The table.</param>
    /// <param name="within">The folder in it that gets the files.</param>
    /// <param name="figure">What draws it; the one of its kind where left out.</param>
    public static FigureFile? Write(string folder, FigureTable table, string within = "figures", Figure? figure = null)
    {
        figure ??= ByKind.GetValueOrDefault(table.Kind);
        if (figure is null || table.Rows.Count == 0) return null;
        var name = PathPart.Checked(table.Name, "A report names the table");
        var (svg, png) = Draw(figure, table);
        AtomicFile.WriteText(folder, $"{within}/{name}.csv", table.ToCsv());
        AtomicFile.WriteText(folder, $"{within}/{name}.svg", svg);
        AtomicFile.WriteBytes(folder, $"{within}/{name}.png", png);
        return new FigureFile(name, figure.Title(table), figure.Caption(table), svg, figure.Width, figure.Height);
    }

    private static (string Svg, byte[] Png) Draw(Figure figure, FigureTable table)
    {
        lock (FigureFont.InUse)
        {
            using var plot = figure.Plot(table);
            return (Svg(plot, figure.Width, figure.Height), Png(plot, figure.Width, figure.Height));
        }
    }

    private static string Svg(Plot plot, int width, int height)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream)) plot.Render(canvas, width, height);
        return SvgOutlines.Apply(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static byte[] Png(Plot plot, int width, int height)
    {
        using var surface =
            SKSurface.Create(new SKImageInfo(PngScale * width, PngScale * height, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Scale(PngScale);
        plot.Render(surface.Canvas, width, height);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}

/// <summary>A figure that lies on disk as SVG, PNG and CSV of the same name.</summary>
/// <param name="Name">File name without ending.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Svg">The picture as SVG text with outlined words.</param>
/// <param name="Width">Width in CSS pixels.</param>
/// <param name="Height">Height in CSS pixels.</param>
public sealed record FigureFile(string Name, string Title, string Caption, string Svg, int Width, int Height)
{
    /// <summary>The figure's kind: the name up to its first dot.</summary>
    public string Kind => Name.Split('.')[0];
}
