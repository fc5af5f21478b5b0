namespace ForensicHeads.Statistics.Tests;

public class ProportionTests
{
    [Theory]
    [InlineData(81, 263, .2553, .3662)]
    [InlineData(15, 148, .0624, .1605)]
    [InlineData(0, 20, 0, .1611)]
    [InlineData(1, 29, .0061, .1718)]
    public void Wilson_gives_the_published_limits(int successes, int trials, double low, double high)
    {
        var interval = CoverageTests.Wilson(successes, trials);
        Assert.Equal(low, interval.Low, 5e-5);
        Assert.Equal(high, interval.High, 5e-5);
    }

    [Theory]
    [InlineData(11, 0.615203834849, 0.997892406768)]
    [InlineData(11.4, 0.659760308323, 0.999854649842)]
    public void Exact_interval_equals_scipys_for_whole_and_for_fractional_counts_of_twelve(double successes, double low, double high)
    {
        var interval = PeopleInterval.ClopperPearson(successes, 12);
        Assert.Equal(low, interval.Low, 1e-9);
        Assert.Equal(high, interval.High, 1e-9);
    }

    [Fact]
    public void Clustered_interval_has_the_variance_of_the_R_package_survey_and_the_limits_worked_out_in_python()
    {
        var estimate = ClusteredProportion.Share([(9, 10), (10, 10), (4, 10), (8, 12), (10, 10), (7, 8)]);
        Assert.Equal(0.8, estimate.Value!.Value, 1e-12);
        Assert.Equal(0.485850400388, estimate.Low!.Value, 1e-9);
        Assert.Equal(0.965515654911, estimate.High!.Value, 1e-9);
    }

    [Fact]
    public void Twelve_people_without_an_error_reach_down_to_0_735_however_many_frames_they_have()
    {
        var estimate = ClusteredProportion.Share(Enumerable.Repeat((1000, 1000), 12));
        Assert.Equal((1.0, 1.0), (estimate.Value, estimate.High));
        Assert.Equal(0.735, estimate.Low!.Value, 5e-4);
        var accuracy = ClusteredProportion.BalancedAccuracy(Enumerable.Repeat((5, 5, 40, 40), 12));
        Assert.Equal(0.735, accuracy.Low!.Value, 5e-4);
    }

    [Fact]
    public void Balanced_accuracy_with_equal_classes_is_plain_accuracy_interval_and_all()
    {
        (int RealRight, int Real, int GeneratedRight, int Generated)[] people =
            [(9, 10, 5, 10), (10, 10, 7, 10), (4, 12, 12, 12), (8, 8, 8, 8), (3, 6, 2, 6)];
        var balanced = ClusteredProportion.BalancedAccuracy(people);
        var plain = ClusteredProportion.Share(people.Select(p => (p.RealRight + p.GeneratedRight, p.Real + p.Generated)));
        Assert.Equal(plain.Value!.Value, balanced.Value!.Value, 1e-12);
        Assert.Equal(plain.Low!.Value, balanced.Low!.Value, 1e-9);
        Assert.Equal(plain.High!.Value, balanced.High!.Value, 1e-9);
    }

    [Fact]
    public void A_larger_generated_class_does_not_weigh_more_in_accuracy() =>
        Assert.Equal(0.75, ClusteredProportion.BalancedAccuracy([(5, 5, 50, 100), (5, 5, 50, 100)]).Value!.Value, 1e-12);

    [Fact]
    public void An_empty_class_gives_null_with_a_warning()
    {
        Assert.Null(ClusteredProportion.Share([]).Value);
        Assert.Equal("no items in this class", ClusteredProportion.Share([(0, 0)]).Warning);
        Assert.Null(ClusteredProportion.BalancedAccuracy([(3, 3, 0, 0)]).Value);
    }
}
