namespace ForensicHeads.Experiments.Tests.Protocols;

public class LeaveOneGeneratorOutTests
{
    private static readonly IReadOnlyList<Clip> Clips = PlantedClips.All;

    [Fact]
    public void Every_real_clip_is_scored_once_a_generator_and_nothing_of_the_test_side_trains()
    {
        // A fake of r3 by g1, one in a group with r4, one driven by r5's video.
        IReadOnlyList<Clip> clips =
        [
            .. Clips, PlantedClips.Fake("g1", "r3", "same-person"),
            PlantedClips.Fake("g2", "y0", "same-group", "group fc"), PlantedClips.Real("r11", "group-real", "group fc"),
                PlantedClips.Fake("g3", "y1", "driven", "person r5"),
        ];
        var rounds = LeaveOneOut.Generator.Plan(clips, 5, 1);
        foreach (var generator in rounds.GroupBy(round => round.LeftOut))
        {
            var real = generator.SelectMany(round => round.Test).Where(clip => !clip.Generated).Select(clip => clip.Id).ToArray();
            Assert.Equal(clips.Where(clip => !clip.Generated).Select(clip => clip.Id).Order(), real.Order());
        }

        foreach (var round in rounds)
        {
            Assert.DoesNotContain(round.Train, clip => clip.Generator == round.LeftOut);
            var known = round.Test.SelectMany(clip => clip.Links).ToHashSet();
            Assert.All(round.Train, clip => Assert.False(known.Overlaps(clip.Links)));
            // Nothing is thrown away without need.
            Assert.All(clips.Except(round.Train).Except(round.Test), clip =>
                Assert.True(known.Overlaps(clip.Links) || clip.Generator == round.LeftOut));
        }

        Assert.Equal(20, rounds.Count);
    }

    [Fact]
    public void A_person_group_or_driver_on_both_sides_is_refused_by_name()
    {
        var error = Assert.Throws<UserErrorException>(() =>
            TrainTestGuard.Check([PlantedClips.Real("ann", "a")], [PlantedClips.Fake("g", "ann", "b")]));
        Assert.Contains("person ann", error.Message, StringComparison.Ordinal);
        Assert.Contains("(a)", error.Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() =>
            TrainTestGuard.Check([PlantedClips.Real("ann", "a", "group fc")], [PlantedClips.Fake("g", "bob", "b", "group fc")]));
        TrainTestGuard.Check([PlantedClips.Real("ann", "a")], [PlantedClips.Fake("g", "bob", "b")]);
    }

