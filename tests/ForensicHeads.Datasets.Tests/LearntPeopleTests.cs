namespace ForensicHeads.Datasets.Tests;

public class LearntPeopleTests
{
    [Fact]
    public void Rendered_people_are_kept_as_ranges_of_a_seed_and_told_from_their_namesakes_of_another()
    {
        FrameRecord[] frames = [.. People(1, 5, 6, 7, 9), .. People(2, 6)];
        var learnt = LearntPeople.Of(frames);
        Assert.Equal([new RenderedPeople(1, 5, 3), new RenderedPeople(1, 9, 1), new RenderedPeople(2, 6, 1)], learnt.Rendered);
        Assert.Empty(learnt.People.Concat(learnt.Sources));
        Assert.Equal(["p00005", "p00006"], learnt.Among([.. People(1, 4, 5), .. People(2, 5, 6)]));
        Assert.Empty(learnt.Among([.. People(3, 5, 6, 7), .. People(1, 8, 10)]));
    }

    [Fact]
    public void Rendered_people_of_a_seed_out_of_reach_are_kept_by_their_sources()
    {
        var learnt = LearntPeople.Of(People(1_234_567, 5));
        Assert.Empty(learnt.Rendered.Select(range => range.Seed).Concat(learnt.People.Select(_ => 0L)));
        Assert.Single(learnt.Sources);
        Assert.Equal(["p00005"], learnt.Among(People(1_234_567, 4, 5)));
        Assert.Empty(learnt.Among(People(1, 5)));
    }

    [Fact]
    public void Others_are_known_by_name_or_by_a_source_file_under_another_name_and_nobody_is_named()
    {
        FrameRecord Real(string name, string source) =>
            TestStores.Frame(name, "clip", 0) with { SourceCodec = "h264", SourceSha256 = Hashes.OfText(source) };
        var learnt = LearntPeople.Of([Real("anna", "a.mp4"), Real("ben", "b.mp4")]);
        Assert.DoesNotContain("anna", learnt.ToLine(), StringComparison.Ordinal);
        Assert.Equal(["anna", "carl"], learnt.Among([Real("anna", "new.mp4"), Real("carl", "b.mp4"), Real("dora", "d.mp4")]));
        var more = learnt.And(LearntPeople.Of([Real("dora", "d.mp4")]));
        Assert.Equal(["anna", "dora"], more.Among([Real("anna", ""), Real("dora", ""), Real("emil", "")]));
    }

    [Fact]
    public void The_metadata_of_weights_tell_it_again_and_joined_ranges_stay_few()
    {
        var both = LearntPeople.Of(People(1, 0, 1, 2)).And(LearntPeople.Of(People(1, 2, 3))).And(null);
        Assert.Equal([new RenderedPeople(1, 0, 4)], both.Rendered);
        var read = LearntPeople.In(new Dictionary<string, string> { [LearntPeople.MetadataKey] = both.ToLine() })!;
        Assert.Equal(both.Rendered, read.Rendered);
        Assert.Null(LearntPeople.In(new Dictionary<string, string> { ["data"] = "unknown" }));
        foreach (var line in new[] { "{", "null", "[]", """{"people":null,"sources":[]}""", """{"people":[],"sources":[],"rendered":[null]}""" })
            Assert.Contains("whom they learnt from", Assert.Throws<UserErrorException>(() =>
                LearntPeople.In(new Dictionary<string, string> { [LearntPeople.MetadataKey] = line })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_doubt_names_some_of_the_people_and_nothing_is_said_of_nobody()
    {
        Assert.Null(LearntPeople.Doubt([], "w"));
        var doubt = LearntPeople.Doubt(["a", "b", "c", "d"], "heads-64")!;
        Assert.StartsWith("heads-64 learnt from 4 of these people (a, b, c …)", doubt, StringComparison.Ordinal);
    }

    private static FrameRecord[] People(long seed, params int[] numbers) =>
        [.. from number in numbers from frame in new[] { 0, 1 }
            let name = $"p{number:D5}"
            select TestStores.Frame(name, name + "-v0", frame) with { SourceSha256 = ProceduralStore.SourceOf(seed, name + "-v0") }];
}
