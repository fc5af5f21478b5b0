using System.Formats.Tar;

namespace ForensicHeads.Datasets.Tests.Ingest;

/// <summary>What a data set says of itself, from its files to a store and through the commands that copy one.</summary>
public sealed class OfficialSplitTests : IDisposable
{
    private const string Real = "set/original_sequences/youtube/c23/videos/";
    private readonly TestFolder folder = new();
    private readonly ScriptedFaces faces = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_split_of_a_data_set_goes_into_the_store_and_with_every_copy_of_it()
    {
        var store = Faceforensics();
        Assert.Equal((10 * 4, "ffpp"), (store.Frames.Count, Assert.Single(store.Splits).Name));
        var split = Split.Load(Path.Combine(store.Path, "splits/ffpp.json"));
        Assert.Equal([("001", SplitRole.Train), ("605", SplitRole.Train), ("606", SplitRole.Validation)],
            split.Identities.OrderBy(one => one.Key).Select(one => (one.Key, one.Value)));
        var fake = store.Frames.First(frame => !frame.IsReal);
        Assert.Equal(("001", "605", "001", "c23", "train", "FaceForensics++"),
            (fake.Identity, fake.TargetIdentity, fake.SourceIdentity, fake.Compression, fake.OfficialSplit, fake.Collection));
        Assert.Equal(store.Frames.First(frame => frame.IsReal && frame.Identity == "605").Video, fake.DriverVideo);
        Assert.All(store.Frames, frame => Assert.False(frame.MayGenerate));
        Assert.DoesNotContain(ConsentFile.Name, store.Sidecars);
        // A frame has the role of its own part, whoever it shows.
        Assert.Equal(SplitRole.Train, split.RoleOf(fake));

        var part = StoreSelect.Run(store, new StoreSelection { People = ["605"] }, folder["part"], cancellation: Cancellation);
        Assert.Equal(["605"], Assert.Single(part.Splits).Identities.Keys);
        var rest = StoreSelect.Run(store, new StoreSelection { Without = ["605"] }, folder["rest"], cancellation: Cancellation);
        var joined = StoreMerge.Run([part, rest], folder["joined"], cancellation: Cancellation);
        Assert.Equal(Hashes.OfFile(Path.Combine(store.Path, "splits/ffpp.json")), Hashes.OfFile(folder["joined/splits/ffpp.json"]));
        Assert.Null(joined.Foreign);
        Assert.Equal(["splits/ffpp.json"], Assert.Single(Revocation.Find([joined], "606")).Sidecars);
        var without = Assert.Single(Revocation.Remove(Revocation.Find([joined], "606"), "606", cancellation: Cancellation));
        Assert.Equal(["001", "605"], Assert.Single(without.Splits).Identities.Keys);
    }

    [Fact]
    public void What_two_official_parts_share_is_reported_and_stops_nothing_while_a_drawn_split_stops()
    {
        var store = Faceforensics();
        var split = Assert.Single(store.Splits);
        var report = LeakAudit.Run([store], split, new LeakAuditOptions { NearDuplicates = NearDuplicateRule.Ignore }, null, Cancellation);
        Assert.Contains(report.Leaks, leak => leak is { Kind: LeakKind.Group, Stops: false } && leak.What.Contains(
            "'ff++ 605' joins", StringComparison.Ordinal));
        report.ThrowIfAny();
        var drawn = split with { Official = null };
        Assert.Throws<UserErrorException>(LeakAudit.Run([store], drawn, new LeakAuditOptions { NearDuplicates = NearDuplicateRule.Ignore },
            null, Cancellation).ThrowIfAny);
    }

