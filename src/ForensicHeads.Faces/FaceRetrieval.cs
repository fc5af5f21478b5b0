namespace ForensicHeads.Faces;

/// <summary>Finding a person in a gallery of unit vectors.</summary>
public static class FaceRetrieval
{
    /// <summary>The unit vector in the direction of the mean: one gallery entry from several frames.</summary>
    /// <param name="vectors">Unit vectors of one length; at least one.</param>
    public static float[] Mean(IReadOnlyList<float[]> vectors)
    {
        var sum = new double[vectors[0].Length];
        foreach (var vector in vectors)
        {
            for (var i = 0; i < sum.Length; i++) sum[i] += vector[i];
        }

        var length = Math.Sqrt(sum.Sum(value => value * value));
        return Array.ConvertAll(sum, value => (float)(value / Math.Max(length, 1e-12)));
    }

    /// <summary>Index of the gallery entry with the highest cosine; the first of equals.</summary>
    public static int Nearest(IReadOnlyList<float[]> gallery, float[] query) =>
        Enumerable.Range(0, gallery.Count).MaxBy(i => Cosine(gallery[i], query));

    /// <summary>Cosine of the angle between two vectors of one length, −1 … 1; 0 for a vector of no length.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Cosine(float[] a, float[] b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"Vectors of {a.Length} and {b.Length} values cannot be compared.",
            nameof(b));
        double dot = 0, first = 0, second = 0;
        for (var k = 0; k < a.Length; k++) (dot, first, second) =
            (dot + ((double)a[k] * b[k]), first + ((double)a[k] * a[k]), second + ((double)b[k] * b[k]));
        return dot / Math.Sqrt(Math.Max(first * second, 1e-30));
    }
}