    [Fact]
    public void One_generator_too_few_people_or_an_empty_training_class_are_refused()
    {
        Assert.Contains("at least two",
            Assert.Throws<UserErrorException>(() =>
            LeaveOneOut.Generator.Plan([.. Clips.Where(clip => clip.Generator is null or "g0")], 5, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("--folds", Assert.Throws<UserErrorException>(() => LeaveOneOut.Generator.Plan(Clips, 12, 1)).Message,
            StringComparison.Ordinal);
        // Both generators show the same person: without one of them nothing generated is left.
        IReadOnlyList<Clip> tied =
            [.. Clips.Where(clip => !clip.Generated), PlantedClips.Fake("g0", "z", "f0"), PlantedClips.Fake("g1", "z", "f1")];
        Assert.Contains("left to train on", Assert.Throws<UserErrorException>(() => LeaveOneOut.Generator.Plan(tied, 5, 1)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_fingerprint_shared_by_the_generators_is_found_on_the_one_left_out_and_beats_a_blind_container()
    {
        var facts = Clips.ToDictionary(clip => clip.Id, clip => Facts(256, 256, 300 + (clip.Id[^1] - '0'), "h264"));
        var results = Run(PlantedClips.Table(Clips, 5, "planted"), facts);
        Assert.True(results.Scorers[0].Macro.Value > 0.95, $"{results.Scorers[0].Macro}");
        var margin = results.Margins.Single();
        Assert.True(margin is { IsBest: true, Difference.Value: > 0.2 }, $"{margin}");
        Assert.NotNull(results.Subset);
    }

    [Fact]
    public void A_shortcut_in_the_container_shows_beside_a_detector_that_knows_nothing()
    {
        var facts =
            Clips.ToDictionary(clip => clip.Id, clip => Facts(clip.Generated ? 256 : 640, 480, 300, clip.Generated ? "h264" : "mpeg4"));
        var results = Run(PlantedClips.Table(Clips, 0, "blind"), facts);
        Assert.True(results.Scorers[1].Macro.Value > 0.95, $"{results.Scorers[1].Macro}");
        Assert.True(results.Scorers[0].Macro.Contains(0.5), $"{results.Scorers[0].Macro}");
        Assert.True(results.Margins.Single().Difference.High < 0);
        // Wholly apart by their container: there is no subset in which it tells nothing.
        Assert.Null(results.Subset);
    }

    [Fact]
    public void Candidates_that_share_models_say_what_each_says_alone()
    {
        ClipTable[] tables = [PlantedClips.Table(Clips, 1, "one"), PlantedClips.Table(Clips, 2, "two")];
        var (train, test) = (Clips.Take(20).Concat(Clips.Skip(26)).ToArray(), Clips.Skip(20).Take(6).ToArray());
        ClipCandidate[] candidates =
        [
            new("first", [tables[0]], 1), new("second", [tables[1]], 1), new("both", tables, 1), new("harder", tables, 10),
            new("equal", tables, 1) { Weighting = Weighting.Generators }, new("ranks", tables, 1) { Ranks = true },
        ];
        var kept = new Dictionary<TableModel, double[]>();
        foreach (var candidate in candidates) Assert.Equal(candidate.Score(train, test, 1), candidate.Score(train, test, 1, kept: kept));
        // Two of the first three, and two of each other.
        Assert.Equal(8, kept.Count);
        Assert.Equal(6, candidates.Select(candidate => candidate.Score(train, test, 1, kept: kept)[0]).Distinct().Count());
    }

    [Fact]
    public void The_same_seed_gives_the_same_scores()
    {
        var table = PlantedClips.Table(Clips, 1, "again");
        var rounds = LeaveOneOut.Generator.Plan(Clips, 5, 1);
        var scorer = new NestedScorer("detector", "", DetectorRecipe.Trainers(table));
        IReadOnlyList<RoundScore> Once() => LeaveOneOut.Run(rounds, scorer, 1, null, TestContext.Current.CancellationToken).Scores;
        Assert.Equal(Once(), Once());
    }

    [Fact]
    public void The_subset_is_a_window_in_which_container_scores_overlap_whatever_the_detector_says()
    {
        // Reals at 0 … 9, fakes at 5 … 14: apart at both ends, mixed between.
        RoundScore[] container =
            [.. Enumerable.Range(0, 10)
            .SelectMany(i =>
                new[] { new RoundScore("g", 0, $"r{i}", $"r{i}", false, i), new RoundScore("g", 0, $"f{i}", $"f{i}", true, i + 5) })];
        var window = OverlapSubset.Choose(container)!;
        var inside = container.Where(score => window.Clips.Contains(score.Clip)).ToArray();
        Assert.True(inside.Count(score => score.Generated) >= 5 && inside.Count(score => !score.Generated) >= 5);
        Assert.InRange(Auc.Compute(inside.Select(score => new ClusteredScore(score.Identity, score.Generated, score.Score)))!.Value, 0.45,
            0.55);
        Assert.DoesNotContain("r0", window.Clips);
        Assert.DoesNotContain("f9", window.Clips);
    }

    [Fact]
    public void In_the_subset_the_very_number_that_is_printed_for_the_container_is_one_half_though_every_round_has_a_scale_of_its_own()
    {
        // Every round stretches and shifts all of its scores; generators lie above the real clips by 0 … 2.4 deviations, and their folds
        // differ.
        var random = new SeededRandom(2, "rounds");
        var clips = PlantedClips.All;
        var quality = clips.ToDictionary(clip => clip.Id, clip => random.Gaussian(clip.Generated ? 0.8 * (clip.Generator![^1] - '0') : 0));
        var rounds = LeaveOneOut.Generator.Plan(clips, 5, 1);
        RoundScore[] container = [.. rounds.SelectMany(round => Scaled(round, Math.Exp(random.Gaussian(0, 2)), random.Gaussian(0, 20)))];
        var window = OverlapSubset.Choose(container)!;
        // What a round's scale is does not matter: without any, the window is the same.
        Assert.Equal(window.Clips.Order(StringComparer.Ordinal),
            OverlapSubset.Choose([.. container.Select(score => score with { Score = quality[score.Clip] })])!.Clips.Order(
                StringComparer.Ordinal));
        RoundScore[] inside = [.. container.Where(score => window.Clips.Contains(score.Clip))];
        Assert.InRange(GeneratorTable.Of(inside, leastClips: 1).Values.Average(row => row.Average()), 0.45, 0.55);
        Assert.NotInRange(GeneratorTable.Of(container, leastClips: 1).Values.Average(row => row.Average()), 0.45, 0.6);
        Assert.True(inside.Where(score => score.Generated).Select(score => score.Identity).Distinct().Count() >= OverlapSubset.LeastPeople);
        // A window is worth nothing with four people of a class.
        Assert.Null(OverlapSubset.Choose([.. container.Where(score => !score.Generated || score.LeftOut == "g0")]));

        IEnumerable<RoundScore> Scaled(Round round, double scale, double shift) =>
            round.Test.Select(clip => round.Score(clip, (scale * quality[clip.Id]) + shift));
    }

    // Four seconds of a video whose file has so many kbit/s.
    private static ContainerFacts Facts(int width, int height, int kilobits, string codec) =>
        new("video", "mp4", codec, width, height, 25, 4, 500L * kilobits, 100, 0, 0);

    private static GeneralisationResults Run(ClipTable table, IReadOnlyDictionary<string, ContainerFacts> facts) =>
        Generalisation.Run(LeaveOneOut.Generator, new ClipSet(Clips, 256, []), new ProtocolOptions(), ["planted"], [],
        [new NestedScorer("detector", "planted", DetectorRecipe.Trainers(table)),
            new NestedScorer(Generalisation.ContainerOnly, "", DetectorRecipe.Trainers(ClipTable.Container(facts)))]).Results;
}
