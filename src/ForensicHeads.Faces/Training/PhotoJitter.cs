namespace ForensicHeads.Faces.Training;

/// <summary>What cameras and generators do to a frame: light, colour, contrast, blur and noise, drawn at random.</summary>
internal static class PhotoJitter
{
    private const double MostBlur = 1.6;

    // Of frames of that many pixels a side; of larger ones so many times more.
    private const double BlurredSide = 64;
    private const double MostNoise = 9;

    /// <summary>A changed copy.</summary>
    public static RgbImage Apply(RgbImage image, SeededRandom random)
    {
        var values = Array.ConvertAll(image.Pixels, pixel => (float)pixel);
        var (contrast, light) = (random.Uniform(0.8, 1.2), random.Uniform(-15, 15));
        Span<float> gains =
            [(float)(contrast * random.Uniform(0.93, 1.07)), (float)(contrast * random.Uniform(0.93, 1.07)),
            (float)(contrast * random.Uniform(0.93, 1.07))];
        for (var i = 0; i < values.Length; i++) values[i] = ((values[i] - 128) * gains[i % 3]) + 128 + (float)light;
        if (random.Chance(0.5))
            values = Blurred(values, image.Width, image.Height, random.Uniform(0.3, MostBlur) * image.Width / BlurredSide);
        if (random.Chance(0.4))
        {
            var noise = random.Uniform(1, MostNoise);
            foreach (ref var value in values.AsSpan()) value += (float)random.Gaussian(0, noise);
        }

        return ToImage(values, image.Width, image.Height);
    }

    /// <summary>A copy blurred by a Gaussian of that deviation in pixels; edges are repeated.</summary>
    public static RgbImage Blur(RgbImage image, double sigma) =>
        ToImage(Blurred(Array.ConvertAll(image.Pixels, pixel => (float)pixel), image.Width, image.Height, sigma), image.Width,
        image.Height);

    private static RgbImage ToImage(float[] values, int width, int height) =>
        new(width, height, Array.ConvertAll(values, value => (byte)Math.Clamp(value + 0.5f, 0, 255)));

    private static float[] Blurred(float[] values, int width, int height, double sigma)
    {
        var radius = (int)Math.Ceiling(2.5 * sigma);
        var kernel = Enumerable.Range(-radius, (2 * radius) + 1).Select(i => Math.Exp(-i * i / (2 * sigma * sigma))).ToArray();
        var sum = kernel.Sum();
        var weights = Array.ConvertAll(kernel, value => (float)(value / sum));
        return Along(Along(values, width, height, weights, horizontal: true), width, height, weights, horizontal: false);
    }

    private static float[] Along(float[] values, int width, int height, float[] weights, bool horizontal)
    {
        var (radius, result) = (weights.Length / 2, new float[values.Length]);
        var (row, length) = (3 * width, horizontal ? width : height);
        for (var k = -radius; k <= radius; k++)
        {
            var weight = weights[k + radius];
            for (var place = 0; place < length; place++)
            {
                var from = Math.Clamp(place + k, 0, length - 1);
                if (!horizontal)
                {
                    // A whole row at a time.
                    var target = result.AsSpan(place * row, row);
                    var source = values.AsSpan(from * row, row);
                    for (var i = 0; i < target.Length; i++) target[i] += weight * source[i];
                    continue;
                }

                for (var y = 0; y < height; y++)
                {
                    var (target, source) = ((y * row) + (3 * place), (y * row) + (3 * from));
                    result[target] += weight * values[source];
                    result[target + 1] += weight * values[source + 1];
                    result[target + 2] += weight * values[source + 2];
                }
            }
        }

        return result;
    }
}
