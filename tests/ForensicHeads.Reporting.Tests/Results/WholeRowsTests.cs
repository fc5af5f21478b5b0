using ForensicHeads.Testing;

namespace ForensicHeads.Reporting.Tests.Results;

public class WholeRowsTests
{
    [Fact]
    public void The_machine_user_picks_the_highest_of_two_true_sequences_and_one_made()
    {
        // a: the made one is highest at T = 8 and lowest at T = 1. b: between the two true ones. c has no second true sequence.
        ScoredItem[] items =
        [
            Item("a", "va", 1.0), Item("a", "va", 2.0, shots: 8), Item("a", "va", 0.1, shots: 1),
            Item("b", "vb", 0.0), Item("b", "vb", 0.5, shots: 8), Item("b", "vb", 3.0, shots: 1),
            Item("c", "vc", 0.0), Item("c", "vc", 9.0, shots: 8),
        ];
        ScoredItem[] spares = [Item("a", "va2", 1.5), Item("b", "vb2", 0.7)];
        var rows = MachineUserRow.Of(items, spares, seed: 1).ToDictionary(row => row.Shots);
        Assert.Equal((2, 2, 0.5), (rows[8].NTriplets, rows[8].NIdentities, rows[8].Accuracy));
        Assert.Equal(0.5, rows[1].Accuracy);
        Assert.Equal(1 / 3.0, rows[1].Chance);
        Assert.Empty(MachineUserRow.Of(items, [], seed: 1));
    }

    [Fact]
    public void A_detector_that_says_the_same_of_everything_guesses()
    {
        string[] people = [.. Enumerable.Range(0, 900).Select(i => $"p{i}")];
        ScoredItem[] items =
            [.. people.SelectMany(person => new[] { Item(person, "v", 0), Item(person, "v", 0, shots: 8) with { Key = person } })];
        var row = Assert.Single(MachineUserRow.Of(items, [.. people.Select(person => Item(person, "w", 0))], seed: 1));
        // 900 draws: a standard error of 0.016; three of them.
        Assert.Equal(1 / 3.0, row.Accuracy!.Value, 0.048);
    }

    [Fact]
    public void Frames_are_matched_by_their_place_in_the_sequence_and_draws_are_triplets_of_their_own()
    {
        ScoredItem At(ScoredItem item, int position) => item with { Level = Level.Frame, Position = position };
        ScoredItem[] items =
            [At(Item("a", "v", 0), 0), At(Item("a", "v", 5), 1),
            .. from draw in new[] { 0, 1 } from position in new[] { 0, 1 } select At(Item("a", "v", 3, shots: 8), position) is var item
            ? item with { Origin = item.Origin with { Draw = draw } } : null!];
        ScoredItem[] spares = [At(Item("a", "w", 1), 0), At(Item("a", "w", 1), 1)];
        var row = Assert.Single(MachineUserRow.Of(items, spares, seed: 1));
        Assert.Equal((4, 0.5), (row.NTriplets, row.Accuracy));
    }

    [Fact]
    public void The_spread_is_that_of_the_areas_of_the_repetitions()
    {
        // One true item at 0.5; the made ones of the second repetition lie below it half the time.
        ScoredItem[] first = [Item("a", "v", 0.5), Item("a", "v", 1, shots: 8), Item("b", "v", 2, shots: 8)];
        ScoredItem[] second = [Item("a", "v", 0.5), Item("a", "v", 0, shots: 8), Item("b", "v", 2, shots: 8)];
        var row = Assert.Single(SpreadRow.Of(SpreadRow.DetectorSeed, [first, second]));
        Assert.Equal([1, 0.5], row.Aucs);
        Assert.Equal((2, 0.75, 0.5, 1.0), (row.N, row.Mean, row.Lowest, row.Highest));
        Assert.Equal(Math.Sqrt(0.125), row.Deviation, 1e-12);
        Assert.Empty(SpreadRow.Of(SpreadRow.Generator, [first]));
    }

