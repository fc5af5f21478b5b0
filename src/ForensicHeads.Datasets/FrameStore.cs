using System.Collections.Frozen;
using ForensicHeads.Foundation;
using ForensicHeads.Media;

namespace ForensicHeads.Datasets;

/// <summary>A finished store, opened for reading. Immutable and thread-safe; pictures are read by offset, shards are never unpacked.</summary>
public sealed class FrameStore
{
    private readonly FrozenDictionary<string, FrameRecord> byKey;
    private readonly Lazy<ILookup<string, FrameRecord>> byIdentity;
    private readonly Lazy<ILookup<string, FrameRecord>> byVideo;
    private readonly Lazy<string> contentHash;

    private FrameStore(string path, StoreInfo info, IReadOnlyList<FrameRecord> frames, bool unchanged)
    {
        Path = path;
        Info = info;
        Frames = frames;
        byKey = frames.ToFrozenDictionary(frame => frame.Key, StringComparer.Ordinal);
        byIdentity = new(() => InOrder().ToLookup(frame => frame.Identity, StringComparer.Ordinal));
        byVideo = new(() => InOrder().ToLookup(frame => frame.Video, StringComparer.Ordinal));
        contentHash = new(() => unchanged ? info.ContentSha256! : ComputeContentHash());
    }

    /// <summary>The store's folder, absolute.</summary>
    public string Path { get; }

    /// <summary>The content of <c>store.json</c>.</summary>
    public StoreInfo Info { get; }

    /// <summary>All rows of the index, in file order.</summary>
    public IReadOnlyList<FrameRecord> Frames { get; }

    /// <summary>SHA-256 over all rows and pictures, whatever their order and shards: the same frames give the same hash.</summary>
    /// <remarks>Taken from the manifest while the index and the shards' lengths are those it names, else computed from every picture. <see cref="Verify"/> always computes.</remarks>
    public string ContentHash => contentHash.Value;

    /// <summary>The people, in ordinal order.</summary>
    public IEnumerable<string> Identities => byIdentity.Value.Select(group => group.Key).Order(StringComparer.Ordinal);

    /// <summary>The videos, in ordinal order.</summary>
    public IEnumerable<string> Videos => byVideo.Value.Select(group => group.Key).Order(StringComparer.Ordinal);

    /// <summary>Opens a store and checks its index: version, columns, keys, and that every picture lies inside its shard.</summary>
    /// <exception cref="UserErrorException">Not a store, a later format, or a damaged one; one line with the remedy.</exception>
    public static FrameStore Open(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var info = StoreLayout.ReadManifest(full);
        StoreCheck.Manifest(full, info);
        var index = System.IO.Path.Combine(full, StoreLayout.Index);
        if (!File.Exists(index)) throw new UserErrorException($"{full} lacks {StoreLayout.Index}. Restore it or make the store again.");
        var frames = FrameIndexReader.Read(index);
        StoreCheck.Frames(full, info.Size, frames);
        return new FrameStore(full, info, frames, StoreCheck.IsAsWritten(full, info, index));
    }

    /// <summary>The row with this key, or null.</summary>
    public FrameRecord? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>A person's frames by video, track and frame number; empty when there are none.</summary>
    public IEnumerable<FrameRecord> FramesOf(string identity) => byIdentity.Value[identity];

    /// <summary>A video's frames by track and frame number; empty when there are none.</summary>
    public IEnumerable<FrameRecord> FramesOfVideo(string video) => byVideo.Value[video];

    /// <summary>The videos that show a person, in ordinal order.</summary>
    public IEnumerable<string> VideosOf(string identity) => FramesOf(identity).Select(frame => frame.Video).Distinct(StringComparer.Ordinal);

    /// <summary>The PNG's bytes as they were stored. Thread-safe.</summary>
    /// <exception cref="UserErrorException">The shard cannot be read.</exception>
    public byte[] ReadPng(FrameRecord frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var shard = StoreLayout.ShardPath(Path, frame.Shard);
        try
        {
            using var handle = File.OpenHandle(shard);
            var png = new byte[frame.Length];
            for (var done = 0; done < png.Length;)
            {
                var read = RandomAccess.Read(handle, png.AsSpan(done), frame.Offset + done);
                if (read == 0) throw new EndOfStreamException($"frame {frame.Key} lies beyond its end");
                done += read;
            }

            return png;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Cannot read {shard}: {error.Message.TrimEnd('.')}. Restore the shard or make the store again.", inner: error);
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
        if (!StoreLayout.IsSidecar(name)) throw new ArgumentException($"'{name}' is no sidecar name; it ends in '.json' and has no folder.", nameof(name));
        var file = System.IO.Path.Combine(Path, name);
        return File.Exists(file) ? TextFile.Read(file) : null;
    }

    /// <summary>The names of the JSON files beside the index, in ordinal order.</summary>
    public IReadOnlyList<string> Sidecars =>
        [.. Directory.EnumerateFiles(Path).Select(file => System.IO.Path.GetFileName(file)).Where(StoreLayout.IsSidecar).Order(StringComparer.Ordinal)];

    /// <summary>The inputs that were left out, as <c>rejected.jsonl</c> lists them.</summary>
    /// <exception cref="UserErrorException">A line cannot be understood.</exception>
    public IReadOnlyList<RejectedInput> ReadRejected() => StoreLayout.ReadRejected(Path);

    /// <summary>Reads every picture and compares with the hash noted when the store was written.</summary>
    /// <exception cref="UserErrorException">The content is not what was written.</exception>
    public void Verify(IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        var now = ComputeContentHash(progress, cancellation);
        if (Info.ContentSha256 is { } written && written != now)
        {
            throw new UserErrorException($"{Path} was changed after it was written: its content hash is {now}, {StoreLayout.Manifest} says {written}. Restore it or make it again.");
        }
    }

    private string ComputeContentHash(IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        var hashes = new string[Frames.Count];
        ParallelFrames.Run("hashing", hashes.Length, i => hashes[i] = Hashes.Of(ReadPng(Frames[i])), progress, cancellation);
        return ContentHasher.Of(Frames.Zip(hashes));
    }

    private IEnumerable<FrameRecord> InOrder() => Frames
        .OrderBy(frame => frame.Video, StringComparer.Ordinal).ThenBy(frame => frame.Track).ThenBy(frame => frame.FrameNumber).ThenBy(frame => frame.Key, StringComparer.Ordinal);
}
