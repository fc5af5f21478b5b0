namespace ForensicHeads.Datasets.Procedural;

/// <summary>The steps of a camera on interleaved float samples in 8-bit levels.</summary>
internal static class Sensor
{
    /// <summary>Separable Gaussian blur, edges repeated.</summary>
    public static float[] Blur(RgbImage image, double sigma)
    {
        var source = Array.ConvertAll(image.Pixels, value => (float)value);
        if (sigma <= 0) return source;
        var radius = (int)Math.Ceiling(3 * sigma);
        var kernel = Enumerable.Range(-radius, (2 * radius) + 1).Select(k => Math.Exp(-k * k / (2 * sigma * sigma))).ToArray();
        var sum = kernel.Sum();
        var weights = Array.ConvertAll(kernel, value => (float)(value / sum));
        var across = new float[source.Length];
        Pass(source, across, image.Width, image.Height, 3, image.Width * 3, weights);
        Pass(across, source, image.Height, image.Width, image.Width * 3, 3, weights);
        return source;
    }

    /// <summary>Fixed gain pattern, shot and read noise.</summary>
    public static void AddNoise(float[] samples, CameraModel camera, SeededRandom pattern, SeededRandom frame)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var level = samples[i] * (1 + (camera.FixedPattern * pattern.Gaussian()));
            var variance = (camera.ReadNoise * camera.ReadNoise) + (camera.ShotNoise * camera.ShotNoise * Math.Max(0, level) / 255);
            samples[i] = (float)(level + (Math.Sqrt(variance) * frame.Gaussian()));
        }
    }

    /// <summary>Keeps one colour a pixel (RGGB) and interpolates the others from the neighbours that have them.</summary>
    public static float[] Demosaic(float[] samples, int width, int height)
    {
        var result = new float[samples.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var c = 0; c < 3; c++) result[(((y * width) + x) * 3) + c] = Interpolate(samples, width, height, x, y, c);
            }
        }

        return result;
    }

    private static float Interpolate(float[] samples, int width, int height, int x, int y, int colour)
    {
        if (ColourAt(x, y) == colour) return samples[(((y * width) + x) * 3) + colour];
        var sum = 0f;
        var count = 0;
        for (var j = Math.Max(0, y - 1); j <= Math.Min(height - 1, y + 1); j++)
        {
            for (var i = Math.Max(0, x - 1); i <= Math.Min(width - 1, x + 1); i++)
            {
                if (ColourAt(i, j) != colour) continue;
                sum += samples[(((j * width) + i) * 3) + colour];
                count++;
            }
        }

        return count > 0 ? sum / count : samples[(((y * width) + x) * 3) + colour];
    }

    private static int ColourAt(int x, int y) => (x & 1) + (y & 1);

    private static void Pass(float[] from, float[] to, int length, int lines, int step, int lineStep, float[] weights)
    {
        var radius = weights.Length / 2;
        for (var line = 0; line < lines; line++)
        {
            for (var i = 0; i < length; i++)
            {
                for (var c = 0; c < 3; c++)
                {
                    var sum = 0f;
                    for (var k = -radius; k <= radius; k++) sum += weights[k + radius]
                        * from[(line * lineStep) + (Math.Clamp(i + k, 0, length - 1) * step) + c];
                    to[(line * lineStep) + (i * step) + c] = sum;
                }
            }
        }
    }
}
