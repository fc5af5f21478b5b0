namespace ForensicHeads.Experiments.Tests.Plan;

public sealed class FoldMakerTests(FoldMakerTests.TenPeople people) : IClassFixture<FoldMakerTests.TenPeople>
{
    private static readonly SplitRole[] Used = [SplitRole.Train, SplitRole.Validation, SplitRole.Calibration, SplitRole.Test];
    private readonly FrameStore store = people.Store;

    private string[] People => [.. store.Identities];

    [Fact]
    public void One_split_gives_every_role_its_people_and_nobody_two_roles()
    {
        var fold = Assert.Single(FoldMaker.Make(store, People, new RoleCounts { Train = 4, Validation = 1, Calibration = 2, Test = 3 }, 1));
        Assert.Equal([4, 1, 2, 3], Used.Select(role => fold.People(role).Count));
        Assert.Equal(10, Used.SelectMany(fold.People).Distinct().Count());
        Assert.False(fold.SharedValidation);
    }

    [Fact]
    public void People_who_cannot_be_shots_take_no_ones_place()
    {
        // Seven of ten are usable and all seven are wanted, whichever three are not.
        var usable = People.Where((_, i) => i is not (1 or 4 or 8)).ToArray();
        var fold = Assert.Single(FoldMaker.Make(store, usable, new RoleCounts { Train = 3, Validation = 1, Calibration = 1, Test = 2 }, 1));
        Assert.Equal([3, 1, 1, 2], Used.Select(role => fold.People(role).Count));
        Assert.All(fold.Roles.Keys, person => Assert.Contains(person, usable));
    }

    [Fact]
    public void A_split_keeps_everybody_where_they_are_whatever_the_seed()
    {
        SplitRole[] cycle = [SplitRole.Generator, .. Used];
        var given = new Split
        {
            Name = "given",
            Seed = 1,
            Identities = People.Select((person, i) => (person, Role: cycle[i % 5])).ToDictionary(one => one.person, one => one.Role),
        };
        var one = FoldMaker.Make(store, People, new RoleCounts(), 1, given)[0];
        var other = FoldMaker.Make(store, People, new RoleCounts(), 2, given)[0];
        Assert.Equal(8, one.Roles.Count);
        Assert.Equal(one.Roles, other.Roles);
        Assert.All(one.Roles, pair => Assert.Equal(given.RoleOf(pair.Key), pair.Value));
        Assert.Contains("nobody for the role test", Assert.Throws<UserErrorException>(() =>
            FoldMaker.Make(store, [.. People.Where(person => given.RoleOf(person) != SplitRole.Test)], new(), 1, given)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_roles_and_another_one_others()
    {
        string Roles(long seed) =>
            CanonicalJson.ToLine(
                FoldMaker.Make(store, People, new RoleCounts { Train = 4, Validation = 1, Calibration = 2, Test = 3 }, seed)[0].Roles);
        Assert.Equal(Roles(1), Roles(1));
        Assert.NotEqual(Roles(1), Roles(2));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void Cross_fitting_tests_everybody_once_by_a_fit_without_them(int folds)
    {
        var made = FoldMaker.Make(store, People, new RoleCounts { Folds = folds }, 1);
        Assert.Equal(folds, made.Count);
        Assert.Equal(People, made.SelectMany(fold => fold.People(SplitRole.Test)).Order(StringComparer.Ordinal));
        foreach (var fold in made)
        {
            var (train, calibration, test) =
                (fold.People(SplitRole.Train), fold.People(SplitRole.Calibration), fold.People(SplitRole.Test));
            Assert.Equal(10, train.Concat(calibration).Concat(test).Distinct().Count());
            Assert.Equal(10, train.Count + calibration.Count + test.Count);
            Assert.True(train.Count >= 2 && calibration.Count >= 1);
            // For want of people one set serves both, and says so.
            Assert.True(fold.SharedValidation);
            Assert.Equal(calibration, fold.People(SplitRole.Validation));
        }
    }

    [Theory]
    [InlineData(5, 3, 1)]
    [InlineData(6, 3, 2)]
    [InlineData(7, 7, 2)]
    public void Where_two_more_can_train_two_calibrate_so_that_one_can_stand_in_for_a_fake_of_the_other(int people, int folds, int least)
    {
        foreach (var fold in FoldMaker.Make(store, People[..people], new RoleCounts { Folds = folds }, 1))
        {
            Assert.True(fold.People(SplitRole.Train).Count >= 2);
            Assert.True(fold.People(SplitRole.Calibration).Count >= least);
        }
    }

    [Fact]
    public void Cross_fitting_keeps_people_of_one_group_in_one_role()
    {
        // Of ten people the first four are one family, the next two another.
        var folder = Directory.CreateTempSubdirectory("forensicheads-groups-").FullName;
        try
        {
            using var writer = StoreWriter.Create(Path.Combine(folder, "store"), store.Info);
            foreach (var frame in store.Frames)
            {
                var number = Array.IndexOf(People, frame.Identity);
                writer.AddPng(frame with { Group = number < 4 ? "first" : number < 6 ? "second" : "" }, store.ReadPng(frame));
            }

            var made = FoldMaker.Make(writer.Complete(), People, new RoleCounts { Folds = 3 }, 1);
            Assert.Equal(People, made.SelectMany(fold => fold.People(SplitRole.Test)).Order(StringComparer.Ordinal));
            foreach (var fold in made)
            {
                Assert.Single(People[..4].Select(person => fold.Roles[person]).Distinct());
                Assert.Single(People[4..6].Select(person => fold.Roles[person]).Distinct());
                Assert.True(fold.People(SplitRole.Train).Count >= 2 && fold.People(SplitRole.Calibration).Count >= 1);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Too_few_people_for_the_roles_is_an_error_that_counts_them()
    {
        var error = Assert.Throws<UserErrorException>(() =>
            FoldMaker.Make(store, People[..5], new RoleCounts { Train = 3, Validation = 1, Calibration = 1, Test = 2 }, 1));
        Assert.Contains("need 7 people (train 3, validation 1, calibration 1, test 2), but only 5", error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(5, 3)]
    public void Too_few_people_for_the_folds_is_an_error_that_counts_them(int folds, int people)
    {
        var error = Assert.Throws<UserErrorException>(() => FoldMaker.Make(store, People[..people], new RoleCounts { Folds = folds }, 1));
        Assert.Contains($"there are {people}", error.Message, StringComparison.Ordinal);
    }

    public sealed class TenPeople : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("forensicheads-folds-").FullName;

        public TenPeople() =>
            Store = ProceduralStore
            .Render(new ProceduralOptions { Identities = 10, Videos = 1, Frames = 1, Size = 32 }, Path.Combine(folder, "store"), null,
            CancellationToken.None);

        public FrameStore Store { get; }

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
