namespace ForensicHeads.Reporting.Protocols;

/// <summary>Generators (or collections) by real people: in each cell the share of pairs (clip of the generator, clip of the person) in the
/// right order, ties half.</summary>
/// <remarks>
/// Only scores of one round are compared, since every round has a model of its own. Each real person weighs one, whatever the number of
/// their clips, and so does each person within a generator; a row's mean is the generator's AUC, the mean of the rows the macro mean.
/// </remarks>
public sealed class GeneratorTable
{
    private readonly Dictionary<string, double[][]> byFake;

    private GeneratorTable(IReadOnlyList<string> generators, IReadOnlyList<string> people, Dictionary<string, double[][]> byFake)
    {
        Generators = generators;
        People = people;
        this.byFake = byFake;
    }

    /// <summary>The rows, in ordinal order.</summary>
    public IReadOnlyList<string> Generators { get; }

    /// <summary>The columns: real people, in ordinal order.</summary>
    public IReadOnlyList<string> People { get; }

    /// <summary>double[generators][people].</summary>
    public IReadOnlyList<IReadOnlyList<double>> Values => [.. Generators.Select(Row)];

    /// <summary>Builds the table; a generator with fewer clips than <paramref name="leastClips"/> gets no row.</summary>
    /// <param name="scores">All scores of one scorer; real people without a score in a generator's rounds are an error.</param>
    /// <param name="leastClips">Clips a generator needs for an AUC of its own.</param>
    /// <param name="row">The row of a generated clip; null for what its round left out.</param>
    /// <exception cref="ArgumentException">A real person lacks a score with some row, or a score is not finite.</exception>
    public static GeneratorTable Of(IEnumerable<RoundScore> scores, int leastClips = 2, Func<RoundScore, string>? row = null)
    {
        var all = scores.ToArray();
        if (all.Any(score => !double.IsFinite(score.Score))) throw new ArgumentException(
            "A score is not a finite number; count failed clips instead of scoring them.", nameof(scores));
        var people = all.Where(score => !score.Generated).Select(score => score.Identity).Distinct().Order(StringComparer.Ordinal)
            .ToArray();
        var byFake = new Dictionary<string, double[][]>(StringComparer.Ordinal);
        foreach (var one in all.Where(score => score.Generated).GroupBy(row ?? (score => score.LeftOut), StringComparer.Ordinal))
        {
            var clips = one.Select(score => score.Clip).Distinct().Count();
            if (clips >= leastClips && people.Length > 0) byFake.Add(one.Key, Rows(one.Key, [.. one], all, people));
        }

        return new GeneratorTable([.. byFake.Keys.Order(StringComparer.Ordinal)], people, byFake);
    }

    /// <summary>A generator's row: double[people].</summary>
    public IReadOnlyList<double> Row(string generator) =>
        [.. Enumerable.Range(0, People.Count).Select(c => byFake[generator].Average(row => row[c]))];

    /// <summary>A generator's own table: the people it shows by real people.</summary>
    public IReadOnlyList<IReadOnlyList<double>> ByFakePerson(string generator) => byFake[generator];

    /// <summary>This table minus another of the same rows and columns.</summary>
    /// <exception cref="ArgumentException">The tables do not match.</exception>
    public IReadOnlyList<IReadOnlyList<double>> Minus(GeneratorTable other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Generators.SequenceEqual(other.Generators) || !People.SequenceEqual(other.People))
            throw new ArgumentException("The two tables have different generators or people.",
                nameof(other));
        return [.. Values.Zip(other.Values, (a, b) => (IReadOnlyList<double>)[.. a.Zip(b, (x, y) => x - y)])];
    }

    private static double[][] Rows(string name, RoundScore[] made, RoundScore[] all, string[] people)
    {
        var fakes = made.GroupBy(score => score.Identity, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(person => person.ToLookup(score => (score.LeftOut, score.Fold))).ToArray();
        var real = all.Where(score => !score.Generated).ToLookup(score => score.Identity, StringComparer.Ordinal);
        return Array.ConvertAll(fakes, fake => Array.ConvertAll(people, person => Cell(fake, person)));

        double Cell(ILookup<(string, int), RoundScore> fake, string person)
        {
            var clips = real[person].Where(clip => fake.Contains((clip.LeftOut, clip.Fold))).ToArray();
            return clips.Length == 0 ? throw new ArgumentException($"{person} has no round with {name}.", nameof(all))
                : clips.Average(clip => fake[(clip.LeftOut, clip.Fold)].Average(
                    other => other.Score > clip.Score ? 1 : other.Score == clip.Score ? 0.5 : 0));
        }
    }
}

/// <summary>What one scorer said of one clip in one round of a protocol: trained without what the round leaves out and without the people
/// of its fold.</summary>
/// <param name="LeftOut">The generator or collection that the round leaves out.</param>
/// <param name="Fold">The fold of real people that the round leaves out, from 0.</param>
/// <param name="Clip">The clip; unique over all stores.</param>
/// <param name="Identity">The person it shows.</param>
/// <param name="Generated">Whether it is one of the clips left out; otherwise it shows a real person of the fold.</param>
/// <param name="Score">Higher means more likely generated; comparable within the round alone.</param>
public sealed record RoundScore(string LeftOut, int Fold, string Clip, string Identity, bool Generated, double Score)
{
    /// <summary>The generator of a generated clip.</summary>
    public string Generator { get; init; } = LeftOut;
}
