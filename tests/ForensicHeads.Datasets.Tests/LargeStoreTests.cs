namespace ForensicHeads.Datasets.Tests;

/// <summary>Stores whose rows are not kept in memory are what they are when they are.</summary>
public sealed class LargeStoreTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_store_that_is_read_again_for_each_question_answers_as_one_in_memory(bool inOrder)
    {
        FrameRecord[] frames =
        [
            .. TestStores.People(3, 2, 5), TestStores.Frame("p02", "p02-v1", 9), .. Enumerable.Range(0, 4).Select(i =>
                TestStores.Fake("p00", "f1", i, "p00-v0") with { Licence = "open", Collection = "c", MayGenerate = false }),
        ];
        frames = [.. inOrder ? frames.OrderBy(frame => frame.Key, StringComparer.Ordinal) : frames.Reverse()];
        var kept = Regrouped(TestStores.Write(folder["s"], frames, framesPerShard: 7));
        var streamed = FrameStore.Open(kept.Path, mostKept: 0);
        Assert.Equal((kept.Count, kept.Notice, kept.IndexSha256), (streamed.Count, streamed.Notice, streamed.IndexSha256));
        Assert.Equal(kept.Identities, streamed.Identities);
        Assert.Equal(kept.Videos, streamed.Videos);
        Assert.Equal(["few-shot"], streamed.Generators);
        Assert.Equal(["CC0-1.0", "open"], streamed.Licences);
        Assert.Equal(kept.Clips.Select(clip => (clip.FirstKey, clip.Frames)), streamed.Clips.Select(clip => (clip.FirstKey, clip.Frames)));
        Assert.Equal(kept.Count, streamed.Clips.Sum(clip => clip.Frames));
        foreach (var selection in new StoreSelection[]
        {
            new() { Label = Label.Generated }, new() { People = ["p02"], FramesPerTrack = 2 }, new() { Licences = ["open"] },
            new() { MayGenerate = true, FramesPerTrack = 3 },
        })
            Assert.Equal(selection.Of(kept).Select(FrameJson.Of), selection.Of(streamed).Select(FrameJson.Of));
        foreach (var choice in new RowChoice[]
        {
            new(), new(row => row.Video == "p01-v1"), new(Number: row => row % 5 == 1), new(row => !row.IsReal, row => row % 3 > 0),
            new(_ => false),
        })
        {
            Assert.Equal(kept.Rows(choice).Select(row => (row.Number, FrameJson.Of(row.Frame))),
                streamed.Rows(choice).Select(row => (row.Number, FrameJson.Of(row.Frame))));
            Assert.Equal(kept.Rows(choice).Select(row => row.Frame.Origin), streamed.Rows(choice).Select(row => row.Clip.Origin));
        }

        Assert.Equal(PeopleClusters.Of([kept]), PeopleClusters.Of([streamed]));
        var split = SplitMaker.Make([kept], new SplitOptions { Generator = 0, Train = 0.4, Validation = 0, Calibration = 0, Test = 0.3 });
        var (audit, again) = (Audit(kept), Audit(streamed));
        Assert.True(audit.FramesCompared > 0);
        Assert.Equal((audit.FramesCompared, string.Join('|', audit.Leaks.Select(leak => leak.What))),
            (again.FramesCompared, string.Join('|', again.Leaks.Select(leak => leak.What))));
        Assert.Equal(kept.ContentHash, streamed.ContentHash);
        Assert.Equal(frames.Select(frame => frame.Key), streamed.Frames.Select(frame => frame.Key));
        Assert.Equal(kept.Frames.Select(FrameJson.Of), streamed.Frames.Select(FrameJson.Of));
        Assert.Equal(FrameJson.Of(kept.Frames[7]), FrameJson.Of(streamed.Find(kept.Frames[7].Key)!));

        LeakReport Audit(FrameStore store) => LeakAudit.Run([store], split, cancellation: TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(FrameStore.MostKept)]
    public void A_key_that_is_there_twice_is_found_wherever_it_stands(int mostKept)
    {
        var store = TestStores.Write(folder["s"], TestStores.People(2, 2, 3));
        Write(store, [.. store.Frames, store.Frames[4]]);
        var error = Assert.Throws<UserErrorException>(() => FrameStore.Open(store.Path, mostKept));
        Assert.Contains($"row 12 of index.parquet: the key '{store.Frames[4].Key}' is there twice", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Landmarks_that_are_no_numbers_are_refused_when_they_are_read_at_the_latest()
    {
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 3));
        var wrong = new Landmarks68([.. Enumerable.Repeat(float.NaN, 136)]);
        Write(store, [.. store.Frames.Take(2), store.Frames[2] with { Landmarks = wrong }]);
        Refused(() => FrameStore.Open(store.Path));
        var streamed = FrameStore.Open(store.Path, mostKept: 0);
        Refused(() => streamed.Frames);

        static void Refused(Func<object> read) => Assert.Contains("landmarks holds a number that is not finite",
            Assert.Throws<UserErrorException>(read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_that_is_replaced_meanwhile_is_not_read_as_if_it_were_the_same()
    {
        var store = TestStores.Write(folder["s"], TestStores.People(2, 1, 3));
        var streamed = FrameStore.Open(store.Path, mostKept: 0);
        Write(store, [.. store.Frames.Take(4)]);
        Assert.Contains("was replaced while it was read", Assert.Throws<UserErrorException>(() => streamed.Frames).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_by_way_of_the_disk_is_what_was_given()
    {
        var given = TestStores.Fake("Zoe\u0308", "f1", 3, "v0") with
        {
            Key = "k",
            DriverIdentity = "d",
            ReferenceVideos = "a b",
            OfficialSplit = "dev",
            Collection = "c",
            TargetIdentity = "t",
            SourceIdentity = "s",
            Sound = "real",
            Compression = "c23",
            Status = "partial",
            Track = 2,
            MayGenerate = false,
            Shown = new ShownSource { StoredSize = "1x2", PixelAspect = "16:11", Turned = "90", Assumed = "range tv", ToneMapped = "PQ" },
        };
        using var spool = new RowSpool(folder.Path);
        spool.Add(given with { Shard = 1, Offset = 1L << 40, Length = 77 }, "hash");
        spool.Add(TestStores.Frame("p", "v", 0), "other");
        FrameRecord[] read = [.. spool.Read()];
        // Landmarks are compared by their numbers.
        Assert.Equal(given.Landmarks.Values, read[0].Landmarks.Values);
        Assert.Equal(given with { Shard = 1, Offset = 1L << 40, Length = 77 }, read[0] with { Landmarks = given.Landmarks });
        Assert.Equal(ContentHasher.Of([(given, "hash"), (TestStores.Frame("p", "v", 0), "other")]), spool.ContentHash());
        Assert.Equal(13, spool.Said.Count);
    }

    // Groups of four rows, so that clips and questions go over their borders.
    private static FrameStore Regrouped(FrameStore store)
    {
        Write(store, store.Frames);
        return FrameStore.Open(store.Path);
    }

    private static void Write(FrameStore store, IReadOnlyList<FrameRecord> frames)
    {
        using var index = File.Create(Path.Combine(store.Path, "index.parquet"));
        FrameIndex.Write(index, frames, rowsPerGroup: 4);
    }
}
