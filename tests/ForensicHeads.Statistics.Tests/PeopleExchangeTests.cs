namespace ForensicHeads.Statistics.Tests;

public sealed class PeopleExchangeTests
{
    [Fact]
    public void With_few_people_p_is_the_share_of_all_exchanges_counted_by_hand()
    {
        // The slow way: relabel every person in every way and take the area of the pooled scores.
        var scores = Lcg.Scores(3, 6, 5, 0.4);
        string[] people = [.. scores.Select(score => score.Identity).Distinct()];
        var observed = Auc.Compute(scores)!.Value;
        var extreme = Enumerable.Range(0, 1 << people.Length).Count(pattern => Auc.Compute(scores.Select(score => score with
        {
            Generated = score.Generated ^ ((pattern >> Array.IndexOf(people, score.Identity) & 1) == 1),
        })) >= observed - 1e-12);
        Assert.Equal((double)extreme / (1 << people.Length), PeopleExchange.P(scores)!.Value, 1e-12);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(30)]
    public void Without_a_difference_p_is_uniform(int people)
    {
        double[] p = [.. Enumerable.Range(0, 60).Select(run => PeopleExchange.P(Lcg.Scores(100 + run, people, 4, 0))!.Value)];
        // Mean of 60 uniform draws: deviation 0.037; four of them.
        Assert.InRange(p.Average(), 0.5 - 0.15, 0.5 + 0.15);
        Assert.InRange(p.Count(value => value <= 0.1), 0, 17);
    }

    [Fact]
    public void Many_frames_of_few_people_are_no_proof()
    {
        // Two people told apart in each of a hundred frames: one of four exchanges is as good.
        var scores = new[] { "a", "b" }.SelectMany(person => Enumerable.Range(0, 100).SelectMany(i => new[]
        {
            new ClusteredScore(person, false, 0.001 * i), new ClusteredScore(person, true, 1 + (0.001 * i)),
        }));
        Assert.Equal(0.25, PeopleExchange.P(scores));
    }

    [Fact]
    public void Who_has_one_class_only_keeps_it()
    {
        ClusteredScore[] alone = [new("a", false, 0), new("b", true, 1)];
        Assert.Null(PeopleExchange.P(alone));
        Assert.Equal(0.5, PeopleExchange.P([.. alone, new("c", false, 0.2), new("c", true, 0.8)]));
    }
}
