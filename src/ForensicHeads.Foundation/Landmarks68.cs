namespace ForensicHeads.Foundation;

/// <summary>The 68 iBUG facial landmarks of one face (300-W mark-up, 0-based).</summary>
/// <remarks><c>float32[136]</c>: x0, y0, x1, y1 … in pixels, pixel centres at integers, origin at the top left. Immutable by
/// agreement.</remarks>
public sealed class Landmarks68
{
    /// <summary>Number of points.</summary>
    public const int Count = 68;

    /// <summary>Wraps (without copying) 136 coordinates.</summary>
    /// <exception cref="ArgumentException">Not exactly 136 values.</exception>
    public Landmarks68(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != 2 * Count)
        {
            throw new ArgumentException($"{values.Length} values are not 68 landmarks; x and y of 68 points make 136.", nameof(values));
        }

        Values = values;
    }

    /// <summary>x0, y0, x1, y1 … in pixels.</summary>
    public float[] Values { get; }

    /// <summary>The point with the given iBUG index, 0 … 67.</summary>
    public (float X, float Y) this[int index] => (Values[2 * index], Values[(2 * index) + 1]);

    /// <summary>Distance in pixels between the outer eye corners (36 and 45): the usual normaliser of landmark errors.</summary>
    public float OuterEyeDistance => Distance(this, 36, this, 45);

    /// <summary>Applies <c>x' = scale · x + offsetX</c> and the same for y.</summary>
    public Landmarks68 Transform(float scale, float offsetX, float offsetY)
    {
        var result = new float[2 * Count];
        for (var i = 0; i < Count; i++)
        {
            result[2 * i] = (scale * Values[2 * i]) + offsetX;
            result[(2 * i) + 1] = (scale * Values[(2 * i) + 1]) + offsetY;
        }

        return new Landmarks68(result);
    }

    /// <summary>
    /// Moves the points with a picture resized from <paramref name="from"/> to <paramref name="to"/> pixels a side.
    /// Pixel centres at integers: <c>x' = (x + 0.5) · to / from − 0.5</c>.
    /// </summary>
    public Landmarks68 Resize(int from, int to)
    {
        var scale = (float)to / from;
        return Transform(scale, (0.5f * scale) - 0.5f, (0.5f * scale) - 0.5f);
    }

    /// <summary>Euclidean distance in pixels between point <paramref name="i"/> of one face and point <paramref name="j"/> of
    /// another.</summary>
    public static float Distance(Landmarks68 a, int i, Landmarks68 b, int j)
    {
        var (ax, ay) = a[i];
        var (bx, by) = b[j];
        return MathF.Sqrt(((ax - bx) * (ax - bx)) + ((ay - by) * (ay - by)));
    }
}
