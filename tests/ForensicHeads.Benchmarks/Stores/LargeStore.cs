using System.Collections;

namespace ForensicHeads.Benchmarks.Stores;

/// <summary>A store of as many rows as one likes, in which nothing was seen by a camera: rows that no two are alike, landmarks of their own
/// in each, and shards of the right length that hold no pictures and take no room on the disk.</summary>
internal sealed class LargeStore(int rows) : IReadOnlyList<FrameRecord>
{
    private const int FramesOfVideo = 250, VideosOfPerson = 8, FramesOfShard = 1000, PictureBytes = 20_000, EntryBytes = 22_528;
    private static readonly string[] Generators = ["warp", "auto-encoder", "self-blend", "swap-a", "swap-b"];

    public int Count => rows;

    public FrameRecord this[int index]
    {
        get
        {
            var (video, number) = Math.DivRem(index, FramesOfVideo);
            var (person, take) = Math.DivRem(video, VideosOfPerson);
            // The second half of a person's videos are fakes, each driven by one of the first half.
            var isFake = take >= VideosOfPerson / 2;
            var name = Text($"p{person:D6}-v{take}");
            var record = new FrameRecord
            {
                Key = Text($"{name}_t00_f{number:D6}"),
                Shard = index / FramesOfShard,
                Offset = 512 + ((long)EntryBytes * (index % FramesOfShard)),
                Length = PictureBytes,
                Identity = Text($"p{person:D6}"),
                Video = name,
                FrameNumber = number,
                TimeS = number / 25.0,
                Landmarks = Points(index),
                LandmarkConfidence = 0.5f + (index % 97 / 200f),
                CropX = 100 + (index % 53),
                CropY = 80 + (index % 31),
                CropW = 256,
                CropH = 256,
                SourceSha256 = Hashes.OfText(name),
                SourceCodec = "h264",
                SourceWidth = 1280,
                SourceHeight = 720,
                Licence = person % 3 == 0 ? "open: CC BY 4.0" : "research only",
                MayGenerate = person % 5 == 0,
                // Some people share footage, so that a split has something to hold together.
                Group = Text($"g{person / 2 * 2 + (person % 20 < 2 ? 0 : person % 2):D6}"),
                Collection = Text($"c{person % 7}"),
            };
            return !isFake ? record : record with
            {
                Origin = FrameOrigin.MadeBy(Generators[person % Generators.Length]),
                WeightsSha256 = Hashes.OfText(Generators[person % Generators.Length]),
                DriverVideo = Text($"p{person:D6}-v{take - (VideosOfPerson / 2)}"),
                DriverFrame = number,
            };
        }
    }

    /// <summary>Writes it, and says how many bytes the index has.</summary>
    public static long Write(string path, int rows)
    {
        Directory.CreateDirectory(Path.Combine(path, "shards"));
        using (var index = File.Create(Path.Combine(path, "index.parquet"))) FrameIndex.Write(index, new LargeStore(rows));
        var shards = (rows + FramesOfShard - 1) / FramesOfShard;
        for (var shard = 0; shard < shards; shard++)
        {
            using var file = File.Create(Path.Combine(path, StoreLayout.ShardEntry(shard)));
            file.SetLength((long)EntryBytes * FramesOfShard);
        }

        File.WriteAllText(Path.Combine(path, "store.json"), CanonicalJson.ToText(new StoreInfo
        {
            Name = Path.GetFileName(path),
            Size = 256,
            CropSpecification = "none: rows without pictures",
            Arguments = ["benchmark", Text($"{rows}")],
            LicenceSummary = "nobody is in it",
            FrameCount = rows,
            // No picture was hashed; an early store has shards without a hash, too.
        }));
        return new FileInfo(Path.Combine(path, "index.parquet")).Length;
    }

    public IEnumerator<FrameRecord> GetEnumerator()
    {
        for (var i = 0; i < rows; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // As noisy as those of real frames, so that they take as much room in the file.
    private static Landmarks68 Points(int index)
    {
        var state = (ulong)index;
        var values = new float[2 * Landmarks68.Count];
        for (var i = 0; i < values.Length; i++)
        {
            // SplitMix64 (Steele et al. 2014).
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            values[i] = (mixed >> 40) * (256f / (1 << 24));
        }

        return new Landmarks68(values);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
