namespace ForensicHeads.Statistics.Tests;

public class ClusteredMcNemarTests
{
    // Which items of the two score sets of the reference scripts are called right at 0.7: (person, first, second).
    private static readonly PairedDecision[] Decisions =
        [.. Lcg.Scores(1, 9, 12, 0.45)
        .Zip(Lcg.Scores(2, 9, 12, 0.2), (a, b) =>
            new PairedDecision(a.Identity, a.Generated, a.Score > 0.7 == a.Generated, b.Score > 0.7 == b.Generated))];

    [Fact]
    public void It_equals_Obuchowskis_variances_worked_out_with_numpy_and_the_total_of_the_R_package_survey()
    {
        var (statistic, p) = ClusteredMcNemar.Test(ByPerson(Decisions))!.Value;
        Assert.Equal(3.91282600929, statistic, 1e-9);
        Assert.Equal(0.0479189547428, p, 1e-9);
    }

    [Fact]
    public void With_one_pair_a_person_it_is_the_mcnemar_test_of_R_but_for_its_factor_of_people()
    {
        PairedDecision[] lone = [.. Decisions.Select((pair, i) => pair with { Identity = $"{i}" })];
        Assert.Equal(14.1134020619 * (lone.Length - 1) / lone.Length, ClusteredMcNemar.Test(ByPerson(lone))!.Value.ChiSquare, 1e-9);
    }

    [Fact]
    public void It_equals_the_papers_variances_about_the_pooled_share_whatever_the_pairs()
    {
        var random = new SeededRandom(17, "mcnemar");
        for (var run = 0; run < 50; run++)
        {
            PairedDecision[] pairs =
                [.. from person in Enumerable.Range(0, 2 + (run % 7)) from item in Enumerable.Range(0, 1 + ((person * 5) % 9))
                select new PairedDecision($"p{person}", true, random.Chance(0.3 + (0.08 * person)), random.Chance(0.5))];
            if (pairs.GroupBy(pair => pair.Identity)
                .All(person => person.Count(pair => pair.FirstRight) == person.Count(pair => pair.SecondRight))) continue;
            Assert.Equal(Slow(pairs), ClusteredMcNemar.Test(ByPerson(pairs))!.Value.ChiSquare, 1e-9);
        }
    }

    [Fact]
    public void Balance_is_no_evidence_one_person_is_none_at_all_and_the_sides_may_be_exchanged()
    {
        Assert.Equal((0.0, 1.0), ClusteredMcNemar.Test([(3, 3), (0, 0)]));
        Assert.Null(ClusteredMcNemar.Test([(3, 0)]));
        Assert.Null(ClusteredMcNemar.Test([]));
        Assert.Equal(ClusteredMcNemar.Test([(3, 1), (0, 2), (5, 0)]), ClusteredMcNemar.Test([(1, 3), (2, 0), (0, 5)]));
        // By hand: differences 2, −2, 5, K = 3: 2/3 · 25/33.
        Assert.Equal(2.0 / 3 * 25 / 33, ClusteredMcNemar.Test([(3, 1), (0, 2), (5, 0)])!.Value.ChiSquare, 1e-12);
        Assert.Equal(4, ClusteredMcNemar.Test([.. Enumerable.Repeat((7.0, 0.0), 5)])!.Value.ChiSquare, 1e-12);
        Assert.Throws<ArgumentException>(() => ClusteredMcNemar.Test([(-1, 0), (1, 0)]));
    }

    [Fact]
    public void Where_people_differ_but_detectors_do_not_it_holds_its_level_and_McNemar_over_frames_does_not()
    {
        var random = new SeededRandom(23, "mcnemar-level");
        var (clustered, naive) = (0, 0);
        const int runs = 1000;
        for (var run = 0; run < runs; run++)
        {
            // Each of thirty people suits one of the two detectors, by the toss of a coin.
            var people = Enumerable.Range(0, 30).Select(_ => random.Chance(0.5) ? 0.8 : 0.2)
                .Select(first => Enumerable.Range(0, 10).Count(_ => random.Chance(first))).Select(first => ((double)first, 10.0 - first))
                .ToArray();
            if (ClusteredMcNemar.Test(people)!.Value.P < 0.05) clustered++;
            if (ClusteredMcNemar
                .Test([.. people
                .SelectMany(person =>
                    Enumerable.Repeat((1.0, 0.0), (int)person.Item1)
                .Concat(Enumerable.Repeat((0.0, 1.0), (int)person.Item2)))])!.Value.P < 0.05) naive++;
        }

        Assert.InRange(clustered / (double)runs, 0.03, 0.07);
        Assert.True(naive / (double)runs > 0.2, $"{naive}");
    }

