namespace ForensicHeads.Datasets.Tests.Ingest;

public sealed class IngestorTests : IDisposable
{
    private const int Side = 160;
    private readonly TestFolder folder = new();
    private readonly ScriptedFaces faces = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Options_outside_their_range_are_refused()
    {
        var options = new IngestOptions { Source = folder.Path, Out = folder["store"] };
        Assert.Equal((256, 0.0, 1, 1, 2), (options.Size, options.FramesPerSecond, options.Shard, options.ShardCount, options.Workers));
        Assert.Equal(
            "--shard 5/4 is no part; the first of four parts is 1/4, the last 4/4.",
            Assert.Throws<UserErrorException>(() => (options with { Shard = 5, ShardCount = 4 }).Validate()).Message);
        Assert.Throws<UserErrorException>(() => (options with { Size = 8 }).Validate());
    }

    [Fact]
    public void Bad_files_cost_a_line_each_and_good_ones_become_frames()
    {
        var options = Batch();
        var summary = Run(options);
        Assert.Equal((6, 2, 4, 3), (summary.Inputs, summary.Accepted, summary.Rejected, summary.ExitCode));
        var store = FrameStore.Open(options.Out);
        Assert.Equal(summary.Frames, store.Frames.Count);
        Assert.Equal(["grid", "photo"], store.Frames.Select(f => f.Video).Distinct());
        var clip = store.Frames.Where(f => f.Video == "grid").ToArray();
        Assert.Equal(Enumerable.Range(0, 15).Select(i => 5 * i), clip.Select(f => f.FrameNumber));
        Assert.All(clip, f =>
        {
            Assert.Equal(("ann", true, "ok", true, "CC BY 4.0"), (f.Identity, f.IsReal, f.Status, f.MayGenerate, f.Licence));
            Assert.Equal(("mpeg1video", 320, 240), (f.SourceCodec, f.SourceWidth, f.SourceHeight));
            Assert.Equal(Hashes.OfFile(Path.Combine(options.Source, "grid.mpg")), f.SourceSha256);
            Assert.Equal(ScriptedFaces.Confidence, f.LandmarkConfidence);
            Assert.Equal(new CropWindow((int)f.CropX, (int)f.CropY, (int)f.CropW).ToCrop(faces.Script[f.FrameNumber][0], 256).Values,
                f.Landmarks.Values);
        });
        Assert.Equal("bob", Assert.Single(store.Frames, f => f.Video == "photo").Identity);
        Assert.Equal("grid_t00_f000005", clip[1].Key);
        Assert.Equal(
        [
            ("../away.mp4", "manifest line 2: the path holds '..'; paths stay below the manifest's folder"),
            ("blank.png", "no face was found"),
            ("empty.mp4", "the file is empty (0 bytes)"),
            ("list.mp4",
                "not a known container by its first bytes; known are mp4/mov/3gp, mpg/vob, ts/m2ts, avi, mkv/webm, flv, gif, png/apng, "
                    + "jpg/jfif, bmp, webp, tiff, avif, pgm/ppm"),
        ], File.ReadLines(Path.Combine(options.Out, "rejected.jsonl"))
        .Select(l => System.Text.Json.JsonSerializer.Deserialize<RejectedInput>(l, CanonicalJson.Line)!).Select(r => (r.File, r.Reason)));
        var consent = Assert.Single(ConsentFile.Read(store));
        Assert.Equal(("ann", ConsentBasis.Licence, "as the licence says: CC BY 4.0"), (consent.Identity, consent.Basis, consent.Contact));
        Assert.False(Directory.Exists(options.Out + ".ingest"));
    }

    [Fact]
    public void An_interrupted_ingest_is_taken_up_and_ends_with_the_same_store()
    {
        var options = Batch();
        using var stop = new CancellationTokenSource();
        // Cancelled after the fourth of five files is in.
        Assert.ThrowsAny<OperationCanceledException>(
            () => Ingestor.Run(options with { Workers = 1 }, faces.Cropper, new Stopper(stop, after: 4), stop.Token));
        Assert.False(Directory.Exists(options.Out));
        var resumed = Run(options);
        Assert.InRange(resumed.Resumed, 4, 5);
        var fresh = Run(options with { Out = folder["other/store"] });
        Assert.Equal(0, fresh.Resumed);
        foreach (var name in new[] { "index.parquet", "rejected.jsonl", "consent.json", "shards/000000.tar" })
            Assert.Equal(Hashes.OfFile(Path.Combine(folder["other/store"], name)), Hashes.OfFile(Path.Combine(options.Out, name)));
    }

