namespace ForensicHeads.Statistics;

/// <summary>Is an area under the ROC curve above ½, with people as the units? Within each person the labels real and generated are
/// exchanged as a whole: were neither told from the other, every such exchange would be as likely.</summary>
public static class PeopleExchange
{
    /// <summary>Up to this many people all 2^n patterns are enumerated.</summary>
    public const int ExactLimit = 10;

    /// <summary>Random patterns drawn above <see cref="ExactLimit"/>, of which the observed one is one more.</summary>
    public const int Draws = 999;

    private static readonly bool[] Sides = [false, true];

    /// <summary>One-sided p: the share of exchanges whose area is at least the observed one. Null without a person of both
    /// classes.</summary>
    /// <param name="scores">Scores of people; who has one class only keeps it.</param>
    /// <param name="seed">Seed of the patterns drawn above <see cref="ExactLimit"/> people.</param>
    public static double? P(IEnumerable<ClusteredScore> scores, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var people = scores.GroupBy(score => score.Identity, StringComparer.Ordinal).OrderBy(person => person.Key, StringComparer.Ordinal)
            .Select(person => Sides.Select(side =>
                person.Where(score => score.Generated == side).Select(score => score.Score).Order().ToArray()).ToArray()).ToArray();
        int[] both = [.. Enumerable.Range(0, people.Length).Where(i => people[i].All(side => side.Length > 0))];
        if (both.Length == 0) return null;
        var area = Area(people);
        var exchanged = new bool[people.Length];
        var observed = area(exchanged) - 1e-12;
        if (both.Length <= ExactLimit)
        {
            var patterns = 1 << both.Length;
            return (double)Enumerable.Range(0, patterns).Count(pattern => AreaOf(bit => (pattern >> bit & 1) == 1) >= observed) / patterns;
        }

        var random = new SeededRandom(seed, "statistics/people-exchange");
        return (1.0 + Enumerable.Range(0, Draws).Count(_ => AreaOf(_ => random.Chance(0.5)) >= observed)) / (1 + Draws);

        double AreaOf(Func<int, bool> flips)
        {
            for (var bit = 0; bit < both.Length; bit++) exchanged[both[bit]] = flips(bit);
            return area(exchanged);
        }
    }

    // The area as a function of who is exchanged. A person's scores of one side against another's of the other side are counted once.
    private static Func<bool[], double> Area(double[][][] people)
    {
        var n = people.Length;
        // above[2a + b][i, j]: of i's side a so many pairs lie above j's side b, ties half.
        var above = new double[4][,];
        for (var which = 0; which < 4; which++)
        {
            above[which] = new double[n, n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                    above[which][i, j] = people[i][which >> 1].Sum(score => Auc.Below(people[j][which & 1], score));
            }
        }

        return exchanged =>
        {
            var (pairs, called, real) = (0.0, 0, 0);
            for (var i = 0; i < n; i++)
            {
                var high = exchanged[i] ? 0 : 1;
                called += people[i][high].Length;
                real += people[i][1 - high].Length;
                for (var j = 0; j < n; j++) pairs += above[(2 * high) + (exchanged[j] ? 1 : 0)][i, j];
            }

            return pairs / ((double)called * real);
        };
    }
}
