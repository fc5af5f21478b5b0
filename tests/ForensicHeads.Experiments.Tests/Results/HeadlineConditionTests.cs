namespace ForensicHeads.Experiments.Tests.Results;

public class HeadlineConditionTests
{
    [Fact]
    public void Of_those_in_the_band_the_one_nearest_its_middle_is_chosen() =>
        Assert.Equal(("b", null), HeadlineCondition.Choose([("clean", 0.99), ("a", 0.62), ("b", 0.80), ("c", 0.89)]));

    [Theory]
    [InlineData(0.60)]
    [InlineData(0.90)]
    public void The_bands_ends_belong_to_it(double auc) =>
        Assert.Equal(("edge", null), HeadlineCondition.Choose([("clean", 0.91), ("edge", auc)]));

    [Fact]
    public void With_none_in_the_band_the_nearest_is_chosen_with_a_warning()
    {
        var (condition, warning) = HeadlineCondition.Choose([("clean", 1.0), ("a", 0.52), ("b", 0.97)]);
        Assert.Equal("b", condition);
        Assert.Contains("AUC 0.97", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tie_goes_to_the_first_in_the_reports_order() =>
        Assert.Equal("clean", HeadlineCondition.Choose([("clean", 0.75), ("a", 0.75)]).Condition);

    [Fact]
    public void Conditions_without_a_score_are_left_out() =>
        Assert.Equal(("a", null), HeadlineCondition.Choose([("clean", null), ("a", 0.7)]));

    [Fact]
    public void Without_any_score_the_first_is_taken_with_a_warning()
    {
        var (condition, warning) = HeadlineCondition.Choose([("clean", null), ("a", null)]);
        Assert.Equal("clean", condition);
        Assert.Contains("not scored", warning, StringComparison.Ordinal);
    }
}
