using System.Diagnostics;

namespace ForensicHeads.Datasets.Tests;

public class LeakAuditTests
{
    private static readonly SplitRole[] TrainAndTest = [SplitRole.Train, SplitRole.Test];

    [Fact]
    public void Clean_data_have_no_leak()
    {
        using var folder = new TestFolder();
        var real = TestStores.Write(folder["real"], TestStores.People(4, 2, 5));
        var fake = TestStores.Write(folder["fake"],
            TestStores.People(4, 1, 5).Select(f => TestStores.Fake(f.Identity, f.Video + "-T8", f.FrameNumber, f.Identity + "-v1")),
            TestStores.Info("fake"));
        var report = Run([real, fake], Halves(4));
        Assert.Empty(report.Leaks);
        Assert.Equal(60, report.FramesCompared);
        report.ThrowIfAny();
    }

    [Fact]
    public void One_person_under_two_names_is_caught()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(2, 1, 1));
        var split = Halves(2)
            with
        { Identities = new Dictionary<string, SplitRole> { ["p00"] = SplitRole.Train, ["P00 "] = SplitRole.Test } };
        Expect(Run([store], split), LeakKind.Identity, "'p00' and 'P00 ' are one person");
    }

    [Fact]
    public void A_frame_of_one_person_filed_under_another_is_caught_by_its_video()
    {
        using var folder = new TestFolder();
        var frames = TestStores.People(2, 1, 3).Append(TestStores.Frame("p01", "p00-v0", 9) with { SourceSha256 = "", Group = "" });
        Expect(Run([TestStores.Write(folder["s"], frames)], Halves(2)), LeakKind.Video, "joins p00 (train) and p01 (test)");
    }

    [Fact]
    public void A_source_file_in_two_stores_under_two_people_is_caught()
    {
        using var folder = new TestFolder();
        var a = TestStores.Write(folder["a"], [TestStores.Frame("p00", "x", 0)]);
        var b = TestStores.Write(folder["b"], [TestStores.Frame("p01", "y", 0) with { SourceSha256 = Hashes.OfText("x") }]);
        Expect(Run([a, b], Halves(2)), LeakKind.Video, "source " + Hashes.OfText("x"));
    }

    [Fact]
    public void A_shared_driver_is_caught()
    {
        using var folder = new TestFolder();
        var real = TestStores.Write(folder["real"], TestStores.People(3, 1, 2));
        var fakes = TestStores.Write(folder["fake"],
            [TestStores.Fake("p00", "f0", 0, "p02-v0"), TestStores.Fake("p01", "f1", 0, "elsewhere"),
            TestStores.Fake("p02", "f2", 0, "elsewhere")], TestStores.Info("fake"));
        var report = Run([real, fakes],
            new Split
            {
                Name = "x",
                Seed = 1,
                Identities =
                new Dictionary<string, SplitRole> { ["p00"] = SplitRole.Train, ["p01"] = SplitRole.Train, ["p02"] = SplitRole.Test }
            });
        Assert.Equal(["driver 'p02-v0' joins p00 (train) and p02 (test)", "driver 'elsewhere' joins p01 (train) and p02 (test)"],
            report.Leaks.Select(leak => leak.What));
        Assert.All(report.Leaks, leak => Assert.Equal((LeakKind.Driver, true), (leak.Kind, leak.Stops)));
    }

    [Fact]
    public void A_shared_group_is_caught()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(2, 1, 1).Select(f => f with { Group = "fc1" }));
        Expect(Run([store], Halves(2)), LeakKind.Group, "group 'fc1' joins");
    }

    [Fact]
    public void A_near_duplicate_frame_is_caught_and_named()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(2, 1, 3), picture: f =>
            f.Identity == "p01" && f.FrameNumber == 2 ? Dimmed("p00_p00-v0_0001") : TestStores.Picture(f.Key));
        var leak = Expect(Run([store], Halves(2)), LeakKind.NearDuplicate,
            "frames p00_p00-v0_0001 (train) and p01_p01-v0_0002 (test) look the same");
        Assert.Equal(("p00_p00-v0_0001", "p01_p01-v0_0002"), (leak.KeyA, leak.KeyB));
        Assert.InRange(leak.Distance!.Value, 0, 4);

        var report = Run([store], Halves(2), new LeakAuditOptions { NearDuplicates = NearDuplicateRule.Report });
        Assert.False(Assert.Single(report.Leaks).Stops);
        report.ThrowIfAny();
        Assert.Empty(Run([store], Halves(2), new LeakAuditOptions { NearDuplicates = NearDuplicateRule.Ignore }).Leaks);
    }

    [Fact]
    public void Made_frames_that_look_alike_count_unless_real_frames_alone_are_asked_for()
    {
        using var folder = new TestFolder();
        FrameRecord[] frames =
            [.. TestStores.People(2, 1, 2), TestStores.Fake("p00", "a", 0, "p00-v0"), TestStores.Fake("p01", "b", 0, "p01-v0")];
        var store = TestStores.Write(folder["s"], frames, picture: f => TestStores.Picture(f.IsReal ? f.Key : "nobody"));
        Expect(Run([store], Halves(2)), LeakKind.NearDuplicate, "look the same");
        Assert.Empty(Run([store], Halves(2), new LeakAuditOptions { RealFramesOnly = true }).Leaks);
    }

    [Theory]
    [InlineData(LeakKind.Size)]
    [InlineData(LeakKind.CropSpecification)]
    [InlineData(LeakKind.EncodePath)]
    public void A_class_of_another_crop_size_or_encoder_is_caught(LeakKind kind)
    {
        using var folder = new TestFolder();
        var real = TestStores.Write(folder["real"], TestStores.People(1, 1, 1));
        var info = kind switch
        {
            LeakKind.Size => TestStores.Info("fake", 40),
            LeakKind.EncodePath => TestStores.Info("fake") with { EncodePath = "jpeg-90, png" },
            _ => TestStores.Info("fake") with { CropSpecification = "face box × 1.3" },
        };
        var fake = TestStores.Write(folder["fake"], [TestStores.Fake("p00", "f", 0, "p00-v0")], info);
        var report = Run([real, fake], Halves(1));
        Assert.Contains("real and generated frames have different", Assert.Single(report.Leaks, leak => leak.Kind == kind).What,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_names_the_first_leaks_in_one_line()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(
            folder["s"], TestStores.People(8, 1, 1).Select(f => f with { Group = "g" + (f.Identity[^1] / 2), SourceSha256 = "" }));
        var split = new Split
        {
            Name = "x",
            Seed = 1,
            Identities = store.Identities.Select((p, i) => (p, i)).ToDictionary(x => x.p, x => TrainAndTest[x.i % 2])
        };
        var error = Assert.Throws<UserErrorException>(Run([store], split).ThrowIfAny);
        Assert.Contains("; and 1 more. Make the split again", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void The_banded_search_finds_exactly_what_comparing_all_pairs_finds()
    {
        var random = new SeededRandom(5, "hashes");
        var entries = new List<NearDuplicateSearch.Entry>();
        for (var i = 0; i < 600; i++)
        {
            var hash = i < 60 ? random.NextBits() : entries[random.NextInt(60)].Hash;
            for (var flip = random.NextInt(9); i >= 60 && flip > 0; flip--) hash ^= 1UL << random.NextInt(64);
            entries.Add(new(hash, (SplitRole)random.NextInt(5), $"k{i}"));
        }

        var distinct = entries.DistinctBy(e => (e.Hash, e.Role)).ToArray();
        foreach (var distance in (int[])[0, 1, 4, 7])
        {
            var slow = (from i in Enumerable.Range(0, distinct.Length)
                        from j in Enumerable.Range(0, i)
                        where distinct[i].Role != distinct[j].Role
                            && PerceptualHash.Distance(distinct[i].Hash, distinct[j].Hash) <= distance
                        select (distinct[j].Key, distinct[i].Key)).ToHashSet();
            var fast = NearDuplicateSearch.Find(entries, distance, int.MaxValue, TestContext.Current.CancellationToken)
                .Select(pair => (pair.A.Key, pair.B.Key)).ToArray();
            Assert.Equal(slow.Count, fast.Length);
            Assert.Subset(slow, fast.ToHashSet());
            Assert.NotEmpty(slow);
        }
    }

    [Fact]
    public void Many_near_identical_frames_of_one_person_do_not_slow_the_search()
    {
        // 100,000 frames within three bits of one picture, all of one role, and one stranger: all pairs would be five thousand million.
        var random = new SeededRandom(6, "hashes");
        var entries = Enumerable.Range(0, 100_000)
            .Select(i => new NearDuplicateSearch.Entry(Flip(0x0123456789ABCDEF), SplitRole.Train, $"k{i}")).ToList();
        entries.Add(new(~0x0123456789ABCDEFUL, SplitRole.Test, "stranger"));
        var watch = Stopwatch.StartNew();
        Assert.Empty(NearDuplicateSearch.Find(entries, 4, 20, TestContext.Current.CancellationToken));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);

        ulong Flip(ulong hash)
        {
            for (var i = 0; i < 3; i++) hash ^= 1UL << random.NextInt(64);
            return hash;
        }
    }

    private static RgbImage Dimmed(string name)
    {
        var image = TestStores.Picture(name);
        for (var i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)(image.Pixels[i] * 15 / 16);
        return image;
    }

    private static Split Halves(int people) => new()
    {
        Name = "x",
        Seed = 1,
        Identities = Enumerable.Range(0, people).ToDictionary(i => $"p{i:D2}", i => TrainAndTest[i * 2 / people]),
    };

    private static LeakReport Run(FrameStore[] stores, Split split, LeakAuditOptions? options = null) =>
        LeakAudit.Run(stores, split, options, cancellation: TestContext.Current.CancellationToken);

    private static Leak Expect(LeakReport report, LeakKind kind, string what)
    {
        var leak = Assert.Single(report.Leaks, leak => leak.Kind == kind);
        Assert.Contains(what, leak.What, StringComparison.Ordinal);
        Assert.Equal(TrainAndTest, leak.Roles);
        Assert.Contains(what, Assert.Throws<UserErrorException>(report.ThrowIfAny).Message, StringComparison.Ordinal);
        return leak;
    }
}
