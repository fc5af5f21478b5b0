using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace ForensicHeads.Datasets.Store;

/// <summary>A finished store, opened for reading. Immutable and thread-safe; pictures are read by offset, shards are never
/// unpacked.</summary>
public sealed class FrameStore
{
    /// <summary>Stores of more rows are read again for each question: their rows have a gigabyte a million.</summary>
    internal const int MostKept = 250_000;

    private const int HashedAtOnce = 1024;

    private readonly FrameIndexReader index;
    private readonly Lazy<IReadOnlyList<FrameRecord>> frames;
    private readonly Lazy<string> indexSha256;
    private readonly Lazy<FrozenDictionary<string, FrameRecord>> byKey;
    private readonly Lazy<ILookup<string, FrameRecord>> byIdentity;
    private readonly Lazy<ILookup<string, FrameRecord>> byVideo;
    private readonly Lazy<Dictionary<string, StoreShard>> noted;
    private readonly IReadOnlyList<IndexClip> runs;
    private readonly IEnumerable<int> used;
    private readonly bool isInOrder;
    private readonly Lock hashing = new();
    private readonly ConcurrentDictionary<int, Lazy<string>> shards = new();
    private string? contentHash;

    private FrameStore(string path, StoreInfo info, FrameIndexReader index, int mostKept)
    {
        Path = path;
        Info = info;
        this.index = index;
        indexSha256 = new(index.Hash);
        var check = new RowCheck(path, info.Size);
        var clips = new StoreClip.Tally();
        var kept = index.Rows <= mostKept ? new List<FrameRecord>() : null;
        foreach (var group in index.ReadAll(landmarks: kept is not null))
        {
            group.Check(check, clips);
            kept?.AddRange(group.Wanted().Select(row => row.Frame));
        }

        Count = check.Rows;

        check.Complete(() => kept?.Select(frame => frame.Key) ?? index.Read(clips.Runs, landmarks: false).Select(row => row.Frame.Key));
        frames = new(() => kept ?? [.. index.Read(clips.Runs, landmarks: true).Select(row => row.Frame)]);
        if (kept is not null) _ = (frames.Value, indexSha256.Value);
        (Clips, runs, used, isInOrder) = (clips.Clips, clips.Runs, check.Shards, check.IsInOrder);
        byKey = new(() => Frames.ToFrozenDictionary(frame => frame.Key, StringComparer.Ordinal));
        byIdentity = new(() => InOrder().ToLookup(frame => frame.Identity, StringComparer.Ordinal));
        byVideo = new(() => InOrder().ToLookup(frame => frame.Video, StringComparer.Ordinal));
        noted = new(() => Info.Shards.Where(shard => shard is not null).DistinctBy(shard => shard.Name)
            .ToDictionary(shard => shard.Name, StringComparer.Ordinal));
    }

    /// <summary>The store's folder, absolute.</summary>
    public string Path { get; }

    /// <summary>The content of <c>store.json</c>.</summary>
    public StoreInfo Info { get; }

    /// <summary>All rows of the index, in file order. Of a store of millions they fill the memory; ask <see cref="Count"/> and the
    /// names below where they do.</summary>
    public IReadOnlyList<FrameRecord> Frames => frames.Value;

    /// <summary>How many frames there are.</summary>
    public int Count { get; }

    /// <summary>Frames that differ in nothing but their place, time and landmarks, by their first.</summary>
    internal IReadOnlyList<StoreClip> Clips { get; }

    /// <summary>SHA-256 over all rows and pictures, whatever their order and shards: the same frames give the same hash.</summary>
    /// <remarks>Computed from every picture, once: what <c>store.json</c> says of itself is no evidence.</remarks>
    /// <exception cref="UserErrorException">The store says that it holds something else.</exception>
    public string ContentHash => HashContent();

    /// <summary>SHA-256 of <c>index.parquet</c> as it was read.</summary>
    public string IndexSha256 => indexSha256.Value;

    /// <summary>The first entry of the folder that is no part of a store, or null; it bars rewriting.</summary>
    public string? Foreign => StoreFolder.Foreign(Path);

    /// <summary>What a user of the store should know, in one sentence; null for nothing.</summary>
    public string? Notice =>
        used.FirstOrDefault(shard => Noted(shard) is null, -1) is var shard and >= 0
        ? $"{Path} notes no SHA-256 for {StoreLayout.ShardName(shard)}: an early store, or one that was edited. Whether its pictures "
        + $"were changed since cannot be told; 'datasets merge {Path} --out NEW' makes a store that notes it."
        : null;

    /// <summary>The people, in ordinal order.</summary>
    public IEnumerable<string> Identities => Names(row => row.Identity);

