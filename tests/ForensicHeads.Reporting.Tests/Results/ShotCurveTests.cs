using ForensicHeads.Testing;

namespace ForensicHeads.Reporting.Tests.Results;

public class ShotCurveTests
{
    private static readonly List<ScoredItem> Items = Sample.Items();
    private static readonly IReadOnlyList<AccuracyRow> Rows = ShotCurve.Rows(Items, 0, "artefact");

    [Fact]
    public void There_is_one_row_for_each_condition_mode_and_shot_count() =>
        Assert.Equal(
            from condition in new[] { "clean", "h264-crf23" }
            from mode in new[] { Method.Ff, Method.Ft }
            from shots in new[] { 1, 8, 32 }
            select (condition, mode, shots),
            Rows.Select(row => (row.Condition, row.Mode, row.Shots)));

    [Fact]
    public void Every_shot_count_meets_the_same_real_items_so_TNR_does_not_move_and_accuracy_moves_half_as_much_as_TPR()
    {
        var clean = Rows.Where(row => row.Condition == "clean").ToArray();
        Assert.Single(clean.Select(row => row.Tnr).Distinct());
        var (one, other) = (clean[3], clean[5]);
        Assert.NotEqual(one.Tpr, other.Tpr);
        Assert.Equal((one.Tpr!.Value - other.Tpr!.Value) / 2, one.Accuracy!.Value - other.Accuracy!.Value, 1e-12);
    }

    [Fact]
    public void More_draws_of_generated_frames_do_not_change_the_weight_of_the_classes()
    {
        var doubled = Items.Concat(Items.Where(item => item.Generated)
            .Select(item => item with { Key = item.Key + "-b", Origin = item.Origin with { Draw = 1 } })).ToList();
        var row = ShotCurve.Compute(doubled, 0, "artefact", Method.Ft, 8, Arm.Epochs, "clean", Level.Frame);
        Assert.Equal(Rows.Single(r => r is { Mode.Mode: Mode.Ft, Shots: 8, Condition: "clean" }).Accuracy!.Value, row.Accuracy!.Value,
            1e-12);
        Assert.Equal(2 * row.NReal, row.NGenerated);
    }

    [Fact]
    public void Numbers_are_those_of_the_statistics_on_the_selected_items()
    {
        var row = Rows.Single(r => r is { Mode.Mode: Mode.Ff, Shots: 32, Condition: "clean" });
        var picked = Items.Where(i => i.Condition == "clean" && (!i.Generated || i is { Mode.Mode: Mode.Ff, Shots: 32 })).ToArray();
        var expected = ClusteredAuc.Interval(picked.Select(i => new ClusteredScore(i.Identity, i.Generated, i.Score)));
        Assert.Equal((expected.Value, expected.Low, expected.High), (row.Auc, row.AucCiLow, row.AucCiHigh));
        Assert.Equal((12, 24, 384), (row.NIdentities, row.NVideos, row.NFrames));
        Assert.Equal(Cllr.Compute([.. picked.Where(i => !i.Generated).Select(i => i.Llr!.Value)],
            [.. picked.Where(i => i.Generated).Select(i => i.Llr!.Value)]), row.Cllr);
        // 192 real frames, but 12 people.
        Assert.False(row.TprAtFpr1PctResolvable);
        Assert.InRange(row.AucP!.Value, 0, 0.01);
        var many = ShotCurve.Rows(Sample.Items(people: 100, frames: 2, "clean"), 0, "artefact");
        Assert.True(many[0].TprAtFpr1PctResolvable);
    }

    [Fact]
    public void Bounds_on_the_ratios_cost_Cllr_but_not_Cllr_min()
    {
        var row = Rows.Single(r => r is { Mode.Mode: Mode.Ft, Shots: 8, Condition: "clean" });
        var bounded = ShotCurve
            .Compute([.. Items.Select(item => item with { Llr = Math.Clamp(item.Llr!.Value, -0.1, 0.1) })], 0, "artefact", Method.Ft, 8,
            Arm.Epochs, "clean", Level.Frame);
        Assert.NotEqual(row.Cllr, bounded.Cllr);
        Assert.Equal(row.CllrMin!.Value, bounded.CllrMin!.Value, 1e-12);
    }

    [Fact]
    public void A_score_on_the_threshold_is_called_real_as_where_the_threshold_was_chosen()
    {
        ScoredItem[] level = [.. Items.Select(item => item with { Score = 0.5 })];
        var row = ShotCurve.Compute(level, 0.5, "artefact", Method.Ft, 8, Arm.Epochs, "clean", Level.Frame);
        Assert.Equal((0.0, 1.0, 0.5), (row.Tpr, row.Tnr, row.Accuracy));
        Assert.Equal(0.5, ShotCurve.Anchors(level, 0.5)[0].Accuracy);
    }

    [Fact]
    public void An_empty_class_gives_nulls_and_a_warning_not_an_exception()
    {
        ScoredItem[] generated = [.. Items.Where(i => i.Generated)];
        var row = ShotCurve.Compute(generated, 0, "artefact", Method.Ft, 8, Arm.Epochs, "clean", Level.Frame);
        Assert.Null(row.Auc);
        Assert.Null(row.Accuracy);
        Assert.Null(row.Tnr);
        Assert.Null(row.Eer);
        Assert.Null(row.Cllr);
        Assert.Null(row.Brier);
        var own = generated.Where(i => i is { Mode.Mode: Mode.Ft, Shots: 8, Condition: "clean" }).ToArray();
        Assert.Equal(own.Count(i => i.Score > 0) / (double)own.Length, row.Tpr!.Value, 1e-12);
        Assert.Contains(row.Warnings, warning => warning.StartsWith("AUC", StringComparison.Ordinal));
        Assert.Empty(ShotCurve.Rows([], 0, "artefact"));
        Assert.Empty(ShotComparisons.Compute([]));
    }

