namespace ForensicHeads.Datasets.Tests;

public class SplitMakerTests
{
    private static readonly SplitOptions Counts = new() { Generator = 4, Train = 3, Validation = 1, Calibration = 1, Test = 3 };

    [Fact]
    public void The_same_seed_gives_the_same_file_and_another_seed_another()
    {
        using var folder = new TestFolder();
        var a = TestStores.Write(folder["a"], TestStores.People(7, 1, 1));
        var b = TestStores.Write(folder["b"], TestStores.People(5, 1, 1, "q"));
        SplitMaker.Make([a, b], Counts).Save(folder["1.json"]);
        SplitMaker.Make([b, a], Counts).Save(folder["2.json"]);
        SplitMaker.Make([a, b], Counts with { Seed = 2 }).Save(folder["3.json"]);
        Assert.Equal(File.ReadAllText(folder["1.json"]), File.ReadAllText(folder["2.json"]));
        Assert.NotEqual(File.ReadAllText(folder["1.json"]).Replace("\"seed\": 1", "", StringComparison.Ordinal),
            File.ReadAllText(folder["3.json"]).Replace("\"seed\": 2", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Roles_are_disjoint_and_as_large_as_asked()
    {
        using var folder = new TestFolder();
        var split = SplitMaker.Make([TestStores.Write(folder["s"], TestStores.People(12, 1, 1))], Counts);
        split.Save(folder["x.json"]);
        var read = Split.Load(folder["x.json"]);
        var sizes = Enum.GetValues<SplitRole>().Select(role => read.PeopleOf(role).Count);
        Assert.Equal([4, 3, 1, 1, 3], sizes);
        Assert.Equal(12, Enum.GetValues<SplitRole>().SelectMany(read.PeopleOf).Distinct().Count());
    }

    [Theory]
    [InlineData(20, new[] { 8, 4, 2, 2, 4 })]
    [InlineData(7, new[] { 3, 1, 1, 1, 1 })]
    public void Fractions_use_everybody_and_give_every_role_somebody(int people, int[] sizes)
    {
        using var folder = new TestFolder();
        var split = SplitMaker.Make([TestStores.Write(folder["s"], TestStores.People(people, 1, 1))], new SplitOptions());
        Assert.Equal(sizes, Enum.GetValues<SplitRole>().Select(role => split.PeopleOf(role).Count));
    }

    [Fact]
    public void Too_few_people_says_how_many_there_are_and_how_many_are_needed()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(9, 1, 1));
        var error = Assert.Throws<UserErrorException>(() => SplitMaker.Make([store], Counts));
        Assert.Equal(
            "The split needs 12 people (generator 4, train 3, validation 1, calibration 1, test 3) and there are 9. Add people, lower "
            + "the counts, or let the generator equal train.", error.Message);
        var split = SplitMaker.Make([store], Counts with { GeneratorEqualsTrain = true });
        Assert.True(split.GeneratorEqualsTrain);
        Assert.Equal(split.PeopleOf(SplitRole.Train), split.PeopleOf(SplitRole.Generator));
    }

    [Fact]
    public void People_who_share_footage_a_group_or_a_driver_stay_together()
    {
        using var folder = new TestFolder();
        var frames = TestStores.People(10, 1, 1).ToList();
        frames[1] = frames[1] with { Group = frames[0].Group };
        frames.Add(TestStores.Fake("p02", "fake-p02", 0, "p03-v0"));
        var store = TestStores.Write(folder["s"], frames);
        for (var seed = 0; seed < 20; seed++)
        {
            var split = SplitMaker.Make(
                [store], new SplitOptions { Seed = seed, Generator = 2, Train = 2, Validation = 2, Calibration = 2, Test = 2 });
            Assert.Equal(split.RoleOf("p00"), split.RoleOf("p01"));
            Assert.Equal(split.RoleOf("p02"), split.RoleOf("p03"));
            Assert.Equal(10, split.Identities.Count);
        }
    }

    [Fact]
    public void Amounts_that_make_no_sense_are_refused()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(3, 1, 1));
        foreach (var options in (SplitOptions[])[Counts with { Test = 2.5 }, Counts with { Test = 0.5 }, new() { Test = 0.9 },
            Counts with { Test = -1 }])
        {
            Assert.Equal(2, Assert.Throws<UserErrorException>(() => SplitMaker.Make([store], options)).ExitCode);
        }
    }

    [Theory]
    [InlineData("{\"name\":\"x\",\"seed\":1,\"identities\":{\"a\":\"train\",\"a\":\"test\"}}")]
    [InlineData("{\"name\":\"x\",\"seed\":1,\"identities\":{\"a\":\"dinner\"}}")]
    [InlineData("{\"format_version\":\"9\",\"name\":\"x\",\"seed\":1,\"identities\":{}}")]
    [InlineData("[]")]
    public void A_split_file_with_a_person_twice_or_an_unknown_role_is_refused(string json)
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["x.json"], json);
        Assert.Contains("is not a valid split", Assert.Throws<UserErrorException>(() => Split.Load(folder["x.json"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Splits_lie_beside_the_store() => Assert.Equal("/data/splits/default.json", Split.PathFor("/data/store/", "default"));
}
