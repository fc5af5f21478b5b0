namespace ForensicHeads.Experiments.Protocols;

/// <summary>The clips whose container tells nothing: a window of cross-fitted <c>container_only</c> scores in which it does not tell the
/// classes apart.</summary>
/// <remarks>
/// Every round has a model and a scale of its own, so a clip's place is a rank within its rounds: the share of the round's real clips that
/// score below it, ties half (a real clip ties with itself), mean over its rounds. Among all windows of places in which the macro AUC of
/// <c>container_only</c>, from pairs of one round alone (<see cref="GeneratorTable"/>, the very number that stands beside the subset), lies
/// within 0.50 ± 0.05, the one with the most people in its smaller class is taken, among equals the one with most clips, then the lowest.
/// Nothing but container scores enters.
/// </remarks>
/// <param name="Low">Lower end of the window, included; 0 … 1.</param>
/// <param name="High">Upper end, included; 0 … 1.</param>
/// <param name="Clips">The clips inside.</param>
public sealed record OverlapSubset(double Low, double High, IReadOnlySet<string> Clips)
{
    /// <summary>Fewest people of each class in a window.</summary>
    public const int LeastPeople = 5;

    private const double Blind = 0.05;

    // Windows begin and end at each clip's place, or with more clips at so many of them, evenly.
    private const int MostEnds = 150;

    /// <summary>Chooses the window; null where there is none with enough people of both classes.</summary>
    /// <param name="container">All rounds of <c>container_only</c>.</param>
    public static OverlapSubset? Choose(IReadOnlyList<RoundScore> container)
    {
        ArgumentNullException.ThrowIfNull(container);
        var places = Places(container);
        var pairs = new RoundPairs(container);
        double[] all = [.. places.Values.Distinct().Order()];
        double[] ends = all.Length <= MostEnds ? all
            : [.. Enumerable.Range(0, MostEnds).Select(i => all[(int)((long)i * (all.Length - 1) / (MostEnds - 1))])];
        OverlapSubset? best = null;
        var (mostPeople, mostClips) = (0, 0);
        for (var first = 0; first < ends.Length; first++)
        {
            for (var last = first; last < ends.Length; last++)
            {
                var inside = places.Where(place => place.Value >= ends[first] && place.Value <= ends[last]).Select(place => place.Key)
                    .ToHashSet(StringComparer.Ordinal);
                var people = pairs.People(inside);
                if (people < LeastPeople || people < mostPeople || (people == mostPeople && inside.Count <= mostClips)) continue;
                if (Math.Abs(pairs.MacroAuc(inside) - 0.5) > Blind) continue;
                (best, mostPeople, mostClips) = (new OverlapSubset(ends[first], ends[last], inside), people, inside.Count);
            }
        }

        return best;
    }

    private static Dictionary<string, double> Places(IReadOnlyList<RoundScore> scores)
    {
        var real = scores.Where(score => !score.Generated).ToLookup(score => (score.LeftOut, score.Fold));
        return scores.GroupBy(score => score.Clip, StringComparer.Ordinal)
            .ToDictionary(clip => clip.Key, clip => clip.Average(Place), StringComparer.Ordinal);

        double Place(RoundScore score) =>
            real[(score.LeftOut, score.Fold)].Select(other => Higher(score, other)).DefaultIfEmpty(0.5).Average();
    }

    private static double Higher(RoundScore a, RoundScore b) => a.Score > b.Score ? 1 : a.Score == b.Score ? 0.5 : 0;

    // Which of a generated and a real clip scores higher in the round in which both were tested.
    private sealed class RoundPairs
    {
        private readonly RoundScore[] real;
        private readonly RoundScore[] generated;
        private readonly double[][] higher;

        public RoundPairs(IReadOnlyList<RoundScore> scores)
        {
            real = [.. scores.Where(score => !score.Generated).DistinctBy(score => score.Clip)];
            generated = [.. scores.Where(score => score.Generated).DistinctBy(score => score.Clip)];
            var of = scores.ToDictionary(score => (score.Clip, score.LeftOut, score.Fold));
            higher = Array.ConvertAll(generated, a =>
                Array.ConvertAll(real, b => Higher(of[(a.Clip, a.LeftOut, b.Fold)], of[(b.Clip, a.LeftOut, b.Fold)])));
        }

        public int People(HashSet<string> clips) => Math.Min(Count(real, clips), Count(generated, clips));

        // As GeneratorTable with one clip a generator: each generator one, in it each person one, each real person one.
        public double MacroAuc(HashSet<string> clips)
        {
            var (of, against) = (Weights(generated, clips, score => score.LeftOut), Weights(real, clips, _ => ""));
            var sum = 0.0;
            foreach (var (a, weight) in of) foreach (var (b, other) in against) sum += weight * other * higher[a][b];
            return sum;
        }

        private static int Count(RoundScore[] scores, HashSet<string> clips) =>
            scores.Where(score => clips.Contains(score.Clip)).Select(score => score.Identity).Distinct(StringComparer.Ordinal).Count();

        private static (int At, double Weight)[] Weights(RoundScore[] scores, HashSet<string> clips, Func<RoundScore, string> part)
        {
            var parts = Enumerable.Range(0, scores.Length).Where(i => clips.Contains(scores[i].Clip))
                .GroupBy(i => part(scores[i]), StringComparer.Ordinal).ToArray();
            return [.. from one in parts let people = one.GroupBy(i => scores[i].Identity, StringComparer.Ordinal).ToArray()
                from person in people from i in person select (i, 1.0 / parts.Length / people.Length / person.Count())];
        }
    }
}
