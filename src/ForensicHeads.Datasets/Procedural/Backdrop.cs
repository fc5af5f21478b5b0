using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>A room out of focus: a gradient wall, soft furniture, and sometimes points of light.</summary>
internal static class Backdrop
{
    public static Texture Create(SeededRandom random)
    {
        Vector3 Colour(double low, double high)
        {
            var grey = (float)random.Uniform(low, high);
            return Vector3
                .Clamp(new Vector3((float)random.Gaussian(1, 0.22), (float)random.Gaussian(1, 0.13), (float)random.Gaussian(1, 0.24))
                * grey, new Vector3(0.008f), new Vector3(0.9f));
        }

        var bright = random.Uniform(0.08, 0.5);
        var (left, right, low) = (Colour(bright * 0.6, bright * 1.3), Colour(bright * 0.6, bright * 1.3), (float)random.Uniform(0.55, 1));
        var blur = (float)random.Uniform(0.015, 0.07);
        var boxes = Enumerable.Range(0, random.NextInt(7))
            .Select(_ =>
                (X: (float)random.NextDouble(), Y: (float)random.NextDouble(), W: (float)random.Uniform(0.05, 0.28),
            H: (float)random.Uniform(0.08, 0.5), Colour: Colour(0.03, 0.55))).ToArray();
        var lamps = Enumerable.Range(0, random.Chance(0.35) ? 4 + random.NextInt(10) : 0)
            .Select(_ =>
                (X: (float)random.NextDouble(), Y: (float)random.Uniform(0, 0.75), R: (float)random.Uniform(0.018, 0.06),
            Colour: Colour(0.2, 0.8))).ToArray();
        var seed = (uint)random.NextBits();
        return new Texture(160, 160, (u, v) =>
        {
            var colour = Vector3.Lerp(left, right, Noise.Step(0, 1, u)) * float.Lerp(1, low, v);
            foreach (var box in boxes)
            {
                var inside = Noise.Step(box.W + blur, box.W - blur, MathF.Abs(u - box.X)) * Noise.Step(
                    box.H + blur, box.H - blur, MathF.Abs(v - box.Y));
                colour = Vector3.Lerp(colour, box.Colour, inside * 0.85f);
            }

            foreach (var lamp in lamps)
            {
                var distance = MathF.Sqrt(((u - lamp.X) * (u - lamp.X)) + ((v - lamp.Y) * (v - lamp.Y)));
                colour += lamp.Colour
                    * (0.5f * Noise.Step(lamp.R + 0.008f, lamp.R - 0.008f, distance) * (0.75f + (0.25f * distance / lamp.R)));
            }

            return Noise.Opaque(colour * (1 + (0.06f * Noise.Plane(seed, u * 4, v * 4))));
        });
    }
}
