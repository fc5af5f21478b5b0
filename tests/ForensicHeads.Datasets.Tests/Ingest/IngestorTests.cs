using ForensicHeads.Foundation;
using ForensicHeads.Media;

namespace ForensicHeads.Datasets.Tests.Ingest;

public sealed class IngestorTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Options_outside_their_range_are_refused()
    {
        var options = new IngestOptions { Source = folder.Path, Out = folder["store"] };
        Assert.Equal((256, 0.0, 1, 1, 2), (options.Size, options.FramesPerSecond, options.Shard, options.ShardCount, options.Workers));
        Assert.Equal(
            "--shard 5/4 is outside 1/1 … 10000/10000; the first of four parts is 1/4.",
            Assert.Throws<UserErrorException>(() => (options with { Shard = 5, ShardCount = 4 }).Validate()).Message);
        Assert.Throws<UserErrorException>(() => (options with { Size = 8 }).Validate());
    }

    [Fact]
    public void Bad_files_cost_a_line_each_and_good_ones_become_frames()
    {
        var options = Batch();
        var summary = Ingestor.Run(options, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((6, 2, 4, 3), (summary.Inputs, summary.Accepted, summary.Rejected, summary.ExitCode));
        var store = FrameStore.Open(options.Out);
        Assert.Equal(summary.Frames, store.Frames.Count);
        Assert.Equal(["grid", "photo"], store.Frames.Select(f => f.Video).Distinct());
        var clip = store.Frames.Where(f => f.Video == "grid").ToArray();
        Assert.Equal(Enumerable.Range(0, 15).Select(i => 5 * i), clip.Select(f => f.FrameNumber));
        Assert.All(clip, f =>
        {
            Assert.Equal(("ann", true, "ok", true, "mpeg1video", 360, 288, "CC BY 4.0"), (f.Identity, f.IsReal, f.Status, f.MayGenerate, f.SourceCodec, f.SourceWidth, f.SourceHeight, f.Licence));
            Assert.Equal(Hashes.OfFile(Path.Combine(options.Source, "grid.mpg")), f.SourceSha256);
            Assert.InRange(f.Landmarks.OuterEyeDistance, 40, 110);
        });
        Assert.Equal("grid_t00_f000005", clip[1].Key);
        Assert.Equal(
        [
            ("../away.mp4", "manifest line 2: the path holds '..'; paths stay below the manifest's folder"),
            ("blank.png", "no face was found"),
            ("empty.mp4", "the file is empty (0 bytes)"),
            ("list.mp4", "not a known container by its first bytes; known are mp4/mov, mpg, avi, mkv/webm, gif, png, jpg, bmp, webp, tiff, pgm/ppm"),
        ], File.ReadLines(Path.Combine(options.Out, "rejected.jsonl")).Select(l => System.Text.Json.JsonSerializer.Deserialize<RejectedInput>(l, CanonicalJson.Line)!).Select(r => (r.File, r.Reason)));
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
        Assert.ThrowsAny<OperationCanceledException>(() => Ingestor.Run(options with { Workers = 1 }, new Stopper(stop, after: 4), stop.Token));
        Assert.False(Directory.Exists(options.Out));
        var resumed = Ingestor.Run(options, cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(resumed.Resumed, 4, 5);
        var fresh = Ingestor.Run(options with { Out = folder["other/store"] }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, fresh.Resumed);
        foreach (var name in new[] { "index.parquet", "rejected.jsonl", "consent.json", "shards/000000.tar" })
            Assert.Equal(Hashes.OfFile(Path.Combine(folder["other/store"], name)), Hashes.OfFile(Path.Combine(options.Out, name)));
    }

    [Fact]
    public void The_shards_of_a_batch_are_its_parts()
    {
        var options = Batch() with { ShardCount = 2 };
        var parts = new[] { 1, 2 }.Select(i => Ingestor.Run(options with { Shard = i, Out = folder[$"part{i}"] }, cancellation: TestContext.Current.CancellationToken)).ToArray();
        Assert.Equal(6, parts.Sum(p => p.Inputs));
        Assert.Equal(2, parts.Sum(p => p.Accepted));
    }

    /// <summary>Five files of a manifest, three of them bad, and a row that leads out.</summary>
    private IngestOptions Batch()
    {
        var shared = Path.GetDirectoryName(SharedData.Models)!;
        var source = Directory.CreateDirectory(folder["source"]).FullName;
        File.Copy(Path.Combine(shared, "data/open/real/grid_bbaf2n.mpg"), Path.Combine(source, "grid.mpg"));
        File.Copy(Path.Combine(shared, "data/open/stills/london/001_03.jpg"), Path.Combine(source, "photo.jpg"));
        File.WriteAllText(Path.Combine(source, "empty.mp4"), "");
        File.WriteAllText(Path.Combine(source, "list.mp4"), "#EXTM3U\nother.mp4\n");
        File.WriteAllBytes(Path.Combine(source, "blank.png"), ImageCodec.EncodePng(new RgbImage(64, 64)));
        File.WriteAllLines(Path.Combine(source, "manifest.csv"),
        [
            "file,identity,label,licence,may_generate", "../away.mp4,ann,real,,no", "grid.mpg,ann,real,CC BY 4.0,yes", "photo.jpg,bob,real,,no",
            "empty.mp4,bob,real,,no", "list.mp4,bob,real,,no", "blank.png,bob,real,,yes",
        ]);
        return new IngestOptions { Source = source, Out = folder["store"], FramesPerSecond = 5, ModelsFolder = Path.Combine(shared, "models") };
    }

    private sealed class Stopper(CancellationTokenSource stop, int after) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            if (value.Done == after) stop.Cancel();
        }
    }
}
