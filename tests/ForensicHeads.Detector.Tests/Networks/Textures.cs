using ForensicHeads.Testing;

namespace ForensicHeads.Detector.Tests.Networks;

/// <summary>Seeded textures with and without a planted trace, as stand-ins for real and generated frames.</summary>
internal static class Textures
{
    /// <summary>A scene with mild noise; where planted, even and odd pixels of a checkerboard differ by twice the strength in grey
    /// levels.</summary>
    public static RgbImage Checkered(int n, long seed, int strength)
    {
        var image = Pictures.Scene(n, seed);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var (x, y) = (i / 3 % n, i / 3 / n);
            image.Pixels[i] = (byte)Math.Clamp(image.Pixels[i] + ((x + y) % 2 == 0 ? strength : -strength), 0, 255);
        }

        return image;
    }

    /// <summary>A scene with diagonal stripes 8 pixels long at a random phase, brighter and darker by a strength in grey levels.</summary>
    public static RgbImage Striped(int n, long seed, int strength)
    {
        var image = Pictures.Scene(n, seed);
        var phase = new SeededRandom(seed, "phase").NextInt(8);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var (x, y) = (i / 3 % n, i / 3 / n);
            image.Pixels[i] = (byte)Math.Clamp(image.Pixels[i] + ((x + y + phase) / 4 % 2 == 0 ? strength : -strength), 0, 255);
        }

        return image;
    }

    /// <summary>People with frames of both classes, the generated ones with a planted checkerboard.</summary>
    public static TrainingFrame[] People(int first, int count, int size, int frames = 2, int strength = 2) =>
    [
        .. from person in Enumerable.Range(first, count)
           from frame in Enumerable.Range(0, frames)
           from generated in new[] { true, false }
           let seed = (100L * person) + (2 * frame) + (generated ? 1 : 0)
           let image = Checkered(size, seed, generated ? strength : 0)
           select new TrainingFrame { Key = $"{person}-{frame}-{generated}", Identity = $"p{person}", Origin = Origins.Of(generated),
               Image = () => image },
    ];
}
