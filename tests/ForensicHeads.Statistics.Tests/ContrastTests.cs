using MathNet.Numerics.Distributions;

namespace ForensicHeads.Statistics.Tests;

/// <summary>
/// Do the four sentences say what is so? Planted effects: intra-class correlation 0.9, five frames a person and dose, the same true frames
/// on both sides. FORENSICHEADS_FULL_COVERAGE=1 takes 2,000 runs a cell; a file name instead of 1 also writes the table there.
/// </summary>
public class ContrastTests
{
    private const double Margin = 0.05;
    private const int Frames = 5;
    private static readonly string Switch = Environment.GetEnvironmentVariable("FORENSICHEADS_FULL_COVERAGE") ?? "";

    [Theory]
    [InlineData(0.01, 0.02, ContrastAnswer.Above)]
    [InlineData(-0.2, -0.01, ContrastAnswer.Below)]
    [InlineData(-0.04, 0.05, ContrastAnswer.Equivalent)]
    [InlineData(-0.04, 0.051, ContrastAnswer.Unknown)]
    [InlineData(-0.18, 0.18, ContrastAnswer.Unknown)]
    public void An_interval_says_one_of_four_things(double low, double high, ContrastAnswer verdict) =>
        Assert.Equal(verdict, Contrast.Of(new Estimate((low + high) / 2, low, high, 12), Margin));

    [Fact]
    public void Without_an_interval_nothing_can_be_told() =>
        Assert.Equal(ContrastAnswer.Unknown, Contrast.Of(new Estimate(0.3, null, null, 1), Margin));

    [Fact]
    public void Planted_effects_are_never_called_nothing_and_nothing_is_rarely_called_an_effect()
    {
        var lines = new List<string>();
        foreach (var people in new[] { 24, 150 })
        {
            foreach (var effect in new[] { 0, 0.05, 0.15, -0.05 })
            {
                var runs = Switch.Length > 0 ? 2000 : people == 24 ? 300 : 60;
                var random = new SeededRandom(5, FormattableString.Invariant($"contrast/{people}/{effect}"));
                var (verdicts, held) = (new List<ContrastAnswer>(), 0);
                for (var run = 0; run < runs; run++)
                {
                    var (first, last) = Simulate(random, people, effect);
                    var difference = ClusteredAuc.Paired(new AucPlacements(first), new AucPlacements(last)).Difference;
                    verdicts.Add(Contrast.Of(difference, Margin));
                    if (difference.Contains(effect)) held++;
                }

                double Share(ContrastAnswer verdict) => verdicts.Count(one => one == verdict) / (double)runs;
                var (wrongSign, wrongNone) = effect switch
                {
                    0 => (Share(ContrastAnswer.Above) + Share(ContrastAnswer.Below), 0),
                    > 0 => (Share(ContrastAnswer.Below), Share(ContrastAnswer.Equivalent)),
                    _ => (Share(ContrastAnswer.Above), Share(ContrastAnswer.Equivalent)),
                };
                // Chance alone moves a share of few runs: two standard errors of 5 % are allowed for.
                var allowed = 0.05 + (Switch.Length > 0 ? 0.01 : 2 * Math.Sqrt(0.05 * 0.95 / runs));
                Assert.True(wrongSign <= allowed && wrongNone <= allowed, $"{people} people, Δ = {effect}: {wrongSign} {wrongNone}");
                Assert.True(held / (double)runs >= 0.93 - (Switch.Length > 0 ? 0 : 0.06), $"{people}, Δ = {effect}: {held} of {runs}");
                var shares = Enum.GetValues<ContrastAnswer>().Select(answer => FormattableString.Invariant($"{Share(answer):0.000}"));
                lines.Add(FormattableString.Invariant(
                    $"| {people} | {effect} | {string.Join(" | ", shares)} | {held / (double)runs:0.000} |"));
            }
        }

        if (Switch.Length > 1) AtomicFile.WriteText($"{Switch}.contrasts.md", string.Join('\n',
            ["### How often each sentence appears (intra-class correlation 0.9, margin 0.05)", "",
                "| people | planted Δ | harder | easier | does not matter | cannot tell | interval holds Δ |",
                "|---|---|---|---|---|---|---|", .. lines]) + "\n");
    }

    [Fact]
    public void A_trend_is_the_mean_slope_of_the_people_who_have_every_dose()
    {
        // Nine real scores, 1 to 9: a fake at k + ½ has an area of k/9.
        ClusteredScore[] real = [.. Enumerable.Range(1, 9).Select(i => new ClusteredScore($"r{i}", false, i))];
        static ClusteredScore Fake(string person, double place) => new(person, true, place + 0.5);
        var trend = Contrast.Trend(real,
        [
            (1, [Fake("a", 9), Fake("b", 8), Fake("c", 3)]), (2, [Fake("a", 8), Fake("b", 6)]),
            (4, [Fake("a", 7), Fake("b", 4), Fake("c", 3)]),
        ]);
        // a falls by 1/9 a doubling, b by 2/9; c has no fake at 2.
        Assert.Equal(-1.5 / 9, trend.Difference.Value!.Value, 1e-12);
        Assert.Equal(2, trend.Difference.Identities);
        Assert.Equal(0.5, trend.P);
        Assert.Null(Contrast.Trend([], []).P);
    }

    [Fact]
    public void The_standard_error_of_a_difference_is_that_of_its_interval()
    {
        var (first, last) = Simulate(new SeededRandom(1, "one"), 24, 0.1);
        var paired = ClusteredAuc.Difference(first, last);
        var half = (paired.Difference.High!.Value - paired.Difference.Low!.Value) / 2;
        Assert.Equal(half / Quantiles.StudentT(23), paired.StandardError!.Value, 1e-12);
    }

    // Person effects of real and of fakes, and one of either dose: of a variance of 1, .1 lies within a clip.
    private static (List<ClusteredScore> First, List<ClusteredScore> Last) Simulate(SeededRandom random, int people, double effect)
    {
        var (first, last) = (new List<ClusteredScore>(), new List<ClusteredScore>());
        double[] shifts = [.. new[] { 0.75 + effect, 0.75 }.Select(area => Math.Sqrt(2) * Normal.InvCDF(0, 1, area))];
        for (var i = 0; i < people; i++)
        {
            var (own, shared) = (random.Gaussian(0, Math.Sqrt(0.9)), random.Gaussian(0, Math.Sqrt(0.6)));
            double[] doses = [random.Gaussian(0, Math.Sqrt(0.3)), random.Gaussian(0, Math.Sqrt(0.3))];
            for (var frame = 0; frame < Frames; frame++)
            {
                var real = new ClusteredScore($"p{i}", false, random.Gaussian(own, Math.Sqrt(0.1)));
                first.AddRange([real, new($"p{i}", true, random.Gaussian(shared + doses[0] + shifts[0], Math.Sqrt(0.1)))]);
                last.AddRange([real, new($"p{i}", true, random.Gaussian(shared + doses[1] + shifts[1], Math.Sqrt(0.1)))]);
            }
        }

        return (first, last);
    }
}
