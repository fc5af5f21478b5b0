using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>Distant light as second-order spherical harmonics (Ramamoorthi and Hanrahan 2001), kept as its lamps for exact
/// evaluation.</summary>
internal sealed class Light
{
    private readonly Vector3[] colours = new Vector3[10];

    public Light(SeededRandom random)
    {
        var side = random.Chance(0.5) ? 1 : -1;
        Key = Vector3.Normalize(new Vector3((float)(side * random.Uniform(0.1, 1.1)), (float)random.Uniform(0.2, 1.0), 1));
        var warm = (float)random.Uniform(-0.14, 0.14);
        var key = new Vector3(1 + warm, 1, 1 - warm) * (float)random.Uniform(0.72, 1.05);
        var fill = new Vector3(1 - warm, 1, 1 + warm) * (float)random.Uniform(0.18, 0.5);
        Ambient = new Vector3(1 - (0.6f * warm), 1, 1 + (0.6f * warm)) * (float)random.Uniform(0.20, 0.34);
        KeyColour = key;
        colours[0] = Ambient;
        Add(Key, key);
        Add(Vector3.Normalize(new Vector3((float)(-side * random.Uniform(0.6, 1.4)), (float)random.Uniform(-0.2, 0.5),
            (float)random.Uniform(0.1, 0.9))), fill);
        Add(Vector3.Normalize(new Vector3((float)random.Uniform(-0.4, 0.4), 1, 0.2f)), new Vector3((float)random.Uniform(0.1, 0.25)));
        Add(Vector3.Normalize(new Vector3((float)(-side * 1.2), 0.3f, -0.7f)), fill * (float)random.Uniform(0.2, 1.3));
    }

    /// <summary>Direction towards the strongest lamp.</summary>
    public Vector3 Key { get; }

    public Vector3 KeyColour { get; }

    public Vector3 Ambient { get; }

    /// <summary>Irradiance over π for a unit normal.</summary>
    public Vector3 At(Vector3 n) => Vector3.Max(Sum(n), Ambient * 0.35f);

    /// <summary>Irradiance over π where the strongest lamp has an edge to its light and may be shaded.</summary>
    /// <param name="n">Unit normal.</param>
    /// <param name="open">How much of the strongest lamp arrives, 0 … 1.</param>
    /// <param name="under">How far light creeps round below the surface, per colour: 0 for stone.</param>
    public Vector3 At(Vector3 n, float open, Vector3 under)
    {
        var facing = Vector3.Dot(n, Key);
        var rest = 0.78f * Vector3.Max(Sum(n) - (KeyColour * Lamp(facing)), Ambient * 0.45f);
        var lit = Vector3.Max((new Vector3(facing) + under) / (Vector3.One + under), Vector3.Zero);
        // Shadows have red edges where light spreads below the surface.
        var arriving = Vector3.Lerp(new Vector3(open * open * (3 - (2 * open))), new Vector3(open), Vector3.Min(under * 2, Vector3.One));
        return rest + (KeyColour * 1.18f * lit * arriving);
    }

    private Vector3 Sum(Vector3 n) => colours[0] + (colours[1] * n.X) + (colours[2] * n.Y) + (colours[3] * n.Z)
        + (colours[4] * (n.X * n.X)) + (colours[5] * (n.Y * n.Y)) + (colours[6] * (n.Z * n.Z))
        + (colours[7] * (n.X * n.Y)) + (colours[8] * (n.Y * n.Z)) + (colours[9] * (n.X * n.Z));

    // What the sum holds of a lamp.
    private static float Lamp(float facing) => 0.25f - (5f / 32f) + (0.5f * facing) + (15f / 32f * facing * facing);

    // A lamp in direction d has irradiance 1/4 + d·n/2 + 5/16 (3 (d·n)² − 1)/2 up to second order.
    private void Add(Vector3 d, Vector3 colour)
    {
        const float Quadratic = 15f / 32f;
        colours[0] += colour * (0.25f - (5f / 32f));
        colours[1] += colour * (0.5f * d.X);
        colours[2] += colour * (0.5f * d.Y);
        colours[3] += colour * (0.5f * d.Z);
        colours[4] += colour * (Quadratic * d.X * d.X);
        colours[5] += colour * (Quadratic * d.Y * d.Y);
        colours[6] += colour * (Quadratic * d.Z * d.Z);
        colours[7] += colour * (2 * Quadratic * d.X * d.Y);
        colours[8] += colour * (2 * Quadratic * d.Y * d.Z);
        colours[9] += colour * (2 * Quadratic * d.X * d.Z);
    }
}
