using System.Formats.Tar;
using System.Text.Json.Nodes;

namespace ForensicHeads.Datasets.Tests;

public class StoreWriterTests
{
    private static readonly string[] StoreFiles =
        ["index.parquet", "rejected.jsonl", "shards/000000.tar", "shards/000001.tar", "store.json"];

    [Fact]
    public void Equal_input_gives_byte_identical_files()
    {
        using var folder = new TestFolder();
        string[] files = [.. StoreFiles, "attributes.json"];
        foreach (var name in (string[])["a", "b"])
        {
            using var writer = StoreWriter.Create(folder[name], TestStores.Info(), framesPerShard: 4);
            foreach (var frame in TestStores.People(2, 1, 3)) writer.Add(frame, TestStores.Picture(frame.Key));
            writer.Add(TestStores.Fake("p00", "fake", 1, "p00-v0"), TestStores.Picture("fake"));
            writer.Reject(new RejectedInput("x.mp4", null, "no face", "use another video"));
            writer.WriteSidecar("attributes.json", "{}\n");
            writer.Complete();
        }

        Assert.Equal(files.Order(),
            Directory.EnumerateFiles(folder["a"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder["a"], file))
            .Order());
        foreach (var file in files) Assert.Equal(
            File.ReadAllBytes(Path.Combine(folder["a"], file)), File.ReadAllBytes(Path.Combine(folder["b"], file)));
    }

    [Fact]
    public void Beside_each_picture_stands_what_webdataset_hands_on_with_it()
    {
        using var folder = new TestFolder();
        var fake = TestStores.Fake("anna ö", "fake", 3, "clip");
        fake = fake with { Key = FrameKey.Of(fake.Key) };
        var store = TestStores.Write(folder["s"], [TestStores.Frame("p00", "v0", 7), fake]);
        var entries = new List<(string Name, string Text)>();
        using (var tar = new TarReader(File.OpenRead(Path.Combine(store.Path, "shards", "000000.tar"))))
        {
            while (tar.GetNextEntry(copyData: true) is { } entry)
            {
                using var text = new StreamReader(entry.DataStream!);
                entries.Add((entry.Name, text.ReadToEnd()));
            }
        }

        // WebDataset joins neighbours whose names agree up to the first dot.
        Assert.Equal(store.Frames.SelectMany(frame => new[] { frame.Key + ".png", frame.Key + ".json" }),
            entries.Select(entry => entry.Name));
        var real = JsonNode.Parse(entries[1].Text)!.AsObject();
        Assert.Equal(["key", "label", "identity", "video", "track", "frame_number", "time_s", "generator", "mode", "shots", "draw",
            "landmarks"], real.Select(pair => pair.Key));
        Assert.Equal(("real", "p00", 7), ((string?)real["label"], (string?)real["identity"], (int)real["frame_number"]!));
        Assert.Null(real["shots"]);
        Assert.Equal(store.Frames[0].Landmarks.Values, real["landmarks"]!.AsArray().Select(value => (float)value!));
        var made = JsonNode.Parse(entries[3].Text)!;
        Assert.Equal(("generated", "anna ö", "few-shot", "ft", 8, 1), ((string?)made["label"], (string?)made["identity"],
            (string?)made["generator"], (string?)made["mode"], (int)made["shots"]!, (int)made["draw"]!));
    }

    [Fact]
    public void A_writer_that_is_not_completed_leaves_nothing()
    {
        using var folder = new TestFolder();
        using (var writer = StoreWriter.Create(folder["s"], TestStores.Info(), framesPerShard: 1))
        {
            foreach (var frame in TestStores.People(1, 1, 3)) writer.Add(frame, TestStores.Picture(frame.Key));
            writer.WriteSidecar("attributes.json", "{}");
            Assert.False(Path.Exists(folder["s"]));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_with_other_content_is_refused_and_kept()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["s"]);
        File.WriteAllText(Path.Combine(folder["s"], "thesis.txt"), "years");
        var error = Assert.Throws<UserErrorException>(() => StoreWriter.Create(folder["s"], TestStores.Info()));
        Assert.Contains("is not empty and not a store. Choose another --out", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder["s"], "thesis.txt")));
    }

    [Fact]
    public void A_store_of_the_same_arguments_is_replaced_and_one_of_others_is_not()
    {
        using var folder = new TestFolder();
        TestStores.Write(folder["s"], TestStores.People(1, 1, 2));
        var again = TestStores.Write(folder["s"], TestStores.People(1, 1, 3));
        Assert.Equal(3, again.Frames.Count);
        Assert.Equal(["s"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
        var error = Assert.Throws<UserErrorException>(() =>
            StoreWriter.Create(folder["s"], TestStores.Info() with { Arguments = ["procedural", "--seed", "2"] }));
        Assert.Contains("made by other arguments (procedural --seed 1)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_store_can_be_written_and_opened()
    {
        using var folder = new TestFolder();
        Assert.Empty(TestStores.Write(folder["s"], []).Frames);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("")]
    [InlineData("a\n")]
    public void A_key_outside_the_pattern_is_refused(string key)
    {
        using var folder = new TestFolder();
        using var writer = StoreWriter.Create(folder["s"], TestStores.Info());
        var frame = TestStores.Frame("p", "v", 0) with { Key = key };
        Assert.Contains("A-Z a-z 0-9 _ -", Assert.Throws<ArgumentException>(() => writer.Add(frame, TestStores.Picture("x"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeated_key_a_wrong_size_and_a_marked_png_are_refused()
    {
        using var folder = new TestFolder();
        using var writer = StoreWriter.Create(folder["s"], TestStores.Info());
        var frame = TestStores.Frame("p", "v", 0);
        writer.Add(frame, TestStores.Picture("x"));
        Assert.Contains("unique", Assert.Throws<ArgumentException>(() => writer.Add(frame, TestStores.Picture("x"))).Message,
            StringComparison.Ordinal);
        var next = frame with { Key = "next" };
        Assert.Contains("32×32", Assert.Throws<ArgumentException>(() => writer.Add(next, TestStores.Picture("x", 16))).Message,
            StringComparison.Ordinal);
        var png = Media.ImageCodec.EncodePng(TestStores.Picture("x"));
        byte[] marked = [.. png[..33], 0, 0, 0, 3, .. "tEXt"u8, .. "a\0b"u8, 0, 0, 0, 0, .. png[33..]];
        Assert.Contains("metadata chunk (tEXt)", Assert.Throws<ArgumentException>(() => writer.AddPng(next, marked)).Message,
            StringComparison.Ordinal);
        Assert.Contains("cut off", Assert.Throws<ArgumentException>(() => writer.AddPng(next, png.AsMemory(..^1))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_cannot_be_written_is_one_line_and_leaves_nothing()
    {
        using var folder = new TestFolder();
        using (var writer = StoreWriter.Create(folder["s"], TestStores.Info()))
        {
            // A file where the shards' folder should be: the first write fails.
            File.WriteAllText(Path.Combine(Directory.GetDirectories(folder.Path).Single(), "shards"), "");
            var error = Assert.Throws<UserErrorException>(() => writer.Add(TestStores.Frame("p", "v", 0), TestStores.Picture("x")));
            Assert.Contains("Mend that, or choose another --out", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
