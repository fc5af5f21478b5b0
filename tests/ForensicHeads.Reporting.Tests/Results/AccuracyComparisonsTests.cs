using ForensicHeads.Testing;

namespace ForensicHeads.Reporting.Tests.Results;

public class AccuracyComparisonsTests
{
    private static readonly ScoredItem[] Items = [.. Sample.Items(12, 16, "clean")];

    [Fact]
    public void Heads_driven_by_the_same_frame_are_paired_and_the_difference_is_that_of_the_curve()
    {
        var rows = AccuracyComparisons.BetweenHeads(Items, 0);
        Assert.Equal(ShotComparisons.Compute(Items).Select(row => (row.First, row.Second, row.NIdentities)),
            rows.Select(row => (row.First, row.Second, row.NIdentities)));
        var curve = ShotCurve.Rows(Items, 0, "artefact");
        foreach (var (a, b) in new[] { (1, 8), (1, 32), (8, 32) })
        {
            var row = rows.Single(row => row.First == $"ft {a}" && row.Second == $"ft {b}");
            double Tpr(int shots) => curve.Single(point => point.Mode == Method.Ft && point.Shots == shots).Tpr!.Value;
            Assert.Equal((Tpr(a) - Tpr(b)) / 2, row.Difference!.Value, 1e-12);
            Assert.Equal("accuracy", row.Quantity);
            Assert.Equal(2 * 12 * 16, row.NPairs);
            Assert.Equal((Tpr(a) - Tpr(b)) * 12 * 16, row.FirstOnly!.Value - row.SecondOnly!.Value, 1e-9);
            // Frame by frame, from the scores: person by person what one alone has right.
            bool Right(int shots, string person, int frame) =>
                Items.Single(item =>
                    item is { Mode.Mode: Mode.Ft } && item.Shots == shots && item.Identity == person && item.Position == frame).Score > 0;
            var people = Items.Select(item => item.Identity).Distinct().Select(person => (
                (double)Enumerable.Range(0, 16).Count(frame => Right(a, person, frame) && !Right(b, person, frame)),
                    (double)Enumerable.Range(0, 16).Count(frame => !Right(a, person, frame) && Right(b, person, frame)))).ToArray();
            Assert.Equal(ClusteredMcNemar.Test(people)!.Value.ChiSquare, row.Mcnemar!.Value, 1e-9);
            Assert.Equal(ClusteredMcNemar.Test(people)!.Value.P, row.PMcnemar!.Value, 1e-9);
        }

        ComparisonRow[] family = [.. rows.Where(row => row.First != "t0" && row.Second != "t_all")];
        Assert.Equal(Holm.Adjust([.. family.Select(row => row.PMcnemar)]), family.Select(row => row.PMcnemarHolm));
        Assert.Equal(Holm.Adjust([.. family.Select(row => row.P)]), family.Select(row => row.PHolm));
        Assert.All(rows.Except(family), row => Assert.Null(row.PMcnemarHolm));
    }

    [Fact]
    public void An_attacker_that_no_generator_made_is_paired_with_the_heads_of_each()
    {
        ScoredItem[] items =
            [.. Items.Select(item => item is { Mode.Mode: Mode.Ff }
            ? item with { Origin = Origins.Of("affine-warp", item.Shots), Key = "w" + item.Key } : item)];
        static ScoredItem Of(ScoredItem item, string weights) => item with { Origin = item.Origin with { Weights = weights } };
        ScoredItem[] two =
            [.. items.SelectMany(
                item => item.Mode == Method.Ft ? new[] { Of(item, "g1"), Of(item, "g2") with { Key = "2" + item.Key } } : [item])];
        ComparisonRow Row(ScoredItem[] of) =>
            AccuracyComparisons.BetweenHeads(of, 0)
            .Single(row => row.First == "affine-warp 8" && row.Second == "ft 8" || row.First == "ft 8" && row.Second == "affine-warp 8");
        Assert.Equal((12 * 16) + (12 * 16), Row(items).NPairs);
        Assert.Equal((12 * 16) + (2 * 12 * 16), Row(two).NPairs);
        // The same heads twice: nothing else changes.
        Assert.Equal(Row(items).Difference!.Value, Row(two).Difference!.Value, 1e-12);
    }

    [Fact]
    public void What_has_no_partner_is_left_out_and_what_could_have_two_makes_no_row()
    {
        ComparisonRow? Row(IEnumerable<ScoredItem> items) =>
            AccuracyComparisons.BetweenHeads([.. items], 0).SingleOrDefault(row => row is { First: "ft 1", Second: "ft 32" });
        Assert.Equal((2 * 12 * 16) - 3,
            Row(Items.Where(item => !(item is { Mode.Mode: Mode.Ft, Shots: 32, Identity: "p03", Position: < 3 })))!.NPairs);
        Assert.Null(Row(Items.Select(item => item with { Position = 0, Video = "v" })));
        Assert.Null(Row(Items.Select(item => item with { Origin = item.Origin with { Draw = item.Shots } })));
    }

    [Fact]
    public void Detectors_are_compared_decision_by_decision_on_both_classes()
    {
        ScoredItem[] Other(Func<ScoredItem, double> score) =>
            [.. Items, .. Items.Select(item => item with { Detector = "artefact-unaware", Score = score(item) })];
        var same = AccuracyComparisons.BetweenDetectors(Other(item => 0.4 * item.Score), 0, "clean", Level.Frame);
        Assert.Equal(6, same.Count);
        Assert.All(same,
            row => Assert.Equal((0.0, 0, 0, 0.0, 1.0),
            (row.Difference!.Value, row.FirstOnly!.Value, row.SecondOnly!.Value, row.Mcnemar!.Value, row.PMcnemar!.Value)));
        // Always "generated": right on every fake, wrong on every true frame.
        var always = AccuracyComparisons.BetweenDetectors(Other(_ => 1), 0, "clean", Level.Frame);
        var curve = ShotCurve.Rows(Items, 0, "artefact");
        Assert.All(always, row =>
        {
            var point = curve.Single(point => $"artefact {point.Mode} {point.Shots}" == row.First);
            Assert.Equal(point.Accuracy!.Value - 0.5, row.Difference!.Value, 1e-12);
            Assert.Equal(point.Tnr!.Value * 192, row.FirstOnly!.Value, 1e-9);
            Assert.Equal((1 - point.Tpr!.Value) * 192, row.SecondOnly!.Value, 1e-9);
        });
        Assert.Empty(AccuracyComparisons.BetweenDetectors(Items, 0, "clean", Level.Frame));
    }
}