    [Fact]
    public void A_person_in_two_parts_has_no_role_and_each_of_their_frames_has_one()
    {
        FrameRecord[] frames =
        [
            TestStores.Frame("ann", "a", 0) with { OfficialSplit = "train", Collection = "Set" },
            TestStores.Frame("ann", "b", 0) with { OfficialSplit = "test", Collection = "Set" },
            TestStores.Frame("bob", "c", 0) with { OfficialSplit = "dev", Collection = "Set" },
            TestStores.Frame("cat", "d", 0) with { OfficialSplit = "test", Collection = "Other" },
        ];
        var store = TestStores.Write(folder["s"], frames);
        var split = OfficialParts.SplitOf("set", [.. frames.Take(3).Select(frame => new IngestInput
        {
            File = frame.Video,
            FullPath = frame.Video,
            Identity = frame.Identity,
            OfficialSplit = frame.OfficialSplit,
            Collection = frame.Collection,
        })], DatasetWords.RoleOf)!;
        Assert.Equal(["bob"], split.Identities.Keys);
        Assert.Equal([SplitRole.Train, SplitRole.Test, SplitRole.Validation, null], frames.Select(split.RoleOf));
        // No data set sets people aside for a generator, so its training people serve both.
        Assert.Equal([true, false, false, false], frames.Select(frame => split.Has(frame, SplitRole.Generator)));
        var report = LeakAudit.Run([store], split, null, null, Cancellation);
        Assert.Equal((LeakKind.Identity, "'ann' is in the parts train, test", false),
            (report.Leaks[0].Kind, report.Leaks[0].What, report.Leaks[0].Stops));
        split.Save(folder["set.json"]);
        var again = Split.Load(folder["set.json"]);
        Assert.Equal(split.Official!.Parts, again.Official!.Parts);
        Assert.Equal(["Set"], again.Official.Collections);
        // What is drawn says nothing of parts, so that its files keep their bytes.
        (again with { Official = null }).Save(folder["drawn.json"]);
        Assert.DoesNotContain("official", File.ReadAllText(folder["drawn.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_an_ingest_keep_the_frames_of_a_clip_together_and_join_to_the_whole()
    {
        Directory.CreateDirectory(folder["set/DF40/simswap/ff/frames/071_054"]);
        Directory.CreateDirectory(folder["set/DF40/simswap/ff/frames/054_071"]);
        for (var i = 0; i < 3; i++)
            foreach (var clip in new[] { "071_054", "054_071" })
                folder.Write($"set/DF40/simswap/ff/frames/{clip}/00{i}.png", ImageCodec.EncodePng(
                    faces.Draw(320, 240, (ScriptedFaces.Person(0).Render(i, 160), 60, 40))));
        var whole = Run("whole", "df40");
        Assert.Equal(["DF40-simswap-ff-frames-054_071", "DF40-simswap-ff-frames-071_054"], whole.Videos);
        Assert.Equal([0, 1, 2], whole.FramesOf("054").Select(frame => frame.FrameNumber));
        var joined = StoreMerge.Run([Run("one", "df40", 1, 2), Run("two", "df40", 2, 2)], folder["joined"], cancellation: Cancellation);
        Assert.Equal(whole.ContentHash, joined.ContentHash);
    }

    [Fact]
    public void A_video_is_read_out_of_its_archive_and_a_frame_is_fake_only_when_its_second_is()
    {
        var (name, frames) = ("a.mp4", 25);
        faces.Film(folder[name], frames, i => faces.Draw(320, 240, (ScriptedFaces.Person(0).Render(i, 160), 60, 40)));
        Directory.CreateDirectory(folder["set"]);
        using (var stream = File.Create(folder["set/test-000000.tar"]))
        using (var tar = new TarWriter(stream))
        {
            tar.WriteEntry(folder[name], name);
            tar.WriteEntry(folder.Write("a.json", """{"label": "real", "identity": "ann"}"""), "a.json");
        }

        var store = Run("store", DatasetLayouts.Auto);
        Assert.Equal((frames, "ann", "test"), (store.Frames.Count, store.Frames[0].Identity, store.Frames[0].OfficialSplit));
        Assert.Equal(Hashes.OfFile(folder[name]), store.Frames[0].SourceSha256);
        Assert.Equal(["test-000000.tar"], Directory.GetFiles(folder["set"]).Select(Path.GetFileName));

        const string Clip = "set/train/id00012/21Uxsk56VDQ/00001/fake_video_real_audio.mp4";
        File.Delete(folder["set/test-000000.tar"]);
        Directory.CreateDirectory(Path.GetDirectoryName(folder[Clip])!);
        File.Copy(folder[name], folder[Clip]);
        folder.Write("set/train_metadata.json", """
            [{"file": "id00012/21Uxsk56VDQ/00001/fake_video_real_audio.mp4", "modify_type": "visual_modified",
              "visual_fake_segments": [[0.2, 0.4]], "audio_fake_segments": []}]
            """);
        var parts = Run("parts", DatasetLayouts.Auto);
        Assert.Equal((19, 6), (parts.Frames.Count(frame => frame.IsReal), parts.Frames.Count(frame => !frame.IsReal)));
        Assert.All(parts.Frames.Where(frame => !frame.IsReal), frame => Assert.InRange(frame.TimeS, 0.2, 0.4));
        Assert.All(parts.Frames, frame => Assert.Equal((frame.IsReal ? null : "id00012", "real"), (frame.TargetIdentity, frame.Sound)));
    }

    // Two clips of one YouTube video on two sides, and a swap between them.
    private FrameStore Faceforensics()
    {
        var number = 0;
        foreach (var clip in new[] { Real + "605.mp4", Real + "606.mp4", "set/manipulated_sequences/Deepfakes/c23/videos/605_001.mp4",
            "set/manipulated_sequences/Face2Face/c23/videos/606_002.mp4" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[clip])!);
            var person = ScriptedFaces.Person(number++);
            faces.Film(folder[clip], 10, i => faces.Draw(320, 240, (person.Render(i, 160), 60, 40)));
        }

        folder.Write("set/train.json", """[["605", "001"]]""");
        folder.Write("set/val.json", """[["606", "002"]]""");
        return Run("store", DatasetLayouts.Auto);
    }

    private FrameStore Run(string name, string layout, int shard = 1, int shards = 1)
    {
        var options = new IngestOptions
        {
            Source = folder["set"],
            Out = folder[name],
            Layout = layout,
            Size = 64,
            Shard = shard,
            ShardCount = shards
        };
        var summary = Ingestor.Run(options, faces.Cropper, null, Cancellation);
        Assert.Equal(0, summary.Rejected);
        return FrameStore.Open(options.Out);
    }
}
