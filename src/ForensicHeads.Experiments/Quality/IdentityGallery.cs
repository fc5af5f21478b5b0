namespace ForensicHeads.Experiments.Quality;

/// <summary>One mean identity vector a person, to compare frames with and to look people up in.</summary>
public sealed class IdentityGallery
{
    private readonly Dictionary<string, double[]> people;

    /// <summary>Averages each person's vectors and scales the means to length 1.</summary>
    /// <param name="vectors">Identity vectors of true frames by person; people without any are left out.</param>
    public IdentityGallery(IReadOnlyDictionary<string, IReadOnlyList<float[]>> vectors) =>
        people = vectors.Where(person => person.Value.Count > 0)
            .ToDictionary(person => person.Key, person => Unit(Mean(person.Value)), StringComparer.Ordinal);

    /// <summary>Number of people who can be found.</summary>
    public int Count => people.Count;

    /// <summary>Whether a person can be found at all.</summary>
    public bool Holds(string person) => people.ContainsKey(person);

    /// <summary>Cosine between a frame's vector and the person's mean vector, −1 … 1; null for a person who is not in the
    /// gallery.</summary>
    public double? Similarity(string person, float[] vector) => people.TryGetValue(person, out var mean) ? Cosine(mean, vector) : null;

    /// <summary>Whether the person is nearer to the frame's vector than anybody else; a tie is a miss. Null for a person who is not in the
    /// gallery.</summary>
    public bool? Finds(string person, float[] vector) =>
        Similarity(person, vector) is { } own ? people.All(other => other.Key == person || Cosine(other.Value, vector) < own) : null;

    private static double Cosine(double[] unit, float[] vector)
    {
        if (unit.Length != vector.Length) throw new ArgumentException(
            $"A vector of {vector.Length} values cannot be compared with vectors of {unit.Length}; take both from one network.",
            nameof(vector));
        var (dot, square) = (0.0, 0.0);
        for (var i = 0; i < unit.Length; i++)
        {
            dot += unit[i] * vector[i];
            square += (double)vector[i] * vector[i];
        }

        return square > 0 ? dot / Math.Sqrt(square) : 0;
    }

    private static double[] Mean(IReadOnlyList<float[]> vectors)
    {
        var mean = new double[vectors[0].Length];
        foreach (var vector in vectors)
            for (var i = 0; i < mean.Length; i++) mean[i] += (double)vector[i] / vectors.Count;
        return mean;
    }

    private static double[] Unit(double[] vector)
    {
        var length = Math.Sqrt(vector.Sum(value => value * value));
        return length > 0 ? Array.ConvertAll(vector, value => value / length) : vector;
    }
}