    [Fact]
    public void A_comparison_is_made_on_the_people_who_have_both_and_on_their_real_items_alone()
    {
        ScoredItem[] clean = [.. Items.Where(item => item.Condition == "clean")];
        ComparisonRow Compare(IEnumerable<ScoredItem> items) =>
            ShotComparisons.Compute([.. items]).Single(row => row is { First: "ft 1", Second: "ft 32" });
        var patchy = Compare(clean.Where(item => !(item.Identity is "p00" or "p01" && item is { Mode.Mode: Mode.Ft, Shots: 32 })));
        Assert.Equal(10, patchy.NIdentities);
        Assert.Equal(Compare(clean.Where(item => item.Identity is not ("p00" or "p01"))) with { PHolm = null },
            patchy with { PHolm = null });
    }

    [Fact]
    public void Baselines_are_a_family_of_their_own_and_cost_the_curve_nothing()
    {
        ScoredItem[] clean = [.. Items.Where(item => item.Condition == "clean")];
        ScoredItem[] warped =
            [.. clean.Where(item => item.Mode == Method.Ff)
            .Select(item => item with { Origin = Origins.Of("affine-warp", item.Shots), Score = item.Score - 0.3 })];
        var (alone, beside) = (ShotComparisons.Compute(clean), ShotComparisons.Compute([.. clean, .. warped]));
        ComparisonRow[] baselines = [.. beside.Where(row => row.First.StartsWith("affine-warp", StringComparison.Ordinal))];
        Assert.Equal(alone, beside.Except(baselines));
        Assert.Equal(3 + 3 + 3, baselines.Length);
        Assert.Equal(Holm.Adjust([.. baselines.Select(row => row.P)]), baselines.Select(row => row.PHolm));
    }

    [Fact]
    public void Two_arms_stand_side_by_side_against_the_same_real_items_and_are_compared_where_nothing_else_differs()
    {
        ScoredItem[] clean = [.. Items.Where(item => item.Condition == "clean")];
        ScoredItem[] both =
            [.. clean,
            .. clean.Where(item => item.Arm == Arm.Epochs)
            .Select(item => item with { Origin = item.Origin with { Arm = Arm.Updates }, Score = item.Score - 0.4 })];
        var rows = ShotCurve.Rows(both, 0, "artefact");
        Assert.Equal([(Method.Ff, null), (Method.Ft, Arm.Epochs), (Method.Ft, Arm.Updates)],
            rows.Select(row => (row.Mode, row.Arm)).Distinct().Order());
        Assert.Equal(ShotCurve.Rows(clean, 0, "artefact").Select(row => row.Auc).Order(),
            rows.Where(row => row.Arm != Arm.Updates).Select(row => row.Auc).Order());
        Assert.Single(rows.Select(row => row.Tnr).Distinct());
        Assert.Equal([Arm.Epochs, Arm.Updates], ShotCurve.Anchors(both, 0).Where(row => row.Name == "t_all").Select(row => row.Arm));

        var compared = ShotComparisons.Compute(both);
        // Anchors, t_all by arm; within ff, and ft of each arm: 3 pairs of shot counts; between ff and each arm's ft, and between the arms:
        // 3 shot counts.
        Assert.Equal(3 + 9 + 9, compared.Count);
        Assert.Equal(["t0 − ff 32", "ft 32 (epochs) − t_all (epochs)", "ft 32 (updates) − t_all (updates)"],
            compared.Where(row => row.PHolm is null).Select(row => $"{row.First} − {row.Second}"));
        var arms = compared.Single(row => row is { First: "ft 8 (epochs)", Second: "ft 8 (updates)" });
        Assert.Equal(rows.Single(row => row is { Mode.Mode: Mode.Ft, Shots: 8, Arm: Arm.Epochs }).Auc!.Value - rows.Single(
            row => row is { Mode.Mode: Mode.Ft, Shots: 8, Arm: Arm.Updates }).Auc!.Value, arms.Difference!.Value, 1e-12);
        Assert.DoesNotContain(compared, row =>
            row.First.Contains("1 (epochs)", StringComparison.Ordinal) && row.Second.Contains("8 (updates)", StringComparison.Ordinal));
    }

    [Fact]
    public void Comparisons_hold_each_anchor_with_its_mode_and_every_pair_within_a_mode_or_shot_count_with_Holm_over_the_latter()
    {
        var rows = ShotComparisons.Compute(Items).Where(row => row.Condition == "clean").ToArray();
        Assert.Equal([("t0", "ff 32"), ("ft 32", "t_all")], rows.Take(2).Select(row => (row.First, row.Second)));
        Assert.All(rows.Take(2), row => Assert.Null(row.PHolm));
        Assert.Equal(3 + 3 + 3, rows.Length - 2);
        Assert.All(rows.Skip(2), row => Assert.True(row.PHolm >= row.P));
        var one = Rows.Single(r => r is { Mode.Mode: Mode.Ft, Shots: 1, Condition: "clean" }).Auc - Rows.Single(
            r => r is { Mode.Mode: Mode.Ft, Shots: 32, Condition: "clean" }).Auc;
        Assert.Equal(one!.Value, rows.Single(row => row is { First: "ft 1", Second: "ft 32" }).Difference!.Value, 1e-12);
    }
}
