using ForensicHeads.Reporting.Statistics;

namespace ForensicHeads.Reporting.Tests;

/// <summary>The generator of tests/reference/statistics.py, so that both sides work on the same data.</summary>
internal sealed class Lcg(long seed)
{
    private long state = seed;

    internal int Next()
    {
        state = ((1103515245L * state) + 12345) % (1L << 31);
        return (int)(state >> 8);
    }

    internal double Uniform() => Next() / (double)(1 << 23);

    internal static List<ClusteredScore> Scores(long seed, int people, int frames, double shift)
    {
        var lcg = new Lcg(seed);
        var rows = new List<ClusteredScore>();
        for (var person = 0; person < people; person++)
        {
            foreach (var generated in new[] { false, true })
            {
                var effect = lcg.Uniform() - 0.5;
                for (var frame = 0; frame < frames + (person % 3); frame++)
                    rows.Add(new ClusteredScore($"p{person}", generated, Math.Floor(100 * (effect + lcg.Uniform() + (generated ? shift : 0))) / 100));
            }
        }

        return rows;
    }
}
