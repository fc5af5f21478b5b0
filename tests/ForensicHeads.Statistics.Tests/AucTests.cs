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
    public void Jackknife_interval_equals_scikit_learns_area_left_out_person_by_person()
    {
        var estimate = ClusteredAuc.Interval(A);
        Assert.Equal(0.852545839725, estimate.Value!.Value, 1e-9);
        Assert.Equal(0.739651852071, estimate.Low!.Value, 1e-9);
        Assert.Equal(0.921670205602, estimate.High!.Value, 1e-9);
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
    public void An_area_near_one_with_one_person_erring_is_held_within_the_exact_limits_over_people_and_says_so()
    {
        // All fakes of one of twelve people lie below their own true frames, and all else is right: the jackknife alone reaches far below
        // what twelve coins could.
        var scores = Enumerable.Range(0, 12).SelectMany(i => Enumerable.Range(0, 10).SelectMany(_ => new[]
        {
            new ClusteredScore($"p{i}", false, i == 0 ? 50 : 0), new ClusteredScore($"p{i}", true, i == 0 ? 49 : 60),
        })).ToList();
        var estimate = ClusteredAuc.Interval(scores);
        var area = Auc.Compute(scores)!.Value;
        Assert.Equal(1 - (100 / 14400.0), area, 1e-12);
        var alone = ClusteredAuc.JackknifeLimits(new AucPlacements(scores), area, 12);
        var (least, most) = ClusteredAuc.PeopleLimits(area, 12);
        Assert.True(alone.Low < 0.5 && least > 0.70, $"{alone.Low} {least}");
        Assert.Equal((least, Math.Min(alone.High, most)), (estimate.Low!.Value, estimate.High!.Value));
        Assert.Contains("exact binomial", estimate.Warning, StringComparison.Ordinal);

        var mirrored = ClusteredAuc.Interval(scores.Select(score => score with { Score = -score.Score }));
        Assert.Equal(1 - least, mirrored.High!.Value, 1e-9);
        Assert.Equal(1 - estimate.High!.Value, mirrored.Low!.Value, 1e-9);
    }

    [Fact]
    public void The_limits_over_people_run_into_those_of_a_perfect_area()
    {
        Assert.Equal(Quantiles.AllSucceededLowerLimit(12), ClusteredAuc.PeopleLimits(1, 12).Low, 1e-12);
        Assert.Equal(Quantiles.AllSucceededLowerLimit(12), ClusteredAuc.PeopleLimits(1 - 1e-9, 12).Low, 1e-6);
        Assert.Equal(BinomialInterval.ClopperPearson(9, 12), ClusteredAuc.PeopleLimits(0.75, 12));
    }

    [Fact]
    public void The_interval_runs_into_that_of_a_perfect_area_as_the_last_wrong_pairs_vanish()
    {
        // Twelve people, ten items of either class; so many pairs wrong as asked, each of another two people.
        static List<ClusteredScore> Wrong(int pairs) =>
        [
            .. from i in Enumerable.Range(0, 12) from f in Enumerable.Range(0, 10)
               from item in new[] { new ClusteredScore($"p{i}", false, f == 0 && i < pairs ? 10 + (2 * i) : -1),
                   new ClusteredScore($"p{i}", true, f == 0 && (i + 11) % 12 < pairs ? 9 + (2 * ((i + 11) % 12)) : 100) } select item,
        ];
        var lows = new[] { 0, 1, 2, 3, 6 }.Select(pairs => (Pairs: pairs, Estimate: ClusteredAuc.Interval(Wrong(pairs)))).ToArray();
        Assert.Equal(Quantiles.AllSucceededLowerLimit(12), lows[0].Estimate.Low!.Value, 1e-12);
        foreach (var (pairs, estimate) in lows.Skip(1))
        {
            // The k-th pair's real item lies above the fakes of all pairs up to it, which makes k(k + 1)/2 wrong pairs.
            var wrong = pairs * (pairs + 1) / 2;
            var area = 1 - (wrong / 14400.0);
            Assert.Equal(area, estimate.Value!.Value, 1e-12);
            var alone = ClusteredAuc.JackknifeLimits(new AucPlacements(Wrong(pairs)), area, 12).Low;
            var least = ClusteredAuc.PeopleLimits(area, 12).Low;
            Assert.True(alone > 0.99 && least < 0.74, $"{alone} {least}");
            // Person 0 and person k err in one pair each, those between them in k + 2.
            var erring = (2.0 * wrong) * (2.0 * wrong) / (2 + ((pairs - 1) * (pairs + 2) * (pairs + 2)));
            Assert.Equal(alone + (Math.Pow(1 - (wrong / 120.0), erring) * (least - alone)), estimate.Low!.Value, 1e-12);
            Assert.Contains("less than one item", estimate.Warning, StringComparison.Ordinal);
        }

        Assert.InRange(lows[1].Estimate.Low!.Value - lows[0].Estimate.Low!.Value, -0.01, 0.01);
        var mirrored = ClusteredAuc.Interval(Wrong(2).Select(score => score with { Generated = !score.Generated }));
        Assert.Equal(1 - lows[2].Estimate.Low!.Value, mirrored.High!.Value, 1e-9);
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
