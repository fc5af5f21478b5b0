namespace ForensicHeads.Statistics.Tests;

public class AucTests
{
    private static readonly IReadOnlyList<ClusteredScore> A = Lcg.Scores(1, 9, 12, 0.45);
    private static readonly IReadOnlyList<ClusteredScore> B = Lcg.Scores(2, 9, 12, 0.2);

    [Fact]
    public void Area_counts_ties_half_and_equals_the_sum_over_all_pairs()
    {
        // 2 beats 1 and ties 2 (1.5, twice), 1 ties 1 (0.5), 3 beats both (2): 5.5 of 8.
        Assert.Equal(0.6875, Auc.Compute([1, 2], [2, 2, 1, 3]));
        var pairs = from r in A.Where(s => !s.Generated)
                    from g in A.Where(s => s.Generated)
                    select g.Score > r.Score ? 1 : g.Score == r.Score ? 0.5 : 0;
        Assert.Equal(pairs.Average(), Auc.Compute(A)!.Value, 1e-12);
    }

    [Fact]
    public void The_interval_equals_scikit_learns_area_left_out_person_by_person_with_the_limits_worked_out_in_python()
    {
        var estimate = ClusteredAuc.Interval(A);
        Assert.Equal(0.852545839725, estimate.Value!.Value, 1e-9);
        Assert.Equal(0.688870374545, estimate.Low!.Value, 1e-9);
        Assert.Equal(0.950268634534, estimate.High!.Value, 1e-9);
        Assert.Equal(9, estimate.Identities);
    }

    [Fact]
    public void Paired_difference_equals_the_reference_and_has_its_exact_sign_flip_p()
    {
        var (difference, p) = ClusteredAuc.Difference(A, B);
        Assert.Equal(0.176857330703, difference.Value!.Value, 1e-9);
        Assert.Equal(0.0243665928652, difference.Low!.Value, 1e-9);
        Assert.Equal(0.329348068542, difference.High!.Value, 1e-9);
        Assert.Equal(0.03125, p);
    }

    [Fact]
    public void Perfect_separation_of_twelve_people_gets_the_exact_binomial_lower_limit()
    {
        var scores = Enumerable.Range(0, 12)
            .SelectMany(i => new[] { new ClusteredScore($"p{i}", false, i), new ClusteredScore($"p{i}", true, 100 + i) }).ToList();
        var estimate = ClusteredAuc.Interval(scores);
        Assert.Equal((1.0, 1.0), (estimate.Value, estimate.High));
        Assert.Equal(0.735, estimate.Low!.Value, 5e-4);
        Assert.Equal("perfect separation: the open limit is the exact binomial one over 12 people", estimate.Warning);

        var mirrored = ClusteredAuc.Interval(scores.Select(s => s with { Generated = !s.Generated }));
        Assert.Equal((0.0, 0.0), (mirrored.Value, mirrored.Low));
        Assert.Equal(0.265, mirrored.High!.Value, 5e-4);
    }

    [Fact]
    public void One_person_left_without_an_error_does_not_make_the_interval_infinite_or_empty()
    {
        // Only p0 has an overlap, so leaving p0 out gives an area of exactly 1.
        var scores = Enumerable.Range(0, 6)
            .SelectMany(i =>
                new[] { new ClusteredScore($"p{i}", false, i == 0 ? 50 : 0), new ClusteredScore($"p{i}", true, i == 0 ? 49 : 60) });
        var estimate = ClusteredAuc.Interval(scores);
        Assert.True(estimate.Low < estimate.Value && estimate.Value < estimate.High && estimate.High < 1);
    }

