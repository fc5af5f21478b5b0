using MathNet.Numerics.Distributions;

namespace ForensicHeads.Reporting.Tests.Protocols;

/// <summary>The two-way interval against a slow version that starts from raw scores, and in simulation. FORENSICHEADS_FULL_COVERAGE=1 runs
/// 2,000 runs a cell.</summary>
public class TwoWayTests
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("FORENSICHEADS_FULL_COVERAGE") == "1";

    [Fact]
    public void A_table_by_hand_has_the_variance_of_the_analysis_of_variance()
    {
        // Rows 1,2 | 3,6: mean 3; row means 1.5, 4.5; column means 2, 4; residuals ±0.5.
        var spread = TwoWayMean.Spread([[1, 2], [3, 6]])!.Value;
        // V_rows = 2·1.5²/2 = 2.25, V_columns = 2·1²/2 = 1, V_rest = 4·0.25/4 = 0.25.
        Assert.Equal(Math.Sqrt(3), spread.Error, 1e-12);
        Assert.Equal(1, spread.Degrees);
    }

    [Fact]
    public void Macro_mean_and_spread_equal_a_jackknife_from_raw_pairs_that_leaves_out_generators_people_and_both()
    {
        var scores = Simulate(new SeededRandom(3, "two-way/slow"), 4, 6, 1, 0.6, 0.6, 0.6);
        var table = GeneratorTable.Of(scores);
        var generators = scores.Select(s => s.Generator).Distinct().ToArray();
        var people = scores.Where(s => !s.Generated).Select(s => s.Identity).Distinct().ToArray();
        double Slow(string? withoutGenerator, string? withoutPerson)
        {
            var macro = new List<double>();
            foreach (var g in generators.Where(g => g != withoutGenerator))
            {
                var perPerson = new List<double>();
                foreach (var p in people.Where(p => p != withoutPerson))
                {
                    var perFake = new List<double>();
                    foreach (var fakePerson in scores.Where(s => s.Generator == g && s.Generated).Select(s => s.Identity).Distinct())
                    {
                        var perClip = new List<double>();
                        foreach (var real in scores.Where(s => s.Generator == g && !s.Generated && s.Identity == p))
                        {
                            var wins = scores.Where(s => s.Generator == g && s.Generated && s.Identity == fakePerson && s.Fold == real.Fold)
                                .Select(s => s.Score > real.Score ? 1.0 : s.Score < real.Score ? 0.0 : 0.5).ToArray();
                            perClip.Add(wins.Sum() / wins.Length);
                        }

                        perFake.Add(perClip.Average());
                    }

                    perPerson.Add(perFake.Average());
                }

                macro.Add(perPerson.Average());
            }

            return macro.Average();
        }

        double Jackknife(double[] left) =>
            (left.Length - 1.0) / left.Length * left.Sum(value => (value - left.Average()) * (value - left.Average()));
        var byRows = Jackknife([.. generators.Select(g => Slow(g, null))]);
        var byColumns = Jackknife([.. people.Select(p => Slow(null, p))]);
        // The interaction left when main effects are out, from doubly left-out means: (G − 1)(P − 1) times that contrast is a cell's
        // residual.
        double scale = (generators.Length - 1.0) * (people.Length - 1.0);
        var whole = Slow(null, null);
        var rest = generators.Sum(g => people.Sum(p => Math.Pow(scale * (Slow(g, p) - Slow(g, null) - Slow(null, p) + whole), 2)))
            / (scale * generators.Length * people.Length);
        var spread = TwoWayMean.Spread(table.Values)!.Value;
        Assert.Equal(whole, TwoWayMean.Rate(table.Values).Value!.Value, 1e-12);
        Assert.Equal(Math.Sqrt(Math.Max(byRows + byColumns - rest, Math.Max(byRows, byColumns))), spread.Error, 1e-9);
    }

    [Fact]
    public void People_weigh_one_whatever_their_clips_and_single_clips_give_no_row()
    {
        RoundScore[] scores =
        [
            new("g", 0, "f1", "x", true, 1), new("g", 0, "f2", "y", true, 1),
            new("h", 0, "f3", "x", true, 1),
            .. Enumerable.Range(0, 9)
            .SelectMany(i => new[] { new RoundScore("g", 0, $"a{i}", "a", false, 0), new RoundScore("h", 0, $"a{i}", "a", false, 0) }),
            new("g", 0, "b0", "b", false, 2), new("h", 0, "b0", "b", false, 2),
        ];
        var table = GeneratorTable.Of(scores);
        Assert.Equal(["g"], table.Generators);
        Assert.Equal(0.5, TwoWayMean.Rate(table.Values).Value);
        Assert.Equal(2, GeneratorTable.Of(scores, 1).Generators.Count);
    }

    [Fact]
    public void Scores_of_two_rounds_are_never_compared()
    {
        // In fold 1 everything lies 100 higher; the order inside each round is right.
        RoundScore[] scores =
        [
            new("g", 0, "f1", "x", true, 1), new("g", 0, "f2", "y", true, 1), new("g", 0, "a", "a", false, 0),
            new("g", 1, "f1", "x", true, 101), new("g", 1, "f2", "y", true, 101), new("g", 1, "b", "b", false, 100),
        ];
        Assert.Equal([[1, 1]], GeneratorTable.Of(scores).Values);
    }

    [Fact]
    public void Edges_have_open_limits_or_none()
    {
        var perfect = TwoWayMean.Rate([[1, 1, 1], [1, 1, 1]]);
        Assert.Equal((1.0, Quantiles.AllSucceededLowerLimit(2), 1.0), (perfect.Value!.Value, perfect.Low!.Value, perfect.High!.Value));
        Assert.Null(TwoWayMean.Rate([[0.4, 0.6]]).Low);
        Assert.Null(TwoWayMean.Rate([]).Value);
        var still = TwoWayMean.Difference([[0.1, 0.1], [0.1, 0.1]]);
        Assert.Equal(0.1 - (1 - Quantiles.AllSucceededLowerLimit(2)), still.Low!.Value, 1e-12);
        Assert.Throws<ArgumentException>(() => TwoWayMean.Rate([[0.1, 0.2], [0.1]]));
    }

    [Theory]
    [InlineData(7, 31, 1.0)]
    [InlineData(5, 12, 1.0)]
    [InlineData(7, 31, 2.0)]
    public void The_interval_covers_nine_tenths_where_one_over_people_alone_does_not(int generators, int people, double shift)
    {
        var runs = Full ? 2000 : 250;
        var random = new SeededRandom(5, FormattableString.Invariant($"two-way/{generators}/{people}/{shift}"));
        const double generatorSpread = 0.7, personSpread = 0.7, restSpread = 0.7;
        // A generated score minus a real one: shift + generator + person + two clips' own parts.
        var truth = Normal.CDF(0, 1,
            shift / Math.Sqrt((generatorSpread * generatorSpread) + (personSpread * personSpread) + (2 * restSpread * restSpread)));
        var (covered, narrow, signal) = (0, 0, 0);
        for (var run = 0; run < runs; run++)
        {
            var table = GeneratorTable.Of(Simulate(random, generators, people, shift, generatorSpread, personSpread, restSpread));
            var interval = TwoWayMean.Rate(table.Values);
            if (interval.Contains(truth)) covered++;
            var columns = Enumerable.Range(0, people).Select(c => table.Values.Average(row => row[c])).ToArray();
            var mean = columns.Average();
            var half = Quantiles.StudentT(people - 1) * Math.Sqrt(
                columns.Sum(value => (value - mean) * (value - mean)) / (people * (people - 1.0)));
            if (Math.Abs(mean - truth) <= half) narrow++;
            // The paired difference of two equally good scorers.
            var other = GeneratorTable.Of(Simulate(random, generators, people, shift, generatorSpread, personSpread, restSpread));
            if (TwoWayMean.Difference(table.Minus(other)).Contains(0)) signal++;
        }

        Assert.True(covered >= 0.90 * runs, $"the two-way interval covers {covered} of {runs}");
        Assert.True(signal >= 0.90 * runs, $"the interval of the difference covers {signal} of {runs}");
        Assert.True(narrow <= 0.88 * runs, $"people alone cover {narrow} of {runs}, so generators do not matter in this simulation");
    }

    private static RoundScore[] Simulate(SeededRandom random, int generators, int people, double shift, double generatorSpread,
        double personSpread, double restSpread)
    {
        var scores = new List<RoundScore>();
        var person = Enumerable.Range(0, people).Select(_ => random.Gaussian(0, personSpread)).ToArray();
        for (var g = 0; g < generators; g++)
        {
            var generator = random.Gaussian(shift, generatorSpread);
            for (var f = 0; f < 4; f++)
            {
                var clip = generator + random.Gaussian(0, restSpread);
                foreach (var fold in new[] { 0, 1 }) scores.Add(new RoundScore($"g{g}", fold, $"f{g}-{f}", $"x{g}-{f}", true, clip));
            }

            for (var p = 0; p < people; p++) scores.Add(
                new RoundScore($"g{g}", p % 2, $"r{p}", $"p{p}", false, person[p] + random.Gaussian(0, restSpread)));
        }

        return [.. scores];
    }
}
