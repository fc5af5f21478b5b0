namespace ForensicHeads.Statistics.Tests;

public class RocAndCalibrationTests
{
    private static readonly IReadOnlyList<ClusteredScore> Scores = Lcg.Scores(1, 9, 12, 0.45);

    private static RocCurve Curve =>
        RocCurve.Build([.. Scores.Where(s => !s.Generated).Select(s => s.Score)],
        [.. Scores.Where(s => s.Generated).Select(s => s.Score)])!;

    [Fact]
    public void Equal_error_rate_and_fixed_rate_point_equal_scikit_learns_curve()
    {
        Assert.Equal(0.273504273504, Curve.EqualErrorRate(), 1e-9);
        Assert.Equal(0.461538461538, Curve.TruePositiveRateAt(0.05), 1e-9);
    }

    [Fact]
    public void Equal_error_rate_lies_between_the_points_not_on_one()
    {
        Assert.Equal(0.5, RocCurve.Build([1, 3], [2, 4])!.EqualErrorRate(), 1e-12);

        // The tie at 2 makes one step from (0, .5) to (.5, 1): 1 − TPR − FPR goes from .5 to −.5, so the line crosses at FPR .25.
        Assert.Equal(0.25, RocCurve.Build([1, 2], [2, 4])!.EqualErrorRate(), 1e-12);
    }

    [Fact]
    public void Curve_area_equals_the_AUC_and_its_ends_are_the_corners()
    {
        var points = Curve.Points;
        var area = points.Zip(points.Skip(1), (a, b) =>
            (b.FalsePositiveRate - a.FalsePositiveRate) * (a.TruePositiveRate + b.TruePositiveRate) / 2).Sum();
        Assert.Equal(Auc.Compute(Scores)!.Value, area, 1e-12);
        Assert.Equal((0.0, 0.0), (points[0].FalsePositiveRate, points[0].TruePositiveRate));
        Assert.Equal((1.0, 1.0), (points[^1].FalsePositiveRate, points[^1].TruePositiveRate));
    }

    [Fact]
    public void Each_point_holds_what_lies_above_its_threshold() =>
        Assert.All(Curve.Points, point =>
        {
            double Above(bool generated) => Scores.Where(s => s.Generated == generated).Average(s => s.Score > point.Threshold ? 1.0 : 0.0);
            Assert.Equal((Above(false), Above(true)), (point.FalsePositiveRate, point.TruePositiveRate));
        });

    [Fact]
    public void Brier_and_expected_calibration_error_equal_scikit_learn_and_numpy()
    {
        var lcg = new Lcg(5);
        var p = Enumerable.Range(0, 150).Select(_ => lcg.Uniform()).ToArray();
        var items = p.Select(value => (value, lcg.Uniform() < value * value)).ToArray();
        Assert.Equal(0.17908509802, Calibration.Brier(items)!.Value, 1e-9);
        Assert.Equal(0.218969607353, Calibration.ExpectedError(items)!.Value, 1e-9);
        Assert.Equal(15, Calibration.Reliability(items).Count);
    }

    [Fact]
    public void Equal_probabilities_share_a_bin_so_the_order_of_items_does_not_matter()
    {
        (double, bool)[] items = [.. Enumerable.Range(0, 100).Select(i => (0.5, i < 30)), (0.1, false), (0.9, true)];
        Assert.Equal(Calibration.ExpectedError(items)!.Value, Calibration.ExpectedError([.. items.Reverse()])!.Value, 1e-15);
        Assert.Equal(102, Calibration.Reliability(items).Sum(bin => bin.Count));
    }

    [Fact]
    public void An_empty_class_gives_null()
    {
        Assert.Null(RocCurve.Build([], [1]));
        Assert.Null(Calibration.Brier([]));
        Assert.Null(Calibration.ExpectedError([]));
    }
}
