using System.Globalization;

namespace ForensicHeads.Media.Tests.Decode;

/// <summary>A picture of known colours, a circle and a grid, lopsided every way, and how far another picture is from it.</summary>
internal static class ReferencePicture
{
    internal const int Width = 480;
    internal const int Height = 360;
    private const int Grey = 110;
    private const int White = 235;
    private const int Dark = 25;
    private const int Radius = 70;
    private const int CentreX = 360;
    private const int CentreY = 260;

    private static readonly (byte R, byte G, byte B)[] Colours =
    [
        (168, 120, 107), (224, 172, 140), (90, 60, 45), (30, 30, 30), (128, 128, 128), (200, 200, 200),
        (180, 40, 40), (60, 150, 70), (50, 60, 170), (200, 190, 60), (60, 170, 180), (170, 70, 160),
    ];

    private static readonly int[] Lines = [40, 80, 120, 160, 200];

    /// <summary>The picture.</summary>
    internal static RgbImage Draw()
    {
        var image = new RgbImage(Width, Height);
        image.Pixels.AsSpan().Fill(Grey);
        for (var i = 0; i < Colours.Length; i++)
        {
            var (left, top) = Place(i);
            for (var y = 0; y < 60; y++)
                for (var x = 0; x < 60; x++)
                    (image[left + x, top + y][0], image[left + x, top + y][1], image[left + x, top + y][2]) = Colours[i];
        }

        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                // A pixel wide edge, so that the size can be told to a part of a pixel.
                var edge = Math.Clamp(Radius + 0.5 - Math.Sqrt(Math.Pow(x - CentreX, 2) + Math.Pow(y - CentreY, 2)), 0, 1);
                if (edge > 0) image[x, y].Fill((byte)Math.Round(Grey + ((White - Grey) * edge)));
            }

        foreach (var line in Lines)
            for (var k = 0; k < 4; k++)
            {
                for (var y = 185; y < 345; y++) image[line + k, y].Fill(Dark);
                for (var x = 30; x < 215; x++) image[x, 150 + line - 5 + k].Fill(Dark);
            }

        return image;
    }

    /// <summary>Largest error of a patch in grey levels, and of the shape (circle, grid) in per cent.</summary>
    internal static (double Levels, double Shape) Compare(RgbImage image)
    {
        if (image.Width != Width || image.Height != Height) return (255, 100);
        var levels = 0.0;
        for (var i = 0; i < Colours.Length; i++)
        {
            var (left, top) = Place(i);
            var (r, g, b) = Colours[i];
            levels = new[] { (0, r), (1, g), (2, b) }.Max(channel =>
                Math.Max(levels, Math.Abs(Mean(image, left + 18, top + 18, channel.Item1) - channel.Item2)));
        }

        // By the picture's own white and grey: the colours have their own measure.
        var (white, grey) = (image[CentreX, CentreY][1], image[CentreX - 90, CentreY][1]);
        double Share(byte value) => Math.Clamp((value - grey) / (double)Math.Max(1, white - grey), 0, 1);
        var across = Enumerable.Range(CentreX - 100, 200).Sum(x => Share(image[x, CentreY][1]));
        var down = Enumerable.Range(CentreY - 95, 190).Sum(y => Share(image[CentreX, y][1]));
        var shape = Math.Max(Math.Abs((across / down) - 1), Math.Abs((across / (2 * Radius)) - 1));
        foreach (var line in Lines)
        {
            shape = Math.Max(shape, Math.Abs(Centroid(k => image[line - 8 + k, 205][1]) - 9.5) / Width);
            shape = Math.Max(shape, Math.Abs(Centroid(k => image[34, 150 + line - 13 + k][1]) - 9.5) / Height);
        }

        return (levels, 100 * shape);
    }

    /// <summary>Asserts both and prints a row of the table.</summary>
    internal static void Assert(string what, RgbImage image, double levels, double shape)
    {
        var found = Compare(image);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {found.Levels:0.0} | {found.Shape:0.00} |"));
        Xunit.Assert.True(found.Levels <= levels && found.Shape <= shape, string.Create(CultureInfo.InvariantCulture,
            $"{what}: {image.Width}×{image.Height}, colours are off by {found.Levels:0.0} levels (at most {levels}), ")
            + string.Create(CultureInfo.InvariantCulture, $"shapes by {found.Shape:0.00} % (at most {shape})"));
    }

    private static (int Left, int Top) Place(int i) => (20 + (75 * (i % 6)), 15 + (70 * (i / 6)));

    private static double Mean(RgbImage image, int left, int top, int channel)
    {
        double sum = 0;
        for (var y = 0; y < 24; y++) for (var x = 0; x < 24; x++) sum += image[left + x, top + y][channel];
        return sum / (24 * 24);
    }

    // Row 205 and column 34 lie where lines of one direction alone run.
    private static double Centroid(Func<int, byte> value)
    {
        var weights = Enumerable.Range(0, 20).Select(k => Math.Max(0.0, Grey - 10 - value(k))).ToArray();
        return weights.Select((weight, k) => weight * k).Sum() / Math.Max(1e-9, weights.Sum());
    }
}
