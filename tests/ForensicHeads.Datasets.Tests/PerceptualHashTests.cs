namespace ForensicHeads.Datasets.Tests;

public class PerceptualHashTests
{
    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(20)]
    public void It_is_the_definition_worked_out_slowly(int size)
    {
        var image = TestStores.Picture("golden", size);
        Assert.Equal(Slow(image), PerceptualHash.Of(image));
    }

    [Fact]
    public void Noise_and_brightness_stay_near_and_another_picture_does_not()
    {
        var image = Smooth(1);
        var noisy = image.Clone();
        var random = new SeededRandom(3, "noise");
        for (var i = 0; i < noisy.Pixels.Length; i++) noisy.Pixels[i] =
            (byte)Math.Clamp(noisy.Pixels[i] + (int)random.Gaussian(8, 2), 0, 255);
        Assert.InRange(PerceptualHash.Distance(PerceptualHash.Of(image), PerceptualHash.Of(noisy)), 0, 4);
        Assert.InRange(PerceptualHash.Distance(PerceptualHash.Of(image), PerceptualHash.Of(Smooth(2))), 12, 64);
    }

    [Fact]
    public void All_flat_pictures_have_one_hash()
    {
        var grey = new RgbImage(50, 50);
        Array.Fill(grey.Pixels, (byte)77);
        var white = new RgbImage(64, 64);
        Array.Fill(white.Pixels, (byte)255);
        Assert.Equal(1UL << 63, PerceptualHash.Of(grey));
        Assert.Equal(1UL << 63, PerceptualHash.Of(white));
    }

    [Fact]
    public void Distance_counts_bits() => Assert.Equal(3, PerceptualHash.Distance(0b1011, (1UL << 63) | 0b0001));

    /// <summary>By supersampling: every pixel is cut so finely that no piece crosses a cell, then the double sum of the DCT as
    /// written.</summary>
    private static ulong Slow(RgbImage image)
    {
        var cells = new double[32, 32];
        var pieces = image.Width * 32;
        for (var y = 0; y < pieces; y++)
        {
            for (var x = 0; x < pieces; x++)
            {
                var pixel = image[x / 32, y / 32];
                cells[y / image.Width, x / image.Width] += ((0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]))
                    / ((double)image.Width * image.Width);
            }
        }

        var coefficients = new List<double>();
        for (var v = 0; v < 8; v++)
        {
            for (var u = 0; u < 8; u++)
            {
                double sum = 0;
                for (var y = 0; y < 32; y++)
                {
                    for (var x = 0; x < 32; x++) sum += cells[y, x] * Math.Cos(Math.PI * v * (y + 0.5) / 32) * Math.Cos(
                        Math.PI * u * (x + 0.5) / 32);
                }

                coefficients.Add(sum);
            }
        }

        var sorted = coefficients.Order().ToArray();
        var median = (sorted[31] + sorted[32]) / 2;
        return coefficients.Aggregate(0UL, (hash, c) => (hash << 1) | (c > median ? 1UL : 0UL));
    }

    private static RgbImage Smooth(int seed)
    {
        var random = new SeededRandom(seed, "smooth");
        var waves = Enumerable.Range(0, 40)
            .Select(_ => (X: random.NextInt(8), Y: random.NextInt(8), Phase: random.Uniform(0, 6), Size: random.Uniform(2, 8))).ToArray();
        var image = new RgbImage(64, 64);
        for (var y = 0; y < 64; y++)
        {
            for (var x = 0; x < 64; x++)
            {
                var value = 120
                    + waves.Sum(w => w.Size * Math.Cos((Math.PI * w.X * x / 64) + w.Phase) * Math.Cos((Math.PI * w.Y * y / 64) + w.Phase));
                image[x, y].Fill((byte)Math.Clamp(value, 0, 255));
            }
        }

        return image;
    }
}
