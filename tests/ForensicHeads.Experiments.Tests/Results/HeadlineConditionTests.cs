namespace ForensicHeads.Experiments.Tests.Results;

public class HeadlineConditionTests
{
    [Fact]
    public void The_one_nearest_to_four_fifths_is_chosen() =>
        Assert.Equal("b", HeadlineCondition.Choose([("clean", 0.99), ("a", 0.62), ("b", 0.83), ("c", 0.89)]));

    [Fact]
    public void A_tie_goes_to_the_first_in_the_reports_order() =>
        Assert.Equal("clean", HeadlineCondition.Choose([("clean", 0.75), ("a", 0.75)]));

    [Fact]
    public void Conditions_without_a_score_are_left_out() => Assert.Equal("a", HeadlineCondition.Choose([("clean", null), ("a", 0.5)]));

    [Fact]
    public void Without_any_score_there_is_none() => Assert.Null(HeadlineCondition.Choose([("clean", null), ("a", null)]));

    [Fact]
    public void One_that_was_fixed_is_taken_whatever_was_scored_and_must_be_among_the_conditions()
    {
        static ExperimentConfig Read(string primary) => new ExperimentConfig
        {
            Name = "x",
            Procedural = new ProceduralOptions(),
            Conditions = ["clean", "jpeg-50"],
            PrimaryCondition = primary,
        }.Validated();
        var chosen = HeadlineCondition.Of(Read("jpeg-50"), [], 3);
        Assert.Equal(("jpeg-50", null), (chosen.Condition, chosen.Warning));
        Assert.Contains("was fixed in the experiment file", chosen.Reason, StringComparison.Ordinal);
        Assert.Contains("primary_condition is 'h264-crf40'", Assert.Throws<UserErrorException>(() => Read("h264-crf40")).Message,
            StringComparison.Ordinal);
    }
}