    [Fact]
    public void Classes_of_unlike_size_that_balance_leave_no_rounding_to_be_tested()
    {
        // Of 360 true pairs one person's first side loses three and of 120 generated ones wins one: −3/360 + 1/120 = 0.
        IEnumerable<PairedDecision> Alike(bool generated, int count) =>
            Enumerable.Range(0, count).Select(i => new PairedDecision($"p{i % 12}", generated, true, true));
        PairedDecision[] pairs =
            [.. Alike(false, 357), .. Alike(true, 119), .. Enumerable.Repeat(new PairedDecision("p0", false, false, true), 3),
            new PairedDecision("p0", true, true, false)];
        var paired = PairedAccuracy.Compare(pairs);
        Assert.Equal((0, 1.0, (0.0, 1.0)), (paired.Difference.Value!.Value, paired.P!.Value, paired.McNemar!.Value));
    }

    [Fact]
    public void A_difference_of_accuracy_weighs_the_classes_alike_and_has_the_jackknife_over_people()
    {
        var paired = PairedAccuracy.Compare(Decisions);
        double Rate(bool generated, Func<PairedDecision, bool> right, string? without = null) =>
            Decisions.Where(pair => pair.Generated == generated && pair.Identity != without).Average(pair => right(pair) ? 1 : 0);
        double Accuracy(Func<PairedDecision, bool> right, string? without = null) =>
            0.5 * (Rate(false, right, without) + Rate(true, right, without));
        double Difference(string? without) => Accuracy(pair => pair.FirstRight, without) - Accuracy(pair => pair.SecondRight, without);
        Assert.Equal(Difference(null), paired.Difference.Value!.Value, 1e-12);
        var left = Enumerable.Range(0, 9).Select(i => Difference($"p{i}")).ToArray();
        var half = Quantiles.StudentT(8) * Math.Sqrt(8.0 / 9 * left.Sum(value => (value - left.Average()) * (value - left.Average())));
        Assert.Equal(Difference(null) - half, paired.Difference.Low!.Value, 1e-9);
        Assert.Equal(Difference(null) + half, paired.Difference.High!.Value, 1e-9);
        Assert.Equal((Decisions.Length, 9), (paired.Pairs, paired.Difference.Identities));
        // Both classes have as many items here, so that weighing them changes nothing.
        Assert.Equal(ClusteredMcNemar.Test(ByPerson(Decisions))!.Value.ChiSquare, paired.McNemar!.Value.ChiSquare, 1e-9);
        Assert.Equal(SignFlip
            .Test([.. Decisions.GroupBy(pair => pair.Identity)
            .Select(person => (double)person.Count(pair => pair.FirstRight) - person.Count(pair => pair.SecondRight))]), paired.P);
        // Twice as many true frames, all alike on both sides, leave rates, difference and tests.
        var more = PairedAccuracy.Compare([.. Decisions, .. Decisions.Where(pair => !pair.Generated)]);
        Assert.Equal(paired.Difference.Value!.Value, more.Difference.Value!.Value, 1e-12);
        Assert.Equal(paired.McNemar!.Value.ChiSquare, more.McNemar!.Value.ChiSquare, 1e-9);
    }

    [Fact]
    public void Equal_decisions_differ_by_nothing_but_not_with_certainty_and_one_class_alone_has_no_accuracy()
    {
        var same = PairedAccuracy.Compare([.. Decisions.Select(pair => pair with { SecondRight = pair.FirstRight })]);
        Assert.Equal((0.0, 1.0, 0, 0), (same.Difference.Value, same.P, same.FirstOnly, same.SecondOnly));
        Assert.Equal(1 - Quantiles.AllSucceededLowerLimit(9), same.Difference.High!.Value, 1e-12);
        var alone = PairedAccuracy.Compare([.. Decisions.Where(pair => pair.Generated)]);
        Assert.Null(alone.Difference.Value);
        Assert.Null(alone.McNemar);
    }

    private static (double, double)[] ByPerson(IEnumerable<PairedDecision> pairs) =>
        [.. pairs.GroupBy(pair => pair.Identity)
            .Select(person =>
                ((double)person.Count(pair => pair is { FirstRight: true, SecondRight: false }),
            (double)person.Count(pair => pair is { FirstRight: false, SecondRight: true })))];

    // Both variances and the covariance about the pooled share, concordant pairs included.
    private static double Slow(PairedDecision[] pairs)
    {
        var (n, first, second) =
            ((double)pairs.Length, pairs.Average(pair => pair.FirstRight ? 1.0 : 0), pairs.Average(pair => pair.SecondRight ? 1.0 : 0));
        var pooled = (first + second) / 2;
        var people = pairs.GroupBy(pair => pair.Identity)
            .Select(person =>
                (X: person.Sum(pair => (pair.FirstRight ? 1 : 0) - pooled), Y: person.Sum(pair => (pair.SecondRight ? 1 : 0) - pooled)))
            .ToArray();
        var factor = people.Length / (people.Length - 1.0) / (n * n);
        var variance = (factor * people.Sum(person => person.X * person.X))
            + (factor * people.Sum(person => person.Y * person.Y)) - (2 * factor * people.Sum(person => person.X * person.Y));
        return (first - second) * (first - second) / variance;
    }
}