    /// <summary>The videos, in ordinal order.</summary>
    public IEnumerable<string> Videos => Names(row => row.Video);

    /// <summary>The generators of its fakes, as far as they are known, in ordinal order.</summary>
    public IEnumerable<string> Generators => Names(row => row.Origin.Generator);

    /// <summary>The licences of its frames, in ordinal order; an empty one where nobody states any.</summary>
    public IEnumerable<string> Licences => Names(row => row.Licence);

    /// <summary>Opens a store and checks its index: version, columns, keys, and that every picture lies inside its shard.</summary>
    /// <exception cref="UserErrorException">Not a store, a later format, or a damaged one; one line with the remedy.</exception>
    public static FrameStore Open(string path) => Open(path, MostKept);

    /// <summary>As <see cref="Open(string)"/>, keeping at most so many rows.</summary>
    internal static FrameStore Open(string path, int mostKept)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var info = StoreLayout.ReadManifest(full);
        StoreCheck.Manifest(full, info);
        if (!PlainFile.IsThere(full, StoreLayout.Index)) throw new UserErrorException(
            $"{full} lacks {StoreLayout.Index}. Restore it or make the store again.");
        return new FrameStore(full, info, new FrameIndexReader(full), mostKept);
    }

    /// <summary>The rows that are wanted, in file order; read from the file again where they are not kept.</summary>
    /// <param name="choice">Which; null for all.</param>
    /// <param name="landmarks">Whether they are needed; rows that are read again have null for them else.</param>
    internal IEnumerable<IndexRow> Rows(RowChoice? choice = null, bool landmarks = true) =>
        !frames.IsValueCreated ? index.Read(runs, landmarks, choice)
        : Frames.Select((frame, i) => new IndexRow(i, frame, frame))
            .Where(row => choice?.Clip?.Invoke(row.Frame) != false && choice?.Number?.Invoke(row.Number) != false);

    /// <summary>The row with this key, or null.</summary>
    public FrameRecord? Find(string key) => byKey.Value.GetValueOrDefault(key);

    /// <summary>A person's frames by video, track and frame number; empty when there are none.</summary>
    public IEnumerable<FrameRecord> FramesOf(string identity) => byIdentity.Value[IdentityName.Canonical(identity)];

    /// <summary>A video's frames by track and frame number; empty when there are none.</summary>
    public IEnumerable<FrameRecord> FramesOfVideo(string video) => byVideo.Value[video];

    /// <summary>The videos that show a person, in ordinal order.</summary>
    public IEnumerable<string> VideosOf(string identity) =>
        FramesOf(identity).Select(frame => frame.Video).Distinct(StringComparer.Ordinal);

    /// <summary>The PNG's bytes as they were stored. A shard is hashed as a whole when it is first read. Thread-safe.</summary>
    /// <exception cref="UserErrorException">The shard cannot be read, or is not the one that <c>store.json</c> notes.</exception>
    public byte[] ReadPng(FrameRecord frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var shard = StoreLayout.ShardEntry(frame.Shard);
        try
        {
            _ = shards.GetOrAdd(frame.Shard, number => new Lazy<string>(() => CheckedShardHash(number))).Value;
            using var stream = PlainFile.Open(Path, shard);
            return FileBytes.Of(stream.SafeFileHandle, frame.Offset, frame.Length, $"frame {frame.Key} lies beyond its end");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"Cannot read {System.IO.Path.Combine(Path, shard)}: {error.Message.TrimEnd('.')}. Restore the shard or make the store "
                + "again.", inner: error);
        }
    }

    /// <summary>The decoded picture, <see cref="StoreInfo.Size"/> pixels a side. Thread-safe.</summary>
    /// <exception cref="UserErrorException">The bytes are not an 8-bit RGB PNG of the store's size; found out before decoding.</exception>
    public RgbImage ReadImage(FrameRecord frame)
    {
        var png = ReadPng(frame);
        var fault = PngHeader.Fault(png, Info.Size);
        try
        {
            if (fault is null) return ImageCodec.Decode(png);
        }
        catch (InvalidDataException)
        {
            fault = "it cannot be decoded";
        }

        throw new UserErrorException($"Frame {frame.Key} of {Path} is damaged: {fault}. Make the store again.");
    }

    /// <summary>A sidecar's text, or null when the store has none of that name.</summary>
    public string? ReadSidecar(string name)
    {
        if (!StoreLayout.IsSidecar(name)) throw new ArgumentException($"'{name}' is no sidecar name; it ends in '.json' and has no folder.",
            nameof(name));
        return PlainFile.IsThere(Path, name) ? PlainFile.ReadText(Path, name) : null;
    }

    /// <summary>The names of the JSON files beside the index, in ordinal order.</summary>
    public IReadOnlyList<string> Sidecars =>
        [.. Directory.EnumerateFiles(Path).Select(file => System.IO.Path.GetFileName(file)).Where(StoreLayout.IsSidecar)
            .Order(StringComparer.Ordinal)];

    /// <summary>The data sets' own splits that it carries in <c>splits/</c>, by name.</summary>
    /// <exception cref="UserErrorException">One of them is malformed.</exception>
    public IReadOnlyList<Split> Splits
    {
        get
        {
            var folder = System.IO.Path.Combine(Path, StoreLayout.Splits);
            if (FileKinds.Of(folder) != FileKind.Folder) return [];
            return [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Split.Load)];
        }
    }

    /// <summary>The inputs that were left out, as <c>rejected.jsonl</c> lists them.</summary>
    /// <exception cref="UserErrorException">A line cannot be understood.</exception>
    public IReadOnlyList<RejectedInput> ReadRejected() => StoreLayout.ReadRejected(Path);

    /// <summary><see cref="ContentHash"/>, for those who can wait with a progress and be stopped.</summary>
    public string HashContent(IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        lock (hashing) return contentHash ??= CheckedContentHash(progress, cancellation);
    }

    /// <summary>Reads every picture and compares with the hash noted when the store was written.</summary>
    /// <exception cref="UserErrorException">The content is not what was written.</exception>
    public void Verify(IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        var now = CheckedContentHash(progress, cancellation);
        if (Info.ContentSha256 is { } written && written != now) throw Changed(now, written);
        // Whoever asks for the hash next need not read every picture again.
        lock (hashing) contentHash = now;
    }

    private UserErrorException Changed(string now, string written) =>
        new($"{Path} was changed after it was written: its content hash is {now}, {StoreLayout.Manifest} says {written}. Restore it or "
            + "make it again.");

    // Whoever edits the index by other tools may do so: the hash is then that of what is there. An index as it was written must say what
    // its manifest says.
    private string CheckedContentHash(IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var now = isInOrder ? ContentHasher.Of(Hashed(Rows().Select(row => row.Frame), progress, cancellation))
            : frames.IsValueCreated
                ? ContentHasher.Of(Hashed(Frames.OrderBy(frame => frame.Key, StringComparer.Ordinal), progress, cancellation))
            : Spooled(Hashed(Rows().Select(row => row.Frame), progress, cancellation));
        return Info.ContentSha256 is { } written && written != now && Info.IndexSha256 == IndexSha256 ? throw Changed(now, written) : now;
    }

    private IEnumerable<(FrameRecord Record, string PngSha256)> Hashed(IEnumerable<FrameRecord> rows, IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        long done = 0;
        foreach (var part in rows.Chunk(HashedAtOnce))
        {
            var hashes = new string[part.Length];
            ParallelLoop.Run(part.Length, i => hashes[i] = Hashes.Of(ReadPng(part[i])), cancellation);
            progress?.Report(new StepProgress("hashing", done += part.Length, Count, "frames"));
            foreach (var frame in part.Zip(hashes)) yield return frame;
        }
    }

    private static string Spooled(IEnumerable<(FrameRecord Record, string PngSha256)> rows)
    {
        using var folder = new TemporaryFolder();
        using var spool = new RowSpool(folder.Path);
        foreach (var (record, png) in rows) spool.Add(record, png);
        return spool.ContentHash();
    }

    private StoreShard? Noted(int shard) => noted.Value.GetValueOrDefault(StoreLayout.ShardName(shard));

    private IEnumerable<string> Names(Func<FrameRecord, string?> name) =>
        Clips.Select(clip => name(clip.Row)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private string CheckedShardHash(int number)
    {
        using var stream = PlainFile.Open(Path, StoreLayout.ShardEntry(number));
        var noted = Noted(number);
        // What is longer than it was written was changed, and need not be read to its end.
        var hash = noted is not null && noted.Bytes != stream.Length ? $"not that of {stream.Length} bytes" : Hashes.Of(stream);
        if (noted is not null && noted.Sha256 != hash)
        {
            throw new UserErrorException(
                $"{System.IO.Path.Combine(Path, StoreLayout.ShardEntry(number))} was changed after it was written: its SHA-256 is "
                + $"{hash}, {StoreLayout.Manifest} says {noted.Sha256}. Restore the shard or make the store again.");
        }

        return hash;
    }

    private IEnumerable<FrameRecord> InOrder() => Frames
        .OrderBy(frame => frame.Video, StringComparer.Ordinal).ThenBy(frame => frame.Track).ThenBy(frame => frame.FrameNumber)
        .ThenBy(frame => frame.Key, StringComparer.Ordinal);
}
