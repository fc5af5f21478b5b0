namespace ForensicHeads.Generator.Baselines;

/// <summary>One channel of a picture, or a mask, in floating point: <c>float32[Height × Width]</c>, row by row.</summary>
internal sealed class FloatPlane(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public float[] Values { get; } = new float[width * height];

    public float this[int x, int y]
    {
        get => Values[(y * Width) + x];
        set => Values[(y * Width) + x] = value;
    }

    /// <summary>A plane made pixel by pixel.</summary>
    public static FloatPlane Of(int width, int height, Func<int, int, float> value)
    {
        var result = new FloatPlane(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) result[x, y] = value(x, y);
        return result;
    }

    /// <summary>The value between pixels, bilinear; what lies outside is continued by the edge.</summary>
    public float Sample(double x, double y)
    {
        x = Math.Clamp(x, 0, Width - 1);
        y = Math.Clamp(y, 0, Height - 1);
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, Width - 1), Math.Min(top + 1, Height - 1));
        var (fx, fy) = ((float)(x - left), (float)(y - top));
        var upper = ((1 - fx) * this[left, top]) + (fx * this[right, top]);
        var lower = ((1 - fx) * this[left, bottom]) + (fx * this[right, bottom]);
        return ((1 - fy) * upper) + (fy * lower);
    }

    /// <summary>Another size, bilinear, with the corners of the pictures (not of their pixels' centres) on each other.</summary>
    public FloatPlane Resize(int width, int height) =>
        Of(width, height, (x, y) => Sample(((x + 0.5) * Width / width) - 0.5, ((y + 0.5) * Height / height) - 0.5));

    /// <summary>A Gaussian window of odd size, cut off at its ends; the picture is mirrored at its edge pixels.</summary>
    public FloatPlane Blur(int size, double sigma)
    {
        var half = size / 2;
        var weights = Enumerable.Range(-half, size).Select(i => Math.Exp(-i * i / (2 * sigma * sigma))).ToArray();
        var total = weights.Sum();
        var window = Array.ConvertAll(weights, weight => (float)(weight / total));
        var (rows, result) = (new FloatPlane(Width, Height), new FloatPlane(Width, Height));
        for (var y = 0; y < Height; y++) Line(Values, rows.Values, y * Width, 1, Width, window);
        for (var x = 0; x < Width; x++) Line(rows.Values, result.Values, x, Width, Height, window);
        return result;
    }

    private static void Line(float[] from, float[] to, int start, int step, int count, float[] window)
    {
        var half = window.Length / 2;
        var padded = new float[count + (2 * half)];
        for (var i = 0; i < padded.Length; i++) padded[i] = from[start + (step * Mirror(i - half, count))];
        for (var i = 0; i < count; i++)
        {
            var sum = 0f;
            for (var w = 0; w < window.Length; w++) sum += window[w] * padded[i + w];
            to[start + (step * i)] = sum;
        }
    }

    private static int Mirror(int at, int count)
    {
        if (count == 1) return 0;
        while (at < 0 || at >= count) at = at < 0 ? -at : (2 * (count - 1)) - at;
        return at;
    }
}
