using ForensicHeads.Foundation;
using ForensicHeads.Reporting.Statistics;
using MathNet.Numerics.Distributions;

namespace ForensicHeads.Reporting.Tests.Statistics;

/// <summary>
/// Do the intervals hold what they promise? Scores with intra-class correlation 0.5, ten frames a person and class.
/// FORENSICHEADS_FULL_COVERAGE=1 runs the whole grid of statistics.md with 2,000 runs a cell.
/// </summary>
public class CoverageTests
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("FORENSICHEADS_FULL_COVERAGE") == "1";

    public static TheoryData<int, double> Cells()
    {
        var cells = new TheoryData<int, double>();
        int[] people = Full ? [6, 12, 20] : [6, 12];
        double[] truths = Full ? [.75, .90, .97] : [.75, .97];
        foreach (var n in people)
            foreach (var truth in truths) cells.Add(n, truth);
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Auc_and_accuracy_intervals_cover_nine_tenths_while_Wilson_on_frames_does_not(int people, double truth)
    {
        const int frames = 10;
        var runs = Full ? 2000 : 300;
        var random = new SeededRandom(11, FormattableString.Invariant($"coverage/{people}/{truth}"));
        var shift = Math.Sqrt(2) * Normal.InvCDF(0, 1, truth);
        var accuracy = Normal.CDF(0, 1, shift / 2);
        var (auc, share, wilson) = (0, 0, 0);
        for (var run = 0; run < runs; run++)
        {
            var scores = Simulate(random, people, frames, shift);
            if (ClusteredAuc.Interval(scores).Contains(truth)) auc++;
            var right = scores.GroupBy(s => s.Identity).Select(g => (g.Count(s => s.Generated == s.Score > shift / 2), g.Count())).ToArray();
            if (ClusteredProportion.Share(right).Contains(accuracy)) share++;
            var (low, high) = BinomialInterval.Wilson(right.Sum(r => r.Item1), right.Sum(r => r.Item2));
            if (low <= accuracy && accuracy <= high) wilson++;
        }

        Assert.True(auc >= 0.90 * runs, $"AUC interval covers {auc} of {runs}");
        Assert.True(share >= 0.90 * runs, $"accuracy interval covers {share} of {runs}");
        Assert.True(wilson <= 0.85 * runs, $"i.i.d. Wilson covers {wilson} of {runs}, so the people of this simulation are not clustered");
    }

    private static List<ClusteredScore> Simulate(SeededRandom random, int people, int frames, double shift)
    {
        var scores = new List<ClusteredScore>(2 * people * frames);
        for (var person = 0; person < people; person++)
        {
            foreach (var generated in new[] { false, true })
            {
                var effect = random.Gaussian(generated ? shift : 0, Math.Sqrt(0.5));
                for (var frame = 0; frame < frames; frame++) scores.Add(new ClusteredScore($"p{person}", generated, random.Gaussian(effect, Math.Sqrt(0.5))));
            }
        }

        return scores;
    }
}
