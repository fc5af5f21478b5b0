namespace ForensicHeads.Testing;

/// <summary>The generator of tests/reference/statistics.py, so that both sides work on the same data.</summary>
public sealed class Lcg(long seed)
{
    private long state = seed;

    /// <summary>The next number, 23 bits.</summary>
    public int Next()
    {
        state = ((1103515245L * state) + 12345) % (1L << 31);
        return (int)(state >> 8);
    }

    /// <summary>The next number, 0 to 1.</summary>
    public double Uniform() => Next() / (double)(1 << 23);

    /// <summary>Scores of both classes of some people, with ties and an effect of each person.</summary>
    public static IReadOnlyList<ClusteredScore> Scores(long seed, int people, int frames, double shift)
    {
        var lcg = new Lcg(seed);
        var rows = new List<ClusteredScore>();
        for (var person = 0; person < people; person++)
        {
            foreach (var generated in new[] { false, true })
            {
                var effect = lcg.Uniform() - 0.5;
                for (var frame = 0; frame < frames + (person % 3); frame++)
                    rows.Add(
                        new ClusteredScore($"p{person}", generated,
                        Math.Floor(100 * (effect + lcg.Uniform() + (generated ? shift : 0))) / 100));
            }
        }

        return rows;
    }
}
