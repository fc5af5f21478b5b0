namespace ForensicHeads.Statistics.Tests;

public sealed class AreaCrossingTests
{
    private static readonly IReadOnlyList<(double, IReadOnlyList<ClusteredScore>)> Falling =
        [.. new[] { (18.0, 0.8), (28.0, 0.5), (40.0, 0.1) }.Select(dose => (dose.Item1, Lcg.Scores(4, 20, 6, dose.Item2)))];

    [Fact]
    public void The_crossing_lies_on_the_straight_line_between_the_two_doses_around_it()
    {
        double[] areas = [.. Falling.Select(dose => Auc.Compute(dose.Item2)!.Value)];
        Assert.True(areas[0] > 0.75 && areas[1] > 0.75 && areas[2] < 0.75, string.Join(' ', areas));
        Assert.Equal(28 + (12 * (areas[1] - 0.75) / (areas[1] - areas[2])), AreaCrossing.Of(Falling, 0.75).Value!.Value, 1e-9);
    }

    [Fact]
    public void The_interval_is_the_jackknife_over_people_done_the_slow_way()
    {
        var found = AreaCrossing.Of(Falling, 0.75);
        string[] people = [.. Falling[0].Item2.Select(score => score.Identity).Distinct()];
        double[] without =
        [
            .. people.Select(person => AreaCrossing.Of(
                [.. Falling.Select(dose => (dose.Item1, (IReadOnlyList<ClusteredScore>)[.. dose.Item2.Where(score =>
                    score.Identity != person)]))], 0.75).Value!.Value),
        ];
        var error = Math.Sqrt(without.Sum(one => Math.Pow(one - without.Average(), 2)) * 19 / 20);
        Assert.Equal(found.Value!.Value - (2.093024 * error), found.Low!.Value, 1e-4);
        Assert.Equal(Math.Min(40, found.Value!.Value + (2.093024 * error)), found.High!.Value, 1e-4);
    }

    [Fact]
    public void Without_a_crossing_it_says_on_which_side_the_area_stays()
    {
        Assert.Equal("above 0.20 up to 40", AreaCrossing.Of(Falling, 0.2).Warning);
        Assert.Equal("at most 0.99 from 18 on", AreaCrossing.Of([.. Falling.Skip(0)], 0.99).Warning);
        Assert.Null(AreaCrossing.Of(Falling, 0.99).Value);
    }
}
