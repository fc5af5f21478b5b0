using SkiaSharp;

namespace ForensicHeads.Reporting.Figures;

/// <summary>The picture grid of the paper: a row a person; shots, driver, ff and ft at each T, truth.</summary>
/// <param name="Columns">Headers; a line feed starts a second line, and the first line is written once over equal neighbours.</param>
/// <param name="Rows">People.</param>
public sealed record PictureGrid(IReadOnlyList<string> Columns, IReadOnlyList<PictureRow> Rows)
{
    private const int Gap = 6;
    private const int Margin = 12;

    /// <summary>Side of a cell in pixels, 128 by default. Smaller pictures are enlarged pixel by pixel, larger ones reduced
    /// smoothly.</summary>
    public int CellSize { get; init; } = 128;

    /// <summary>The grid as PNG; the same pictures give the same bytes.</summary>
    /// <exception cref="UserErrorException">A row has another number of cells than there are columns.</exception>
    public byte[] ToPng()
    {
        foreach (var row in Rows)
            if (row.Cells.Count != Columns.Count) throw new UserErrorException(
                $"Row \"{row.Label}\" has {row.Cells.Count} pictures for {Columns.Count} columns; give one (or null) a column.");
        lock (FigureFont.InUse) return Draw();
    }

    private byte[] Draw()
    {
        using var font = new SKFont(FigureFont.Typeface, Math.Max(14, CellSize / 7f));
        using var ink = new SKPaint { Color = new SKColor(0x1a, 0x1a, 0x1a), IsAntialias = true };
        var line = (int)Math.Ceiling(font.Size * 1.3);
        var lines = Columns.Max(header => header.Split('\n').Length);
        var left = Margin + (int)Math.Ceiling(Rows.Select(row => font.MeasureText(row.Label)).DefaultIfEmpty(0).Max()) + Gap + 4;
        var top = Margin + (lines * line) + Gap;
        var (width, height) =
            (left + (Columns.Count * (CellSize + Gap)) + Margin - Gap, top + (Rows.Count * (CellSize + Gap)) + Margin - Gap);
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(SKColors.White);
        Headers(surface.Canvas, font, ink, left, line, lines);
        for (var y = 0; y < Rows.Count; y++)
        {
            var cellTop = top + (y * (CellSize + Gap));
            surface.Canvas.DrawText(Rows[y].Label, Margin, cellTop + (CellSize / 2f) + (font.Size / 3), SKTextAlign.Left, font, ink);
            for (var x = 0; x < Columns.Count; x++) Cell(surface.Canvas, Rows[y].Cells[x], left + (x * (CellSize + Gap)), cellTop, font,
                ink);
        }

        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private void Headers(SKCanvas canvas, SKFont font, SKPaint ink, int left, int line, int lines)
    {
        for (var x = 0; x < Columns.Count; x++)
        {
            var words = Columns[x].Split('\n');
            var baseline = Margin + ((lines - words.Length + 1) * line) - (font.Size * 0.3f);
            for (var i = 0; i < words.Length; i++)
            {
                var shared = i < words.Length - 1;
                if (shared && x > 0 && Columns[x - 1].Split('\n')[0] == words[0]) continue;
                var span = shared
                    ? Columns.Skip(x)
                    .TakeWhile(header => header.Contains('\n', StringComparison.Ordinal) && header.Split('\n')[0] == words[0]).Count() : 1;
                var centre = left + (x * (CellSize + Gap)) + (((span * (CellSize + Gap)) - Gap) / 2f);
                canvas.DrawText(words[i], centre, baseline + (i * line), SKTextAlign.Center, font, ink);
            }
        }
    }

    private void Cell(SKCanvas canvas, RgbImage? picture, int x, int y, SKFont font, SKPaint ink)
    {
        var target = SKRect.Create(x, y, CellSize, CellSize);
        if (picture is null)
        {
            using var empty = new SKPaint { Color = new SKColor(0xee, 0xee, 0xee) };
            canvas.DrawRect(target, empty);
            canvas.DrawText(NumberText.Undefined, x + (CellSize / 2f), y + (CellSize / 2f) + (font.Size / 3), SKTextAlign.Center, font,
                ink);
            return;
        }

        using var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        for (var i = 0; i < picture.Width * picture.Height; i++)
        {
            picture.Pixels.AsSpan(3 * i, 3).CopyTo(pixels[(4 * i)..]);
            pixels[(4 * i) + 3] = 255;
        }

        using var image = SKImage.FromBitmap(bitmap);
        var enlarged = CellSize > picture.Width;
        canvas.DrawImage(image, target, enlarged ? new SKSamplingOptions(SKFilterMode.Nearest)
            : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
    }
}

/// <summary>One person of a picture grid.</summary>
/// <param name="Label">What stands at the left of the row.</param>
/// <param name="Cells">One picture a column; null leaves the cell empty with a dash.</param>
public sealed record PictureRow(string Label, IReadOnlyList<RgbImage?> Cells);
