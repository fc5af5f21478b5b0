namespace ForensicHeads.Statistics.Tests;

public class TippettTests
{
    private static double[] Llrs(bool generated) =>
        [.. Lcg.Scores(1, 9, 12, 0.45).Where(score => score.Generated == generated).Select(score => (score.Score - 0.7) * 2)];

    [Theory]
    [InlineData(false, 0.487179487179, 0.205128205128, 0.034188034188)]
    [InlineData(true, 0.948717948718, 0.683760683761, 0.461538461538)]
    public void Shares_above_equal_those_counted_with_numpy(bool generated, double low, double zero, double high)
    {
        var points = TippettCurve.Build(Llrs(generated));
        double At(double llr) => points.Last(point => point.Llr <= llr + 1e-12).ShareAbove;
        Assert.Equal(low, At(-0.51), 1e-9);
        Assert.Equal(zero, At(0.01), 1e-9);
        Assert.Equal(high, At(0.51), 1e-9);
        Assert.Equal((1.0, 0.0), (points[0].ShareAbove, points[^1].ShareAbove));
    }

    [Fact]
    public void Each_distinct_ratio_is_one_step_down()
    {
        Assert.Equal([new(-1, 1), new(-1, 0.75), new(2, 0.25), new(3, 0)], TippettCurve.Build([2, 3, -1, 2]));
        Assert.Empty(TippettCurve.Build([]));
    }
}