    [Fact]
    public void A_step_on_real_frames_alone_moves_their_rate_and_leaves_the_others()
    {
        ScoredItem[] clean =
            [.. from person in new[] { "a", "b", "c" }
            from item in new[] { Item(person, "v", -1), Item(person, "v", 1, shots: 8), Item(person, "v", 2, shots: 1) } select item];
        ScoredItem[] stepped = [.. clean.Select(item => item.Generated ? item : item with { Score = 1.5 })];
        var rows = RobustnessRow.Of(
            [new("clean", RobustnessRow.None, clean, [], []), new("blur-1", RobustnessRow.Real, stepped, [30, 40], [20])], Level.Video);
        Assert.Equal([("clean", 1.0, 1.0, 1.0), ("blur-1", 0.5, 1.0, 0.0)],
            rows.Select(row => (row.Step, row.Auc!.Value, row.Tpr!.Value, row.Tnr!.Value)));
        Assert.Equal((null, 35.0, 20.0), (rows[0].PsnrReal, rows[1].PsnrReal, rows[1].PsnrGenerated));
    }

    [Fact]
    public void Detectors_are_compared_on_the_same_people_and_frames()
    {
        var items = Sample.Items();
        ScoredItem[] Other(Func<ScoredItem, double> score) =>
            [.. items, .. items.Select(item => item with { Detector = "artefact-unaware", Score = score(item) })];
        // Another scale changes no order, and so no area.
        var same = DetectorComparisons.Compute(Other(item => 0.4 * item.Score), "clean", Level.Frame, seed: 1);
        Assert.Equal(["artefact ff 1", "artefact ff 8", "artefact ff 32", "artefact ft 1", "artefact ft 8",
            "artefact ft 32"], same.Select(row => row.First));
        Assert.All(same, row => Assert.Equal((0.0, 12, 1.0), (row.Difference!.Value, row.NIdentities, row.PHolm!.Value)));
        // The other way round it is one minus the area.
        var turned = DetectorComparisons.Compute(Other(item => -item.Score), "clean", Level.Frame, seed: 1);
        Assert.All(turned,
            row => Assert
            .Equal((2 * ShotCurve
            .Compute(items, 0, "artefact", Method.Of(row.First.Split(' ')[1]),
            int.Parse(row.First.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture),
            row.First.Contains("ft", StringComparison.Ordinal) ? Arm.Epochs : null, "clean", Level.Frame).Auc!.Value) - 1,
            row.Difference!.Value, 1e-9));
        Assert.Empty(DetectorComparisons.Compute(items, "clean", Level.Frame, seed: 1));
    }

    [Fact]
    public void The_headline_speaks_of_the_aware_detector_and_has_clean_frames_beside_it()
    {
        var results = Sample.Results(Sample.Items());
        var clean = results.AccuracyPerShot.Single(
            row => row is { Detector: "artefact", Condition: "clean", Mode.Mode: Mode.Ft, Shots: 32, Level: Level.Frame });
        Assert.EndsWith(
            $"{NumberText.Prose(clean.Auc)} [{NumberText.Prose(clean.AucCiLow)}, {NumberText.Prose(clean.AucCiHigh)}] at T = 32.",
            results.Headline.Statement, StringComparison.Ordinal);
        Assert.Contains("n = 1 generator). In condition clean, by 'artefact': AUC ", results.Headline.Statement, StringComparison.Ordinal);
        Assert.DoesNotContain("In condition", HeadlineBuilder.Build(results, "clean", Level.Frame, Method.Ft, Arm.Epochs).Statement,
            StringComparison.Ordinal);
    }

    private static ScoredItem Item(string person, string video, double score, int? shots = null) => new()
    {
        Identity = person,
        Video = video,
        Key = $"{person}-{shots}",
        Condition = "clean",
        Level = Level.Video,
        Score = score,
        Origin = Origins.Of(shots is null ? null : "ft", shots, Arm.Updates, 0),
    };
}