    [Fact]
    public void What_a_data_set_says_of_its_fakes_is_kept_in_the_index()
    {
        var options = Batch();
        folder.Write("source/manifest.csv", """
            file,identity,label,generator,mode,shots,draw,driver,reference,split,collection
            grid.mpg,ann,fake,SomeNet,ft,8,1,photo.jpg,photo.jpg,test,
            photo.jpg,bob,real,,,,,,,train,web/repo
            """);
        Run(options);
        var store = FrameStore.Open(options.Out);
        var fake = store.Frames.First(frame => frame.Video == "grid");
        Assert.Equal(new FrameOrigin { Label = Label.Generated, Generator = "SomeNet", Mode = Mode.Ft, Shots = 8, Draw = 1 }, fake.Origin);
        Assert.Equal(("photo", null, "photo", "test"),
            (fake.DriverVideo, fake.DriverIdentity, fake.ReferenceVideos, fake.OfficialSplit));
        var photo = store.Frames.Single(frame => frame.Video == "photo");
        Assert.Equal(("train", "web/repo"), (photo.OfficialSplit, photo.Collection));
        Assert.Null(fake.Collection);
        // Whoever drove or gave shots stands on the side of the fake.
        Assert.Equal(["ann", "bob"], Assert.Single(PeopleClusters.Of([store])));
        Assert.Equal(15, Assert.Single(Revocation.Find([store], "bob")).Driven.Count);
        // A copy says the same, and what is said is content.
        var copy = StoreSelect.Run(store, new StoreSelection(), folder["copy"], cancellation: Cancellation);
        var copied = copy.Find(fake.Key)!;
        Assert.Equal((fake.Origin, "photo", "photo", "test"),
            (copied.Origin, copied.DriverVideo, copied.ReferenceVideos, copied.OfficialSplit));
        Assert.Equal(store.ContentHash, copy.ContentHash);
        folder.Write("source/manifest.csv", "file,identity,label,driver\ngrid.mpg,ann,fake,cleo\nphoto.jpg,bob,real,\n");
        Run(options with { Out = folder["other"] });
        var other = FrameStore.Open(folder["other"]);
        Assert.Equal((null, "cleo"), (other.Frames[0].DriverVideo, other.Frames[0].DriverIdentity));
        Assert.Equal(2, PeopleClusters.Of([other]).Count);
        Assert.Equal(15, Assert.Single(Revocation.Find([other], "cleo")).Driven.Count);
    }

    [Fact]
    public void The_index_says_how_a_file_became_what_is_shown()
    {
        var ann = ScriptedFaces.Person(0);
        faces.Film(folder["clip.mp4"], 12, i => faces.Draw(320, 240, (ann.Render(i, Side), 60, 40)));
        Directory.CreateDirectory(folder["said/ann"]);
        folder.Make("said/ann/plain.mp4", "-i {dir}/clip.mp4 -c copy {}");
        folder.Make("said/ann/untagged.mpg", "-i {dir}/clip.mp4 -c:v mpeg1video -q:v 2 {}");
        Run(new IngestOptions { Source = folder["said"], Out = folder["store"] });
        var store = FrameStore.Open(folder["store"]);
        Assert.All(store.Frames.Where(frame => frame.Video == "ann-plain"), frame => Assert.Equal(ShownSource.Plain, frame.Shown));
        Assert.All(store.Frames.Where(frame => frame.Video == "ann-untagged"), frame => Assert.Equal(
            new ShownSource { Assumed = "matrix bt601" }, frame.Shown));
        var copy = StoreSelect.Run(store, new StoreSelection(), folder["copy"], cancellation: Cancellation);
        Assert.Equal(store.Frames.Select(frame => frame.Shown), copy.Frames.Select(frame => frame.Shown));
    }

