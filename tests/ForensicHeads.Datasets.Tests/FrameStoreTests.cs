using System.Diagnostics;

namespace ForensicHeads.Datasets.Tests;

public class FrameStoreTests
{
    [Fact]
    public void Every_column_and_every_pixel_comes_back()
    {
        using var folder = new TestFolder();
        var frames = TestStores.People(2, 2, 3)
            .Append(TestStores.Fake("p00", "fake", 4, "p00-v0") with { Status = "partial", Track = 2, MayGenerate = false }).ToArray();
        var store = TestStores.Write(folder["s"], frames, framesPerShard: 5);
        Assert.Equal(frames.Length, store.Frames.Count);
        for (var i = 0; i < frames.Length; i++)
        {
            var read = store.Frames[i];
            Assert.Equal(i / 5, read.Shard);
            Assert.Equal(frames[i].Landmarks.Values, read.Landmarks.Values);
            Assert.Equal(frames[i], read with { Shard = 0, Offset = 0, Length = 0, Landmarks = frames[i].Landmarks });
            var image = TestStores.Picture(frames[i].Key);
            Assert.Equal(ImageCodec.EncodePng(image), store.ReadPng(read));
            Assert.Equal(image.Pixels, store.ReadImage(read).Pixels);
        }

        Assert.Equal(["p00", "p01"], store.Identities);
        Assert.Equal(["fake", "p00-v0", "p00-v1"], store.VideosOf("p00"));
        Assert.Equal([0, 1, 2], store.FramesOfVideo("p01-v1").Select(frame => frame.FrameNumber));
        Assert.Empty(store.FramesOf("nobody"));
        Assert.Equal(frames.Length, store.Info.FrameCount);
        store.Verify(cancellation: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Offset_and_length_yield_the_png_in_a_tar_that_other_programs_read()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 3));
        var shard = Path.Combine(store.Path, "shards", "000000.tar");
        var frame = store.Frames[1];
        Assert.Equal(ImageCodec.EncodePng(TestStores.Picture(frame.Key)),
            File.ReadAllBytes(shard).AsSpan((int)frame.Offset, (int)frame.Length).ToArray());
        Assert.Equal(string.Join('\n', store.Frames.SelectMany(f => new[] { f.Key + ".png", f.Key + ".json" })), Run("tar", "-tf", shard));
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "needs python3");
        const string Script =
            "import sys,tarfile;t=tarfile.open(sys.argv[1]);"
            + "print(' '.join(f'{m.name}:{m.offset_data}:{m.size}:{m.mtime}' for m in t if m.name.endswith('.png')))";
        Assert.Equal(string.Join(' ', store.Frames.Select(f => $"{f.Key}.png:{f.Offset}:{f.Length}:0")),
            Run("/usr/bin/python3", "-c", Script, shard));
    }

    [Fact]
    public void The_content_hash_depends_on_the_frames_and_not_on_their_order_or_shards()
    {
        using var folder = new TestFolder();
        var frames = TestStores.People(1, 2, 3).ToArray();
        var store = TestStores.Write(folder["a"], frames);
        Assert.Equal(store.ContentHash, TestStores.Write(folder["b"], frames.Reverse(), framesPerShard: 2).ContentHash);
        Assert.NotEqual(store.ContentHash,
            TestStores.Write(folder["c"], frames.Select((f, i) => i == 4 ? f with { TimeS = f.TimeS + 1 } : f)).ContentHash);
        Assert.NotEqual(store.ContentHash,
            TestStores.Write(folder["d"], frames, picture: f => TestStores.Picture(f.FrameNumber == 1 ? "other" : f.Key)).ContentHash);
    }

    [Fact]
    public void A_manifest_without_hashes_gives_the_same_content_hash()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 3));
        var bare = store.Info with { ContentSha256 = null, IndexSha256 = null, Shards = [] };
        File.WriteAllText(Path.Combine(store.Path, "store.json"), CanonicalJson.ToText(bare));
        Assert.Equal(store.ContentHash, FrameStore.Open(store.Path).ContentHash);
    }

    [Fact]
    public void Verify_finds_a_flipped_bit()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 3));
        var shard = Path.Combine(store.Path, "shards", "000000.tar");
        var bytes = File.ReadAllBytes(shard);
        bytes[store.Frames[1].Offset + 60] ^= 1;
        File.WriteAllBytes(shard, bytes);
        var error = Assert.Throws<UserErrorException>(() =>
            FrameStore.Open(store.Path).Verify(cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("was changed after it was written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_manifest_is_not_a_store()
    {
        using var folder = new TestFolder();
        Assert.Contains("is not a store: it has no store.json",
            Assert.Throws<UserErrorException>(() => FrameStore.Open(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("is not a store", Assert.Throws<UserErrorException>(() => FrameStore.Open(folder["absent"])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"format_version\": \"1\"", "\"format_version\": \"2\"", "format version '2'; this build reads '1'")]
    [InlineData("\"size\": 32", "\"size\": 30000", "claims pictures of 30000 pixels")]
    [InlineData("\"name\": \"test\",", "", "is not a valid store manifest")]
    public void A_manifest_that_cannot_be_used_is_named(string from, string to, string message)
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 1));
        var manifest = Path.Combine(store.Path, "store.json");
        var text = File.ReadAllText(manifest);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(manifest, text.Replace(from, to, StringComparison.Ordinal));
        var error = Assert.Throws<UserErrorException>(() => FrameStore.Open(store.Path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_cut_shard_or_a_missing_one_is_found_on_opening()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 3));
        var shard = Path.Combine(store.Path, "shards", "000000.tar");
        using (var stream = File.OpenWrite(shard)) stream.SetLength(store.Frames[2].Offset + 10);
        Assert.Contains("row 2 of index.parquet", Assert.Throws<UserErrorException>(() => FrameStore.Open(store.Path)).Message,
            StringComparison.Ordinal);
        var opened = TestStores.Write(folder["t"], TestStores.People(1, 1, 3));
        File.Delete(Path.Combine(opened.Path, "shards", "000000.tar"));
        Assert.Contains("Cannot read",
            Assert.Throws<UserErrorException>(() => opened.Verify(cancellation: TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
        File.Delete(shard);
        Assert.Contains("shard 0 is missing", Assert.Throws<UserErrorException>(() => FrameStore.Open(store.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_of_another_size_is_refused_before_it_is_decoded()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 1));
        var shard = Path.Combine(store.Path, "shards", "000000.tar");
        var bytes = File.ReadAllBytes(shard);
        // Width 32 becomes 30,000 in the PNG's header.
        bytes[store.Frames[0].Offset + 18] = 0x75;
        bytes[store.Frames[0].Offset + 19] = 0x30;
        File.WriteAllBytes(shard, bytes);
        // Whoever makes a store writes its hashes, too.
        var manifest = Path.Combine(store.Path, "store.json");
        File.WriteAllText(manifest,
            File.ReadAllText(manifest).Replace(store.Info.Shards[0].Sha256, Hashes.Of(bytes), StringComparison.Ordinal));
        var opened = FrameStore.Open(store.Path);
        Assert.Contains("it is 30000×32 pixels", Assert.Throws<UserErrorException>(() => opened.ReadImage(opened.Frames[0])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_can_be_read_from_many_threads()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(2, 2, 5), framesPerShard: 7);
        Parallel.For(0, 200, i =>
        {
            var frame = store.Frames[i % store.Frames.Count];
            Assert.Equal(TestStores.Picture(frame.Key).Pixels, store.ReadImage(frame).Pixels);
        });
    }

    [Fact]
    public void Sidecars_are_read_by_plain_names_only()
    {
        using var folder = new TestFolder();
        using var writer = StoreWriter.Create(folder["s"], TestStores.Info());
        writer.WriteSidecar("attributes.json", "{\"a\": 1}");
        Assert.Throws<ArgumentException>(() => writer.WriteSidecar("store.json", ""));
        Assert.Throws<ArgumentException>(() => writer.WriteSidecar("../x.json", ""));
        var store = writer.Complete();
        Assert.Equal("{\"a\": 1}", store.ReadSidecar("attributes.json"));
        Assert.Null(store.ReadSidecar("consent.json"));
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.TrimEnd('\n');
    }
}
