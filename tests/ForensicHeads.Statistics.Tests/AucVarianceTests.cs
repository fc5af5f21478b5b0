namespace ForensicHeads.Statistics.Tests;

public class AucVarianceTests
{
    private static readonly IReadOnlyList<ClusteredScore> A = Lcg.Scores(1, 9, 12, 0.45);

    [Fact]
    public void Clustered_variance_equals_Obuchowski_1997_worked_out_item_by_item_with_numpy()
    {
        Assert.Equal(0.00146691323709, AucVariance.Obuchowski(A)!.Value, 1e-9);
        Assert.Equal(0.0034732998062, AucVariance.Obuchowski(Lcg.Scores(2, 9, 12, 0.2))!.Value, 1e-9);
    }

    [Fact]
    public void With_one_item_a_person_it_is_the_DeLong_variance_of_the_R_package_pROC() =>
        Assert.Equal(0.000551290264616, AucVariance.Obuchowski(A.Select((score, i) => score with { Identity = $"{i}" }))!.Value, 1e-12);

    [Fact]
    public void Items_of_one_person_do_not_count_as_independent_and_nothing_is_said_of_one_person()
    {
        Assert.True(AucVariance.Obuchowski(A) > 2 * AucVariance.Obuchowski(A.Select((score, i) => score with { Identity = $"{i}" })));
        Assert.Null(AucVariance.Obuchowski(A.Where(score => score.Identity == "p0")));
        Assert.Null(AucVariance.Obuchowski(A.Where(score => score.Generated)));
        Assert.Equal(0, AucVariance.Obuchowski([new("a", false, 0), new("b", false, 0), new("a", true, 1), new("b", true, 1)]));
    }
}
