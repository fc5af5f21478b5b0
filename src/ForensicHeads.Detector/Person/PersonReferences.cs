namespace ForensicHeads.Detector.Person;

/// <summary>Pictures that a defender holds of a person, as identity vectors: how like them a face is, and how like each other they
/// are.</summary>
public sealed class PersonReferences
{
    // Of many references the most alike ones count: the others may show another light or pose.
    private const int Nearest = 3;

    private readonly float[][] vectors;

    /// <summary>Takes the vectors over.</summary>
    /// <param name="vectors">R unit vectors, R from 1, all of one length and one network.</param>
    public PersonReferences(IReadOnlyList<float[]> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentOutOfRangeException.ThrowIfZero(vectors.Count, nameof(vectors));
        this.vectors = [.. vectors];
        if (vectors.Count > 1)
        {
            double[] own = [.. Enumerable.Range(0, vectors.Count).Select(i => Alike(vectors[i], skip: i))];
            Spread = new ReferenceSpread(own.Average(), Math.Sqrt(own.Average(value => Math.Pow(value - own.Average(), 2))));
        }
    }

    /// <summary>R.</summary>
    public int Count => vectors.Length;

    /// <summary>How alike the references are: each against the others; null for a single one.</summary>
    public ReferenceSpread? Spread { get; }

    /// <summary>c: the mean of the largest min(3, R) cosines to the references, −1 … 1.</summary>
    /// <param name="vector">A unit vector of the same network.</param>
    public double Alike(float[] vector) => Alike(vector, skip: -1);

    private double Alike(float[] vector, int skip)
    {
        var (top, found) = (new double[Nearest], 0);
        for (var r = 0; r < vectors.Length; r++)
        {
            if (r == skip) continue;
            var cosine = Cosine(vector, vectors[r]);
            var place = Math.Min(found, Nearest);
            while (place > 0 && top[place - 1] < cosine) place--;
            if (place < Nearest)
            {
                for (var i = Nearest - 1; i > place; i--) top[i] = top[i - 1];
                top[place] = cosine;
            }

            found++;
        }

        return top.Take(Math.Min(found, Nearest)).Average();
    }

    private static double Cosine(float[] a, float[] b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"A vector of {a.Length} values does not fit one of {b.Length}.", nameof(a));
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }
}

/// <summary>Mean and deviation of cosines among references of one person.</summary>
/// <param name="Mean">μ, −1 … 1.</param>
/// <param name="Deviation">σ, dividing by n.</param>
public sealed record ReferenceSpread(double Mean, double Deviation)
{
    // How many references the people at large count for beside the person's own.
    private const double Weight = 4;

    // No set of references is as alike as its cosines round: a smaller deviation would make any face a stranger's.
    private const double LeastDeviation = 0.01;

    /// <summary>The mean spread of people at large; of people with one reference each it cannot be told.</summary>
    /// <exception cref="UserErrorException">Nobody has two references.</exception>
    public static ReferenceSpread Of(IEnumerable<PersonReferences> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        ReferenceSpread[] own = [.. people.Select(person => person.Spread).OfType<ReferenceSpread>()];
        return own.Length > 0 ? new ReferenceSpread(own.Average(one => one.Mean), own.Average(one => one.Deviation))
            : throw new UserErrorException(
                "How alike pictures of one person are cannot be told: nobody among the validation people has two references. Use a store "
                + "with more frames a person.");
    }

    /// <summary>A person's own spread, drawn towards that of people at large: one reference alone takes theirs.</summary>
    /// <param name="person">The person.</param>
    /// <param name="weight">How many references the people at large count for.</param>
    public ReferenceSpread For(PersonReferences person, double weight = Weight)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (person.Spread is not { } own) return this;
        var share = (person.Count - 1) / (person.Count - 1 + weight);
        return new ReferenceSpread((share * own.Mean) + ((1 - share) * Mean), (share * own.Deviation) + ((1 - share) * Deviation));
    }

    /// <summary>The score of a frame: how far below the references' own likeness it is, in their deviations. Higher is more likely not the
    /// person. A video's is the mean over its frames.</summary>
    /// <param name="alike">c of the frame.</param>
    public double Score(double alike) => (Mean - alike) / Math.Max(Deviation, LeastDeviation);
}
