namespace ForensicHeads.Generator.Faces;

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
    public static int Nearest(IReadOnlyList<float[]> gallery, float[] query) => Enumerable.Range(0, gallery.Count).MaxBy(i => Cosine(gallery[i], query));

    /// <summary>Cosine of the angle between two unit vectors.</summary>
    public static double Cosine(float[] a, float[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }
}
