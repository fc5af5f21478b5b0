using System.Text;
using ForensicHeads.Foundation;
using ScottPlot;
using SkiaSharp;

namespace ForensicHeads.Reporting.Figures;

/// <summary>Draws tables and writes each as SVG, PNG at twice the size, and the CSV behind it. The same table gives the same bytes.</summary>
public static class FigureWriter
{
    /// <summary>Pixels of the PNG per CSS pixel.</summary>
    public const int PngScale = 2;

    /// <summary>Draws a table; null where the kind is unknown or the table has no rows.</summary>
    /// <param name="folder">The report's folder.</param>
    /// <param name="table">The table.</param>
    /// <param name="within">The folder in it that gets the files.</param>
    public static FigureFile? Write(string folder, FigureTable table, string within = "figures")
    {
        if (!FigureCatalogue.ByKind.TryGetValue(table.Kind, out var figure) || table.Rows.Count == 0) return null;
        var name = PathPart.Checked(table.Name, "A report names the table");
        using var plot = figure.Plot(table);
        var svg = Svg(plot, figure.Width, figure.Height);
        AtomicFile.WriteText(folder, $"{within}/{name}.csv", table.ToCsv());
        AtomicFile.WriteText(folder, $"{within}/{name}.svg", svg);
        AtomicFile.WriteBytes(folder, $"{within}/{name}.png", Png(plot, figure.Width, figure.Height));
        return new FigureFile(name, figure.Title(table), figure.Caption(table), svg, figure.Width, figure.Height);
    }

    private static string Svg(Plot plot, int width, int height)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream)) plot.Render(canvas, width, height);
        return SvgOutlines.Apply(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static byte[] Png(Plot plot, int width, int height)
    {
        using var surface = SKSurface.Create(new SKImageInfo(PngScale * width, PngScale * height, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Scale(PngScale);
        plot.Render(surface.Canvas, width, height);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
