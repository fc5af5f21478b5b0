namespace ForensicHeads.Experiments.Tests.Protocols;

/// <summary>Leave-one-collection-out on planted clips: real ones of six collections, four generators' of four, two of which hold real
/// clips, too.</summary>
public class LeaveOneCollectionOutTests
{
    private static readonly IReadOnlyList<Clip> Clips = [.. PlantedClips.All.Select(clip => clip with { Collection = Collection(clip) })];

    [Fact]
    public void No_collection_person_or_generator_stands_on_both_sides()
    {
        // g0 has a clip in the collection of g1, too.
        IReadOnlyList<Clip> clips = [.. Clips, PlantedClips.Fake("g0", "z", "elsewhere") with { Collection = "fakes-1" }];
        var rounds = LeaveOneOut.Collection.Plan(clips, 5, 1);
        Assert.Equal(["c0", "c1", "fakes-1", "fakes-3"], rounds.Select(round => round.LeftOut).Distinct());
        foreach (var round in rounds)
        {
            Assert.Empty(round.Train.Select(clip => clip.Collection).Intersect(round.Test.Select(clip => clip.Collection)));
            Assert.Empty(round.Train.Select(clip => clip.Generator).OfType<string>().Intersect(round.Test.Select(clip => clip.Generator)));
            Assert.All(round.Test.Where(clip => clip.Generated), clip => Assert.Equal(round.LeftOut, clip.Collection));
        }

        foreach (var left in rounds.GroupBy(round => round.LeftOut))
            Assert.Equal(22, left.SelectMany(round => round.Test).Where(clip => !clip.Generated).Distinct().Count());
        // People of one collection stay in one fold.
        foreach (var real in clips.Where(clip => !clip.Generated).GroupBy(clip => clip.Collection))
            Assert.Single(rounds, round => round.LeftOut == "c0" && real.All(round.Test.Contains));
    }