    [Fact]
    public void What_is_shown_otherwise_than_it_is_stored_is_said_of_each_kind()
    {
        var facts = new MediaFacts
        {
            Path = "a",
            Sha256 = "",
            Bytes = 1,
            Container = "mp4",
            IsPhoto = false,
            Codec = "hevc",
            Width = 1080,
            Height = 2560,
            StoredWidth = 1920,
            StoredHeight = 1080,
            PixelAspect = "4:3",
            Rotation = 90,
            IsMirrored = true,
            ToneMapped = "PQ",
            FramesAreCounted = true,
            DeclaredFrames = 80,
        };
        Assert.Equal(new ShownSource
        {
            StoredSize = "1920x1080",
            PixelAspect = "4:3",
            Turned = "mirrored 90",
            ToneMapped = "PQ",
            ClaimedFrames = "80",
            FoundFrames = "50",
        }, ShownSource.Of(facts, 50));
        Assert.Equal(new ShownSource { Turned = "mirrored" }, ShownSource.Of(facts with
        {
            Width = 1920,
            Height = 1080,
            PixelAspect = "1:1",
            Rotation = 0,
            ToneMapped = null,
            FramesAreCounted = false,
        }, 50));
    }

    [Fact]
    public void Two_ingests_into_one_store_do_not_mix()
    {
        var options = Batch();
        Directory.CreateDirectory(options.Out + ".ingest");
        using (new FileStream(Path.Combine(options.Out + ".ingest", "lock"), FileMode.Create))
            Assert.StartsWith("Another process is reading videos", Assert.Throws<UserErrorException>(() => Run(options)).Message,
                StringComparison.Ordinal);
        Assert.Equal(2, Run(options).Accepted);
    }