    [Fact]
    public void Where_everybody_errs_wholly_or_not_at_all_the_limits_are_the_exact_binomial_ones_over_people()
    {
        static ClusteredScore[] Missed(int people) =>
        [
            .. from i in Enumerable.Range(0, 12) from f in Enumerable.Range(0, 10)
               from item in new[] { new ClusteredScore($"p{i}", false, f), new ClusteredScore($"p{i}", true, i < people ? -1 : 99) }
               select item,
        ];
        foreach (var people in new[] { 0, 1, 3, 6, 11, 12 })
        {
            var estimate = ClusteredAuc.Interval(Missed(people));
            var (low, high) = PeopleInterval.ClopperPearson(12 - people, 12);
            Assert.Equal((12 - people) / 12.0, estimate.Value!.Value, 1e-12);
            Assert.Equal(low, estimate.Low!.Value, 1e-9);
            Assert.Equal(high, estimate.High!.Value, 1e-9);
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(20)]
    public void The_limits_move_by_little_with_every_pair_from_a_perfect_area_down_to_a_poor_one(int people)
    {
        // The fakes come down upon the true frames until the area is poor, by steps that turn a few of the pairs.
        var random = new SeededRandom(3, "steps");
        var effects = Enumerable.Range(0, 2 * people).Select(_ => random.Gaussian(0, Math.Sqrt(0.5))).ToArray();
        var scores = Enumerable.Range(0, people).SelectMany(i => Enumerable.Range(0, 20).Select(f => new ClusteredScore(
            $"p{i}", f % 2 == 1, random.Gaussian(effects[(2 * i) + (f % 2)], Math.Sqrt(0.5))))).ToArray();
        var steps = Enumerable.Range(0, 4000).Select(step => ClusteredAuc.Interval(scores.Select(item =>
            item with { Score = item.Score + (item.Generated ? 8 - (step * 0.002) : 0) }))).ToArray();
        Assert.Equal(Quantiles.AllSucceededLowerLimit(people), steps[0].Low!.Value, 1e-9);
        Assert.InRange(steps[^1].Value!.Value, 0.3, 0.75);
        foreach (var (before, after) in steps.Zip(steps.Skip(1)))
        {
            Assert.InRange(before.Value!.Value - after.Value!.Value, 0, 0.01);
            Assert.InRange(after.Low!.Value - before.Low!.Value, -0.012, 0.012);
            Assert.InRange(after.High!.Value - before.High!.Value, -0.012, 0.012);
        }

        var mirrored = ClusteredAuc.Interval(scores.Select(item => item with { Generated = !item.Generated }));
        var straight = ClusteredAuc.Interval(scores);
        Assert.Equal(1 - straight.Low!.Value, mirrored.High!.Value, 1e-9);
    }

    [Fact]
    public void Two_perfect_areas_differ_by_nothing_but_not_with_certainty()
    {
        var scores = Enumerable.Range(0, 12)
            .SelectMany(i => new[] { new ClusteredScore($"p{i}", false, 0), new ClusteredScore($"p{i}", true, 1) }).ToList();
        var (difference, p) = ClusteredAuc.Difference(scores, scores);
        Assert.Equal(0, difference.Value);
        Assert.Equal(-0.265, difference.Low!.Value, 5e-4);
        Assert.Equal(0.265, difference.High!.Value, 5e-4);
        Assert.Equal(1, p);
    }

    [Fact]
    public void An_empty_class_gives_null_with_a_warning_and_one_person_gives_no_interval()
    {
        var none = ClusteredAuc.Interval([new("a", false, 1)]);
        Assert.Null(none.Value);
        Assert.Contains("0 generated", none.Warning, StringComparison.Ordinal);
        Assert.Null(Auc.Compute([], [1.0]));
        var one = ClusteredAuc.Interval([new("a", false, 1), new("a", true, 2)]);
        Assert.Equal(1, one.Value);
        Assert.Null(one.Low);
        Assert.Equal("an interval needs at least two people in each class", one.Warning);
        Assert.Null(ClusteredAuc.Difference([], []).Difference.Value);
    }

    [Fact]
    public void A_score_that_is_not_a_number_is_refused() =>
        Assert.Throws<ArgumentException>(() => ClusteredAuc.Interval([new("a", false, double.NaN), new("a", true, 1)]));

    [Fact]
    public void Auc_counts_pairs_and_ties_half()
    {
        Assert.Equal(0.875, Auc.Of([1, 2, 2, 3], [false, false, true, true]));
        Assert.Equal(0.5, Auc.Of([4, 4, 4], [false, true, true]));
        Assert.Equal(double.NaN, Auc.Of([4, 5], [true, true]));
        var random = new SeededRandom(1, "auc");
        float[] scores = [.. Enumerable.Range(0, 300).Select(_ => (float)random.NextInt(40))];
        bool[] labels = [.. scores.Select(score => random.Chance(0.2 + (score / 80)))];
        double won = 0, pairs = 0;
        for (var i = 0; i < 300; i++)
        {
            for (var j = 0; j < 300; j++)
            {
                if (!labels[i] || labels[j]) continue;
                pairs++;
                won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            }
        }

        Assert.Equal(won / pairs, Auc.Of(scores, labels), 1e-12);
    }
}