    [Fact]
    public void A_copy_teaches_where_its_clip_does_is_never_scored_and_is_for_those_alone_who_ask()
    {
        Clip[] copies = [.. Clips.Where(clip => !clip.Generated).Select(clip => clip with
        {
            Id = clip.Id + "/copy 0",
            Origin = FrameOrigin.MadeBy("self-blend"),
            CopyOf = clip.Id,
        })];
        var (plain, rounds) = (LeaveOneOut.Collection.Plan(Clips, 5, 1), LeaveOneOut.Collection.Plan([.. Clips, .. copies], 5, 1));
        Assert.Equal(plain.Select(round => (round.LeftOut, round.Fold)), rounds.Select(round => (round.LeftOut, round.Fold)));
        foreach (var (before, round) in plain.Zip(rounds))
        {
            Assert.Equal(before.Test, round.Test);
            Assert.Equal(before.Train, round.Train.Where(clip => clip.CopyOf is null));
            Assert.Equal(before.Train.Where(clip => !clip.Generated).Select(clip => clip.Id),
                round.Train.Select(clip => clip.CopyOf).OfType<string>());
        }

        var seen = new List<int>();
        foreach (var learns in new[] { true, false })
            LeaveOneOut.Run([rounds[0]], new Counting(learns, seen), 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([rounds[0].Train.Count, plain[0].Train.Count], seen);
    }

    [Fact]
    public void Rounds_that_share_a_training_score_what_it_never_saw()
    {
        var rounds = LeaveOneOut.Generator.Plan(Clips, 5, 1);
        var (alone, together) = (new Remembering(1), new Remembering(3));
        var one = LeaveOneOut.Run(rounds, alone, 1, cancellation: TestContext.Current.CancellationToken).Scores;
        var shared = LeaveOneOut.Run(rounds, together, 1, cancellation: TestContext.Current.CancellationToken).Scores;
        Assert.Equal(20, alone.Trainings.Count);
        // Four generators are three and one in each of five folds.
        Assert.Equal(10, together.Trainings.Count);
        Assert.Equal(one.Select(score => score with { Score = 0 }), shared.Select(score => score with { Score = 0 }));
        Assert.All(together.Trainings, training =>
            Assert.Empty(training.Train.SelectMany(clip => clip.Links).Intersect(training.Test.SelectMany(clip => clip.Links))));
        // Every score is of the training that its round had a part in.
        Assert.All(shared, score => Assert.Contains(rounds.Single(round => round.LeftOut == score.LeftOut && round.Fold == score.Fold).Test,
            clip => clip.Id == score.Clip && together.Trainings[(int)score.Score].Test.Contains(clip)));

        // Without any three of four, the fourth alone would teach; without all four nothing generated is left.
        var all = new Remembering(4);
        LeaveOneOut.Run(rounds, all, 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(20, all.Trainings.Count);
    }

    [Fact]
    public void What_belongs_to_a_collection_helps_on_another_generator_but_not_on_another_collection()
    {
        // Two generators a collection; in one of them fakes lie above its real clips, in the other below: nothing carries over.
        Clip[] clips =
        [
            .. from c in Enumerable.Range(0, 6) from p in Enumerable.Range(0, 4)
            select PlantedClips.Real($"r{c}{p}", $"real-{c}-{p}") with { Collection = $"c{c}" },
            .. from c in Enumerable.Range(0, 6) from g in Enumerable.Range(0, 2) from p in Enumerable.Range(0, 3)
            select PlantedClips.Fake($"g{c}{g}", $"x{c}{g}{p}", $"fake-{c}-{g}-{p}") with { Collection = $"c{c}" },
        ];
        var random = new SeededRandom(4, "collections");
        var table = new ClipTable([.. Enumerable.Range(0, 6).Select(c => $"a/{c}")], clips.ToDictionary(clip => clip.Id, clip =>
            Enumerable.Range(0, 6)
                .Select(c => (float)random.Gaussian(clip.Collection != $"c{c}" ? 0 : clip.Generated ? 6 : -6)).ToArray()));
        var generators = Run(LeaveOneOut.Generator, clips, table);
        var collections = Run(LeaveOneOut.Collection, clips, table);
        Assert.True(generators.Scorers[0].Macro.Value > 0.9, $"{generators.Scorers[0].Macro}");
        Assert.True(collections.Scorers[0].Macro.Contains(0.5), $"{collections.Scorers[0].Macro}");
        Assert.Equal(6, collections.Scorers[0].Collections!.Count);
        Assert.Equal(12, collections.Scorers[0].Generators.Count);
        Assert.True(collections.Scorers[0].MacroOfGenerators!.Contains(0.5));
        Assert.Null(generators.Scorers[0].Collections);
        Assert.Contains("on collections never trained on", collections.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void What_carries_over_is_found_and_the_choice_inside_leaves_collections_out_too()
    {
        var results = Run(LeaveOneOut.Collection, Clips, PlantedClips.Table(Clips, 5, "planted"));
        Assert.True(results.Scorers[0].Macro.Value > 0.9, $"{results.Scorers[0].Macro}");
        Assert.Equal(20, results.Scorers[0].Choices.Count);
    }

    [Fact]
    public void Stores_that_do_not_say_where_their_files_came_from_are_one_collection_and_refused()
    {
        Clip[] same = [.. Clips.Select(clip => clip with { Collection = "store" })];
        Assert.Contains("column 'collection'", Assert.Throws<UserErrorException>(() => LeaveOneOut.Collection.Plan(same, 5, 1)).Message,
            StringComparison.Ordinal);
    }

    private static string Collection(Clip clip) => clip.Generator switch
    {
        null => "c" + (int.Parse(clip.Identity[1..], System.Globalization.CultureInfo.InvariantCulture) % 6),
        "g0" => "c0",
        "g2" => "c1",
        var name => "fakes-" + name[1..],
    };

    private static GeneralisationResults Run(LeaveOneOut rule, IReadOnlyList<Clip> clips, ClipTable table) => Generalisation.Run(rule,
        new ClipSet(clips, 256, []), new ProtocolOptions(), ["planted"], [],
        [new NestedScorer("detector", "planted", DetectorRecipe.Trainers(table), rule)]).Results;

    private sealed class Counting(bool learns, List<int> seen) : IClipScorer
    {
        public string Name => "counting";

        public string Description => "";

        public bool LearnsFromCopies => learns;

        public ClipScores Score(IReadOnlyList<Clip> train, IReadOnlyList<Clip> test, long seed, CancellationToken cancellation)
        {
            seen.Add(train.Count);
            return new ClipScores([.. test.Select(_ => 0.0)]);
        }
    }

    private sealed class Remembering(int together) : IClipScorer
    {
        private readonly Lock adding = new();

        public List<(IReadOnlyList<Clip> Train, IReadOnlyList<Clip> Test)> Trainings { get; } = [];

        public string Name => "remembering";

        public string Description => "";

        public int LeftOutTogether => together;

        public ClipScores Score(IReadOnlyList<Clip> train, IReadOnlyList<Clip> test, long seed, CancellationToken cancellation)
        {
            lock (adding)
            {
                Trainings.Add((train, test));
                return new ClipScores([.. test.Select(_ => Trainings.Count - 1.0)]);
            }
        }
    }
}
