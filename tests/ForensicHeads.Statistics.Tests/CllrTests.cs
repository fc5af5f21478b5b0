namespace ForensicHeads.Statistics.Tests;

public class CllrTests
{
    private static readonly double Log3 = Math.Log10(3);

    [Fact]
    public void Published_small_cases_come_out()
    {
        Assert.Equal(0.4150374993, Cllr.Compute([-Log3, -Log3], [Log3, Log3])!.Value, 1e-9);
        Assert.Equal(2, Cllr.Compute([Log3, Log3], [-Log3, -Log3])!.Value, 1e-9);
        Assert.Equal(0.5400680237, Cllr.Compute([.. Enumerable.Repeat(-2.0, 100), 2.0], [0])!.Value, 1e-9);
    }

    [Fact]
    public void Uninformative_ratios_cost_one_bit_and_calibration_nothing()
    {
        Assert.Equal(1, Cllr.Compute([0, 0, 0], [0, 0])!.Value, 1e-12);
        Assert.Equal(1, Cllr.Minimum([0, 0, 0], [0, 0])!.Value, 1e-12);
        Assert.Equal(0, Cllr.Calibration([0, 0, 0], [0, 0])!.Value, 1e-12);
    }

    [Fact]
    public void Minimum_equals_scikit_learns_isotonic_regression_and_a_shift_leaves_it()
    {
        var scores = Lcg.Scores(1, 9, 12, 0.45);
        double[] Llr(bool generated, double shift) =>
            [.. scores.Where(s => s.Generated == generated).Select(s => ((s.Score - 0.7) * 2) + shift)];
        Assert.Equal(0.673996334206, Cllr.Compute(Llr(false, 0), Llr(true, 0))!.Value, 1e-9);
        Assert.Equal(0.587921767061, Cllr.Minimum(Llr(false, 0), Llr(true, 0))!.Value, 1e-9);
        foreach (var shift in new[] { -2.0, 2.0 })
        {
            Assert.Equal(0.587921767061, Cllr.Minimum(Llr(false, shift), Llr(true, shift))!.Value, 1e-9);
            Assert.True(Cllr.Compute(Llr(false, shift), Llr(true, shift)) > 1);
        }
    }

    [Fact]
    public void Cross_entropy_at_prior_one_half_is_Cllr_and_at_others_is_not()
    {
        double[] real = [-1.2, 0.3, -0.4], generated = [0.9, 0.1];
        Assert.Equal(Cllr.Compute(real, generated), Cllr.EmpiricalCrossEntropy(real, generated, 0.5));
        Assert.NotEqual(Cllr.Compute(real, generated)!.Value, Cllr.EmpiricalCrossEntropy(real, generated, 0.2)!.Value, 1e-3);
    }

    [Theory]
    [InlineData(-1, 0.310697425301, 0.26007381163, 0.439496986922)]
    [InlineData(0, 0.673996334206, 0.587921767061, 1)]
    [InlineData(1, 0.312108351763, 0.26767005648, 0.439496986922)]
    public void The_three_lines_of_the_cross_entropy_plot_equal_numpy_and_scikit_learn(double odds, double stated, double recalibrated,
        double uninformed)
    {
        var scores = Lcg.Scores(1, 9, 12, 0.45);
        double[] Llr(bool generated) => [.. scores.Where(s => s.Generated == generated).Select(s => (s.Score - 0.7) * 2)];
        var curve = CrossEntropyCurve.Build(Llr(false), Llr(true));
        Assert.Equal((61, -3.0, 3.0), (curve.Count, curve[0].PriorLogOdds, curve[^1].PriorLogOdds));
        var point = curve.Single(point => point.PriorLogOdds == odds);
        Assert.Equal(stated, point.Stated, 1e-9);
        Assert.Equal(recalibrated, point.Recalibrated, 1e-9);
        Assert.Equal(uninformed, point.Uninformed, 1e-9);
        Assert.All(curve, at => Assert.True(at.Recalibrated <= at.Stated + 1e-12 && at.Recalibrated <= at.Uninformed + 1e-12, $"{at}"));
        Assert.Empty(CrossEntropyCurve.Build([], [1]));
    }

    [Fact]
    public void At_even_odds_the_cross_entropy_plot_shows_Cllr_and_its_minimum_whatever_the_ratios()
    {
        var random = new SeededRandom(9, "cross-entropy");
        for (var run = 0; run < 20; run++)
        {
            double[] real = [.. Enumerable.Range(0, 1 + run).Select(_ => random.Gaussian(-0.4, 1.5))],
                generated = [.. Enumerable.Range(0, 21 - run).Select(_ => random.Gaussian(0.3, 1.5))];
            var even = CrossEntropyCurve.Build(real, generated).Single(point => point.PriorLogOdds == 0);
            Assert.Equal((Cllr.Compute(real, generated)!.Value, Cllr.Minimum(real, generated)!.Value, 1.0),
                (even.Stated, even.Recalibrated, even.Uninformed));
        }
    }

    [Fact]
    public void Calibrated_Gaussian_scores_with_AUC_0_85_cost_0_69_bits()
    {
        // AUC = Φ(d/√2) = .85 at d = 1.4657; the natural LLR of a score x is then d·x − d²/2.
        const double d = 1.4657;
        var random = new SeededRandom(3, "gaussian");
        double Llr(double mean) => ((d * random.Gaussian(mean)) - (d * d / 2)) / Math.Log(10);
        var real = Enumerable.Range(0, 60_000).Select(_ => Llr(0)).ToArray();
        var generated = Enumerable.Range(0, 60_000).Select(_ => Llr(d)).ToArray();
        Assert.Equal(0.85, Auc.Compute(real, generated)!.Value, 0.005);
        Assert.Equal(0.69, Cllr.Compute(real, generated)!.Value, 0.01);
    }

    [Fact]
    public void Extreme_ratios_stay_finite_and_an_empty_class_is_null()
    {
        Assert.Equal(0.5 * 400 / Math.Log10(2), Cllr.Compute([-400], [-400])!.Value, 1e-6);
        Assert.Null(Cllr.Compute([], [1]));
        Assert.Null(Cllr.Minimum([1], []));
        Assert.Null(Cllr.Calibration([], []));
    }
}
