namespace ForensicHeads.Detector.Tests;

/// <summary>Pictures by formula, so that every test and the NumPy reference see the same bytes.</summary>
internal static class Pictures
{
    /// <summary>The picture of tests/reference/features.py.</summary>
    public static RgbImage Formula(int n)
    {
        var image = new RgbImage(n, n);
        for (var y = 0; y < n; y++)
        {
            for (var x = 0; x < n; x++)
            {
                var red = ((37 * x) + (11 * y * y) + (5 * x * y)) % 256;
                var green = (91 + (3 * x * x) + (17 * y) + (9 * (x ^ y))) % 256;
                var blue = ((x * y * y) + (29 * x) + (101 * y)) % 256;
                var smooth = 96 + (x * 64 / n) + (y * 32 / n);
                var pixel = image[x, y];
                pixel[0] = (byte)(smooth + (red / 8));
                pixel[1] = (byte)(smooth + (green / 16));
                pixel[2] = (byte)(200 - smooth + (blue / 8));
            }
        }

        return image;
    }

    /// <summary>A smooth coloured scene with mild noise, different for each seed: the stand-in for a frame.</summary>
    public static RgbImage Scene(int n, long seed, double noise = 3)
    {
        var random = new SeededRandom(seed, "scene");
        var image = new RgbImage(n, n);
        double phase = random.Uniform(0, 6), pitch = random.Uniform(1, 3), bright = random.Uniform(90, 150);
        for (var y = 0; y < n; y++)
        {
            for (var x = 0; x < n; x++)
            {
                var wave = bright + (30 * Math.Sin(phase + (pitch * x * 6 / n))) + (30 * Math.Cos((pitch * y * 5 / n) - phase));
                for (var c = 0; c < 3; c++) image[x, y][c] = (byte)Math.Clamp(wave + (10 * c) + random.Gaussian(0, noise), 0, 255);
            }
        }

        return image;
    }

    /// <summary>Names of the hard cases that <see cref="ByKind"/> makes.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["formula", "flat", "noise", "checkerboard", "dot", "saturated"];

    /// <summary>Formula; one grey; every byte drawn; 0 and 255 in turn at every pixel; one white pixel on black; noise pushed into both
    /// ends of the scale.</summary>
    public static RgbImage ByKind(string kind, int n)
    {
        if (kind == "formula") return Formula(n);
        var random = new SeededRandom(n, kind);
        var image = new RgbImage(n, n);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var (x, y) = (i / 3 % n, i / 3 / n);
            image.Pixels[i] = (byte)(kind switch
            {
                "flat" => 77,
                "noise" => random.NextInt(256),
                "checkerboard" => (x + y) % 2 * 255,
                "dot" => (x, y) == (n / 2, n / 3) ? 255 : 0,
                _ => Math.Clamp(random.NextInt(2048) - 1024, 0, 255),
            });
        }

        return image;
    }

    /// <summary>The same picture with every byte raised.</summary>
    public static RgbImage Raise(RgbImage image, int levels) =>
        new(image.Width, image.Height, [.. image.Pixels.Select(value => (byte)Math.Min(255, value + levels))]);
}