    [Fact]
    public void The_shards_of_a_batch_are_its_parts()
    {
        var options = Batch() with { ShardCount = 2 };
        var parts = new[] { 1, 2 }.Select(i => Run(options with { Shard = i, Out = folder[$"part{i}"] })).ToArray();
        Assert.Equal(6, parts.Sum(p => p.Inputs));
        Assert.Equal(2, parts.Sum(p => p.Accepted));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public void The_shards_put_together_are_the_store_of_one_run(int count)
    {
        var options = Batch() with { Out = folder["one/store"] };
        var (ann, cleo) = (ScriptedFaces.Person(0), ScriptedFaces.Person(2));
        folder.Write("source/ann.jpg", ImageCodec.EncodeJpeg(faces.Draw(320, 240, (ann.Render(0, Side), 60, 40)), 95));
        folder.Write("source/both.jpg",
            ImageCodec.EncodeJpeg(faces.Draw(400, 240, (ann.Render(0, Side), 10, 40), (cleo.Render(0, 120), 250, 40)), 95));
        File.AppendAllText(folder["source/manifest.csv"], "\nann.jpg,ann,real,CC0,yes\nboth.jpg,ann,real,CC BY 4.0,yes\n");
        var one = Run(options);
        string[] shards = [.. Enumerable.Range(1, count).Select(i => folder[$"part{i}"])];
        foreach (var (i, path) in shards.Index()) Run(options with { Shard = i + 1, ShardCount = count, Out = path });
        var merged = IngestMerge.Run(options with { Out = folder["two/store"] }, shards, null, Cancellation);
        Assert.Equal((one.Inputs, one.Accepted, 0, one.ExitCode), (merged.Inputs, merged.Accepted, merged.Missing, merged.ExitCode));
        Assert.Equal(Bytes("one/store"), Bytes("two/store"));
    }

    [Fact]
    public void A_missing_shard_leaves_a_line_for_each_of_its_files_and_a_changed_source_is_seen()
    {
        var options = Batch();
        string?[] shards = [folder["part1"], folder["part2"]];
        foreach (var i in new[] { 1, 2 }) Run(options with { Shard = i, ShardCount = 2, Out = folder[$"part{i}"] });
        var hash = Ingestor.HashOfInputs(options);
        var merged = IngestMerge.Run(options, [shards[0], null], null, Cancellation);
        Assert.Equal((2, 3), (merged.Missing, merged.ExitCode));
        Assert.Equal(["empty.mp4", "list.mp4"], merged.Store.ReadRejected()
            .Where(line => line.Reason == "shard 2 of 2 was not done when the shards were merged").Select(line => line.File));
        File.Delete(folder["source/blank.png"]);
        folder.Write("source/manifest.csv", "file,identity\nphoto.jpg,bob\n");
        Assert.NotEqual(hash, Ingestor.HashOfInputs(options));
        Assert.StartsWith("The shards hold frames of files that are not in ", Assert.Throws<UserErrorException>(() =>
            IngestMerge.Run(options with { Out = folder["three"] }, shards, null, Cancellation)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["three"]));
    }

    [Theory]
    [InlineData("", 0, -1)]
    [InlineData("largest", 12, 0)]
    [InlineData("left", 12, 0)]
    [InlineData("right", 12, 1)]
    [InlineData("200 20 120 120 at 0.1", 12, 1)]
    [InlineData("0 0 20 20 at 0.1", 0, -1)]
    [InlineData("200 20 120 120 at 9", 0, -1)]
    public void Of_two_faces_at_once_only_the_one_that_is_meant_enters_the_store(string face, int frames, int who)
    {
        var (large, small) = (ScriptedFaces.Person(0), ScriptedFaces.Person(1));
        faces.Film(folder["two/clip.mp4"], 12, i => faces.Draw(320, 240, (large.Render(i, 160), 10, 60), (small.Render(i, 120), 195, 20)));
        folder.Write("two/manifest.csv", $"file,identity,may_generate,face\nclip.mp4,ann,yes,{face}\n");
        var options = new IngestOptions { Source = folder["two"], Out = folder["store"] };
        var summary = Run(options);
        Assert.Equal((frames, frames > 0 ? 1 : 2, frames > 0 ? 0 : 1), (summary.Frames, summary.Bystanders, summary.Rejected));
        var store = FrameStore.Open(options.Out);
        Assert.All(store.Frames, frame => Assert.Equal(who == 0, frame.CropX < 120));
        var lines = store.ReadRejected();
        Assert.Equal(summary.Bystanders, lines.Count(line => line.Identity is null && line.Reason.StartsWith("a bystander in 12 frames",
            StringComparison.Ordinal) && line is { FirstFrame: 0, LastFrame: 11 }));
    }

    [Fact]
    public void Who_is_seen_again_alone_after_two_at_once_is_not_taken_for_either()
    {
        var (ann, bob) = (ScriptedFaces.Person(0), ScriptedFaces.Person(1));
        faces.Film(folder["two/clip.mp4"], 60, i =>
            i < 12 ? faces.Draw(320, 240, (ann.Render(i, 160), 10, 60), (bob.Render(i, 120), 195, 20))
            : i < 45 ? faces.Draw(320, 240) : faces.Draw(320, 240, (bob.Render(i, 120), 100, 60)));
        folder.Write("two/manifest.csv", "file,identity\nclip.mp4,ann\n");
        var summary = Run(new IngestOptions { Source = folder["two"], Out = folder["store"] });
        Assert.Equal((0, 3, 1), (summary.Frames, summary.Bystanders, summary.ExitCode));
    }

    private SortedDictionary<string, string> Bytes(string store) => new(
        Directory.EnumerateFiles(folder[store], "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder[store], file), Hashes.OfFile), StringComparer.Ordinal);

    private IngestSummary Run(IngestOptions options) => Ingestor.Run(options, faces.Cropper, null, Cancellation);

    /// <summary>Five files of a manifest, three of them bad, and a row that leads out.</summary>
    private IngestOptions Batch()
    {
        Directory.CreateDirectory(folder["source"]);
        var (ann, bob) = (ScriptedFaces.Person(0), ScriptedFaces.Person(1));
        faces.Film(folder["clip.mp4"], 75, i => faces.Draw(320, 240, (ann.Render(i, Side), 60 + i, 40)));
        folder.Make("source/grid.mpg", "-i {dir}/clip.mp4 -c:v mpeg1video -q:v 2 {}");
        folder.Write("source/photo.jpg", ImageCodec.EncodeJpeg(faces.Draw(320, 240, (bob.Render(0, Side), 80, 40)), 95));
        folder.Write("source/empty.mp4", "");
        folder.Write("source/list.mp4", "#EXTM3U\nother.mp4\n");
        folder.Write("source/blank.png", ImageCodec.EncodePng(new RgbImage(64, 64)));
        folder.Write("source/manifest.csv", """
            file,identity,label,licence,may_generate
            ../away.mp4,ann,real,,no
            grid.mpg,ann,real,CC BY 4.0,yes
            photo.jpg,bob,real,,no
            empty.mp4,bob,real,,no
            list.mp4,bob,real,,no
            blank.png,bob,real,,yes
            """);
        return new IngestOptions { Source = folder["source"], Out = folder["store"], FramesPerSecond = 5 };
    }

    private sealed class Stopper(CancellationTokenSource stop, int after) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            if (value.Done == after) stop.Cancel();
        }
    }
}
