namespace ForensicHeads.Statistics;

/// <summary>Per person: how many (real, generated) pairs their items win, so that leaving a person out costs no new sort.</summary>
internal sealed class AucPlacements
{
    internal AucPlacements(IEnumerable<ClusteredScore> scores)
    {
        var all = scores.ToArray();
        if (all.Any(item => !double.IsFinite(item.Score))) throw new ArgumentException(
            "A score is not a finite number; count failed items instead of scoring them.", nameof(scores));
        var real = all.Where(item => !item.Generated).Select(item => item.Score).Order().ToArray();
        var generated = all.Where(item => item.Generated).Select(item => item.Score).Order().ToArray();
        (RealCount, GeneratedCount) = (real.Length, generated.Length);
        foreach (var group in all.GroupBy(item => item.Identity, StringComparer.Ordinal))
        {
            var own = group.Where(item => !item.Generated).Select(item => item.Score).Order().ToArray();
            var fakes = group.Where(item => item.Generated).Select(item => item.Score).ToArray();
            People.Add(group.Key, new Person(
                own.Length,
                fakes.Length,
                fakes.Sum(score => Auc.Below(real, score)),
                own.Sum(score => generated.Length - Auc.Below(generated, score)),
                fakes.Sum(score => Auc.Below(own, score))));
        }

        Wins = People.Values.Sum(person => person.GeneratedWins);
    }

    internal int RealCount { get; }

    internal int GeneratedCount { get; }

    internal double Wins { get; }

    internal SortedDictionary<string, Person> People { get; } = new(StringComparer.Ordinal);

    internal double? Area => RealCount == 0 || GeneratedCount == 0 ? null : Wins / ((double)RealCount * GeneratedCount);

    /// <summary>People in the class that has fewer: what an interval may lean on.</summary>
    internal int SmallerClassPeople =>
        Math.Min(People.Values.Count(person => person.Real > 0), People.Values.Count(person => person.Generated > 0));

    /// <summary>The area without one person; null where a class empties.</summary>
    internal double? Without(string identity)
    {
        if (!People.TryGetValue(identity, out var person)) return Area;
        var pairs = (double)(RealCount - person.Real) * (GeneratedCount - person.Generated);
        return pairs == 0 ? null : (Wins - person.GeneratedWins - person.RealWins + person.OwnWins) / pairs;
    }

    /// <summary>One person's share in the pairs.</summary>
    /// <param name="Real">Real items.</param>
    /// <param name="Generated">Generated items.</param>
    /// <param name="GeneratedWins">Pairs won by the person's generated items against everybody's real ones, ties half.</param>
    /// <param name="RealWins">Pairs won by everybody's generated items against the person's real ones.</param>
    /// <param name="OwnWins">Pairs counted in both.</param>
    internal sealed record Person(int Real, int Generated, double GeneratedWins, double RealWins, double OwnWins);
}
