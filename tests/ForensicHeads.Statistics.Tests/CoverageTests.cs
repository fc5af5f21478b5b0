using System.Globalization;
using MathNet.Numerics.Distributions;

namespace ForensicHeads.Statistics.Tests;

/// <summary>
/// Do the intervals hold what they promise? Scores with intra-class correlation 0.5, ten frames a person and class.
/// FORENSICHEADS_FULL_COVERAGE=1 runs the whole grid (docs/statistics.md, "The coverage grid") and more with 2,000 runs a cell;
/// a file name instead of 1 also writes the table there.
/// </summary>
public class CoverageTests
{
    private const int Frames = 10;
    private static readonly string Switch = Environment.GetEnvironmentVariable("FORENSICHEADS_FULL_COVERAGE") ?? "";
    private static readonly int Runs = Switch.Length > 0 ? 2000 : 300;

    [Fact]
    public void Auc_and_accuracy_intervals_cover_nine_tenths_while_Wilson_on_frames_does_not()
    {
        var cells = Grid([6, 12, 20], [.75, .90, .97], [6, 12], [.75, .97], Gaussian);
        foreach (var cell in cells)
        {
            Assert.True(cell.Auc >= 0.90, $"AUC interval, {cell}");
            Assert.True(cell.Accuracy >= 0.90, $"accuracy interval, {cell}");
            Assert.True(cell.Wilson <= 0.85, $"i.i.d. Wilson must under-cover, or the people of this simulation are not clustered: {cell}");
        }

        Record("gaussian", "Gaussian scores, intra-class correlation 0.5 (the grid of docs/statistics.md)", cells);
    }

    [Fact]
    public void Near_one_the_auc_interval_covers_nineteen_twentieths()
    {
        var cells = Grid([6, 12, 20], [.99, .999], [12], [.99], Gaussian);
        foreach (var cell in cells) Assert.True(cell.Auc >= 0.95, $"AUC interval, {cell}");

        Record("near-one", "The same nearer to 1", cells);
    }

    [Fact]
    public void Where_a_few_people_are_missed_wholly_and_the_rest_never_the_auc_interval_covers_nine_tenths()
    {
        var cells = Grid([6, 12, 20], [.75, .90, .97], [6, 12], [.90], AllOrNothing);
        foreach (var cell in cells) Assert.True(cell.Auc >= 0.90, $"AUC interval, {cell}");
        Record("all-or-nothing",
            "All fakes of some people below every true frame, all others' above: the worst that people can do to an interval", cells);
    }

    private static List<Cell> Grid(int[] people, double[] truths, int[] fewPeople, double[] fewTruths,
        Func<SeededRandom, int, double, List<ClusteredScore>> simulate) =>
        [.. from n in Switch.Length > 0 ? people : fewPeople from truth in Switch.Length > 0 ? truths
            : fewTruths select Measure(n, truth, simulate)];

    private static Cell Measure(int people, double truth, Func<SeededRandom, int, double, List<ClusteredScore>> simulate)
    {
        var random = new SeededRandom(11, FormattableString.Invariant($"coverage/{people}/{truth}"));
        var threshold = Shift(truth) / 2;
        var accuracy = Normal.CDF(0, 1, threshold);
        var (auc, jackknife, share, wilson, width, wide) = (0, 0, 0, 0, 0.0, 0.0);
        for (var run = 0; run < Runs; run++)
        {
            var scores = simulate(random, people, truth);
            var estimate = ClusteredAuc.Interval(scores);
            if (estimate.Contains(truth)) auc++;
            width += estimate.High!.Value - estimate.Low!.Value;
            var alone = estimate.Value is > 0 and < 1
                ? ClusteredAuc.JackknifeLimits(new AucPlacements(scores), estimate.Value.Value, people)
                : (estimate.Low.Value, estimate.High.Value);
            if (alone.Item1 <= truth && truth <= alone.Item2) jackknife++;
            wide += alone.Item2 - alone.Item1;
            var right = scores.GroupBy(s => s.Identity).Select(g => (g.Count(s => s.Generated == s.Score > threshold), g.Count()))
                .ToArray();
            if (ClusteredProportion.Share(right).Contains(accuracy)) share++;
            var (low, high) = BinomialInterval.Wilson(right.Sum(r => r.Item1), right.Sum(r => r.Item2));
            if (low <= accuracy && accuracy <= high) wilson++;
        }

        double Of(double sum) => sum / Runs;
        return new Cell(people, truth, Of(auc), Of(width), Of(jackknife), Of(wide), Of(share), Of(wilson));
    }

    private static double Shift(double truth) => Math.Sqrt(2) * Normal.InvCDF(0, 1, truth);

    private static List<ClusteredScore> Gaussian(SeededRandom random, int people, double truth)
    {
        var scores = new List<ClusteredScore>(2 * people * Frames);
        for (var person = 0; person < people; person++)
        {
            foreach (var generated in new[] { false, true })
            {
                var effect = random.Gaussian(generated ? Shift(truth) : 0, Math.Sqrt(0.5));
                for (var frame = 0; frame < Frames; frame++) scores.Add(
                    new ClusteredScore($"p{person}", generated, random.Gaussian(effect, Math.Sqrt(0.5))));
            }
        }

        return scores;
    }

    private static List<ClusteredScore> AllOrNothing(SeededRandom random, int people, double truth)
    {
        var scores = new List<ClusteredScore>(2 * people * Frames);
        for (var person = 0; person < people; person++)
        {
            var place = random.Chance(truth) ? 10 : -10;
            for (var frame = 0; frame < Frames; frame++)
            {
                scores.Add(new ClusteredScore($"p{person}", false, random.NextDouble()));
                scores.Add(new ClusteredScore($"p{person}", true, place + random.NextDouble()));
            }
        }

        return scores;
    }

    private static void Record(string name, string title, List<Cell> cells)
    {
        if (Switch.Length <= 1) return;
        var withAccuracy = name != "all-or-nothing";
        var lines = new List<string>
        {
            $"### {title}",
            "",
            "| people | truth | AUC interval | mean width | jackknife alone | its mean width |"
                + (withAccuracy ? " accuracy interval | i.i.d. Wilson on frames |" : ""),
            "|---|---|---|---|---|---|" + (withAccuracy ? "---|---|" : ""),
        };
        lines.AddRange(cells.Select(cell =>
            string.Create(CultureInfo.InvariantCulture,
                $"| {cell.People} | {cell.Truth} | {cell.Auc:0.000} | {cell.Width:0.000} | {cell.Jackknife:0.000} | "
            + $"{cell.JackknifeWidth:0.000} |")
            + (withAccuracy ? FormattableString.Invariant($" {cell.Accuracy:0.000} | {cell.Wilson:0.000} |") : "")));
        AtomicFile.WriteText($"{Switch}.{name}.md", string.Join('\n', lines) + "\n");
    }

    /// <summary>Shares of runs whose interval holds the truth, and mean widths.</summary>
    private sealed record Cell(int People, double Truth, double Auc, double Width, double Jackknife, double JackknifeWidth, double Accuracy,
        double Wilson);
}
