using ForensicHeads.Reporting.Statistics;

namespace ForensicHeads.Experiments.Protocols;

/// <summary>The clips whose container tells nothing: a window of cross-fitted <c>container_only</c> scores in which both classes overlap.</summary>
/// <remarks>
/// A clip's score is the mean over its rounds, in each of which the container model had seen neither it nor its generator nor its people. Among
/// all windows of scores in which the AUC of these scores (each person weighing one in its class) lies within 0.50 ± 0.05, the one with the most
/// people in its smaller class is taken, among equals the one with most clips, then the lowest. Nothing but container scores enters.
/// </remarks>
/// <param name="Low">Lower end of the window, included.</param>
/// <param name="High">Upper end, included.</param>
/// <param name="Clips">The clips inside.</param>
public sealed record OverlapSubset(double Low, double High, IReadOnlySet<string> Clips)
{
    private const double Blind = 0.05;

    /// <summary>Chooses the window; null where there is none with both classes.</summary>
    /// <param name="container">All rounds of <c>container_only</c>.</param>
    public static OverlapSubset? Choose(IReadOnlyList<RoundScore> container)
    {
        ArgumentNullException.ThrowIfNull(container);
        var clips = container.GroupBy(score => score.Clip, StringComparer.Ordinal)
            .Select(group => (Clip: group.Key, group.First().Identity, group.First().Generated, Score: group.Average(score => score.Score)))
            .OrderBy(clip => clip.Score).ThenBy(clip => clip.Clip, StringComparer.Ordinal).ToArray();
        (int First, int Last, int People) best = (0, -1, 0);
        for (var first = 0; first < clips.Length; first++)
        {
            for (var last = first + 1; last < clips.Length; last++)
            {
                var window = clips.AsSpan(first, last - first + 1).ToArray();
                var people = Math.Min(People(window, false), People(window, true));
                if (people < best.People || people == 0 || (people == best.People && last - first <= best.Last - best.First)) continue;
                if (Math.Abs(Auc(window) - 0.5) <= Blind) best = (first, last, people);
            }
        }

        return best.Last < 0 ? null : new OverlapSubset(clips[best.First].Score, clips[best.Last].Score, clips[best.First..(best.Last + 1)].Select(clip => clip.Clip).ToHashSet(StringComparer.Ordinal));

        static int People((string, string Identity, bool Generated, double)[] window, bool generated) =>
            window.Where(clip => clip.Generated == generated).Select(clip => clip.Identity).Distinct().Count();
    }

    private static double Auc((string Clip, string Identity, bool Generated, double Score)[] window)
    {
        var real = window.Where(clip => !clip.Generated).GroupBy(clip => clip.Identity).ToArray();
        var fake = window.Where(clip => clip.Generated).GroupBy(clip => clip.Identity).ToArray();
        return fake.Average(f => real.Average(r => f.Average(a => r.Average(b => a.Score > b.Score ? 1 : a.Score == b.Score ? 0.5 : 0))));
    }
}
