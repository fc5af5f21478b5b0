using MathNet.Numerics.Distributions;

namespace ForensicHeads.Statistics.Tests;

/// <summary>
/// Do the intervals hold what they promise? Ten frames a person and class, intra-class correlation 0.5 and 0.9.
/// FORENSICHEADS_FULL_COVERAGE=1 runs the whole grid (docs/statistics.md, "The coverage grid") with 2,000 runs a cell; a file name instead
/// of 1 also writes the tables there.
/// </summary>
public class CoverageTests
{
    private const int Frames = 10;
    private static readonly string Switch = Environment.GetEnvironmentVariable("FORENSICHEADS_FULL_COVERAGE") ?? "";
    private static readonly int Runs = Switch.Length > 0 ? 2000 : 300;

    [Theory]
    [InlineData(0.5, 0.85)]
    [InlineData(0.9, 0.75)]
    public void Auc_and_accuracy_intervals_cover_nine_tenths_while_Wilson_on_frames_does_not(double correlation, double wilson)
    {
        var cells = Grid((random, people, truth) => Gaussian(random, people, truth, correlation));
        foreach (var cell in cells)
        {
            Assert.True(cell.Auc.Coverage >= 0.90, $"AUC interval, {cell}");
            Assert.True(cell.Accuracy.Coverage >= 0.90, $"accuracy interval, {cell}");
            // Near 1 most runs show no error at all, and Wilson's limit is then wide enough for anybody.
            Assert.True(cell.Truth > 0.97 || cell.Wilson <= wilson,
                $"i.i.d. Wilson must under-cover, or the people of this simulation are not clustered: {cell}");
        }

        AssertNoJump(cells);
        Record($"gaussian-{correlation}", $"Gaussian scores, intra-class correlation {correlation}", cells);
    }

    [Fact]
    public void Where_a_few_people_are_missed_wholly_and_the_rest_never_the_intervals_cover_nine_tenths()
    {
        var cells = Grid(AllOrNothing);
        foreach (var cell in cells) Assert.True(cell.Auc.Coverage >= 0.90, $"AUC interval, {cell}");
        AssertNoJump(cells);
        Record("all-or-nothing",
            "All fakes of some people below every true frame, all others' above: the worst that people can do to an interval", cells);
    }

    // From one truth to the next the mean lower limit goes up by no more than the truth does and a little, and comes down by little.
    private static void AssertNoJump(List<Cell> cells)
    {
        foreach (var (before, after) in cells.Zip(cells.Skip(1)).Where(pair => pair.First.People == pair.Second.People))
            Assert.True(after.Auc.Low - before.Auc.Low is > -0.04 && after.Auc.Low - before.Auc.Low < after.Truth - before.Truth + 0.05,
                $"{before}\n{after}");
    }

    private static List<Cell> Grid(Func<SeededRandom, int, double, List<ClusteredScore>> simulate)
    {
        int[] people = Switch.Length > 0 ? [6, 8, 12, 20] : [6, 12];
        double[] truths = Switch.Length > 0 ? [.75, .90, .95, .97, .98, .99, .995, .999] : [.75, .97, .99];
        return [.. from n in people from truth in truths select Measure(n, truth, simulate)];
    }

    private static Cell Measure(int people, double truth, Func<SeededRandom, int, double, List<ClusteredScore>> simulate)
    {
        var random = new SeededRandom(11, FormattableString.Invariant($"coverage/{people}/{truth}"));
        var threshold = Shift(truth) / 2;
        var accuracy = Normal.CDF(0, 1, threshold);
        var (auc, share, wilson) = (new List<Estimate>(), new List<Estimate>(), 0);
        for (var run = 0; run < Runs; run++)
        {
            var scores = simulate(random, people, truth);
            auc.Add(ClusteredAuc.Interval(scores));
            var right = scores.GroupBy(s => s.Identity).Select(g => (g.Count(s => s.Generated == s.Score > threshold), g.Count()))
                .ToArray();
            share.Add(ClusteredProportion.Share(right));
            var (low, high) = Wilson(right.Sum(r => r.Item1), right.Sum(r => r.Item2));
            if (low <= accuracy && accuracy <= high) wilson++;
        }

        return new Cell(people, truth, Held.Of(auc, truth), Held.Of(share, accuracy), wilson / (double)Runs);
    }

    /// <summary>Wilson's score interval (95 %) for independent trials.</summary>
    internal static (double Low, double High) Wilson(double successes, double trials)
    {
        var (p, z) = (successes / trials, Normal.InvCDF(0, 1, 1 - Quantiles.Tail));
        var centre = (p + (z * z / (2 * trials))) / (1 + (z * z / trials));
        var half = z / (1 + (z * z / trials)) * Math.Sqrt((p * (1 - p) / trials) + (z * z / (4 * trials * trials)));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    private static double Shift(double truth) => Math.Sqrt(2) * Normal.InvCDF(0, 1, truth);

    private static List<ClusteredScore> Gaussian(SeededRandom random, int people, double truth, double correlation)
    {
        var scores = new List<ClusteredScore>(2 * people * Frames);
        for (var person = 0; person < people; person++)
        {
            foreach (var generated in new[] { false, true })
            {
                var effect = random.Gaussian(generated ? Shift(truth) : 0, Math.Sqrt(correlation));
                for (var frame = 0; frame < Frames; frame++) scores.Add(
                    new ClusteredScore($"p{person}", generated, random.Gaussian(effect, Math.Sqrt(1 - correlation))));
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
            "| people | truth | AUC interval | mean lower limit | mean width |"
                + (withAccuracy ? " accuracy interval | mean lower limit | mean width | i.i.d. Wilson on frames |" : ""),
            "|---|---|---|---|---|" + (withAccuracy ? "---|---|---|---|" : ""),
        };
        static string Of(Held held) => FormattableString.Invariant($" {held.Coverage:0.000} | {held.Low:0.000} | {held.Width:0.000} |");
        lines.AddRange(cells.Select(cell => FormattableString.Invariant($"| {cell.People} | {cell.Truth} |") + Of(cell.Auc)
            + (withAccuracy ? Of(cell.Accuracy) + FormattableString.Invariant($" {cell.Wilson:0.000} |") : "")));
        AtomicFile.WriteText($"{Switch}.{name}.md", string.Join('\n', lines) + "\n");
    }

    private sealed record Cell(int People, double Truth, Held Auc, Held Accuracy, double Wilson);

    /// <summary>Share of runs whose interval holds the truth, and the means of its lower limit and width.</summary>
    private sealed record Held(double Coverage, double Low, double Width)
    {
        public static Held Of(List<Estimate> estimates, double truth) => new(
            estimates.Count(estimate => estimate.Contains(truth)) / (double)estimates.Count,
            estimates.Average(estimate => estimate.Low!.Value),
            estimates.Average(estimate => estimate.High!.Value - estimate.Low!.Value));
    }
}
