using System.Numerics;

namespace ForensicHeads.Statistics;

/// <summary>Feature vectors of the frames of several people, and the kernel summed over every pair of people: all that KID needs to leave
/// one out.</summary>
public sealed class FeatureSet
{
    private readonly double[][][] people;
    private readonly Lazy<double[,]> within;

    /// <summary>Takes the vectors of each person; all of one length.</summary>
    /// <param name="people"><c>float32[frames][d]</c> for each person.</param>
    /// <exception cref="ArgumentException">Vectors of different lengths, or of length 0.</exception>
    public FeatureSet(IReadOnlyList<IReadOnlyList<float[]>> people)
    {
        var lengths = people.SelectMany(person => person).Select(vector => vector.Length).Distinct().Order().ToArray();
        if (lengths.Length > 1 || lengths is [0])
            throw new ArgumentException(
                $"Feature vectors of {string.Join(" and ", lengths)} values cannot be compared; take them all from one layer of one "
                + "network.", nameof(people));
        this.people = [.. people.Select(person => person.Select(vector => Array.ConvertAll(vector, value => (double)value)).ToArray())];
        Counts = [.. people.Select(person => person.Count)];
        Dimension = lengths.FirstOrDefault();
        within = new Lazy<double[,]>(() => Sums(this, this, own: false));
    }

    /// <summary>Length of a vector; 0 without any.</summary>
    public int Dimension { get; }

    /// <summary>Frames of each person.</summary>
    public IReadOnlyList<int> Counts { get; }

    /// <summary>The vectors of each person.</summary>
    internal IReadOnlyList<IReadOnlyList<double[]>> People => people;

    /// <summary>Kernel sums between the people of this set; a frame is not paired with itself.</summary>
    internal double[,] Within => within.Value;

    /// <summary>Frames of all but one person, or of everybody.</summary>
    internal double Frames(int? without) => Counts.Sum() - (without is { } person ? Counts[person] : 0);

    /// <exception cref="ArgumentException">The sets have other numbers of people, or vectors of other lengths.</exception>
    internal static void RequireAlike(FeatureSet truth, FeatureSet made)
    {
        if (truth.Counts.Count != made.Counts.Count) throw new ArgumentException(
            $"{truth.Counts.Count} people cannot be set against {made.Counts.Count}; give both sets the same people in the same order.",
            nameof(made));
        if (truth.Dimension != made.Dimension) throw new ArgumentException(
            $"Vectors of {truth.Dimension} values cannot be compared with vectors of {made.Dimension}; take both from one layer of one "
            + "network.", nameof(made));
    }

    /// <summary>Kernel sums between the people of two sets, every frame of one with every frame of the other, but where frame i of a person
    /// belongs to frame i of the same person: those pairs are left out.</summary>
    /// <param name="first">One set.</param>
    /// <param name="second">The other.</param>
    /// <param name="paired">Frame i of a person belongs to frame i of the same person.</param>
    internal static double[,] Between(FeatureSet first, FeatureSet second, bool paired) => Sums(first, second, own: !paired);

    // With own, frame i of a person is also set against frame i of the same person.
    private static double[,] Sums(FeatureSet first, FeatureSet second, bool own)
    {
        var same = ReferenceEquals(first, second);
        var sums = new double[first.people.Length, second.people.Length];
        Parallel.For(0, first.people.Length, p =>
        {
            for (var q = same ? p : 0; q < second.people.Length; q++)
            {
                var (a, b) = (first.people[p], second.people[q]);
                var sum = 0.0;
                for (var i = 0; i < a.Length; i++)
                {
                    for (var j = 0; j < b.Length; j++)
                        if (own || p != q || i != j) sum += Kernel(a[i], b[j]);
                }

                sums[p, q] = sum;
                if (same) sums[q, p] = sum;
            }
        });
        return sums;
    }

    // (xᵀy / d + 1)³
    private static double Kernel(double[] x, double[] y)
    {
        var sum = Vector<double>.Zero;
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count) sum += new Vector<double>(x, i) * new Vector<double>(y, i);
        var dot = Vector.Sum(sum);
        for (; i < x.Length; i++) dot += x[i] * y[i];
        var value = (dot / x.Length) + 1;
        return value * value * value;
    }
}
