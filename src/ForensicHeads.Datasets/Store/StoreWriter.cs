using System.Text;

namespace ForensicHeads.Datasets.Store;

/// <summary>Writes a store frame by frame. Nothing has its final name before <see cref="Complete()"/>; equal input gives byte-identical
/// files.</summary>
/// <remarks>Everything is written to a folder beside the target, which is renamed at the end. Not thread-safe; frames keep the order in
/// which they are added.</remarks>
public sealed class StoreWriter : IDisposable
{
    private readonly string path;
    private readonly ChosenPath staged;
    private readonly StoreInfo info;
    private readonly ShardWriter shards;
    private readonly RowSpool rows;
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private readonly List<RejectedInput> rejected = [];
    private bool completed;

    private StoreWriter(string path, StoreInfo info, int framesPerShard)
    {
        this.path = path;
        this.info = info;
        staged = ChosenPath.Of(path).Temporary;
        shards = new ShardWriter(staged.Full, framesPerShard);
        rows = new RowSpool(staged.Full);
    }

    /// <summary>Side of its frames in pixels.</summary>
    public int Size => info.Size;

    /// <summary>Number of frames added so far.</summary>
    public int Count => rows.Count;

    /// <summary>Begins a store that will lie at <paramref name="path"/>.</summary>
    /// <param name="path">A folder that does not exist, is empty, or is a store made by the same arguments (which <see cref="Complete()"/>
    /// replaces).</param>
    /// <param name="info">What the store is; counts and hashes are filled in at the end.</param>
    /// <exception cref="UserErrorException">The folder holds something else, or cannot be written.</exception>
    public static StoreWriter Create(string path, StoreInfo info) => Create(path, info, framesPerShard: 1000);

    /// <summary>As <see cref="Create(string, StoreInfo)"/>, with another number of frames a shard.</summary>
    internal static StoreWriter Create(string path, StoreInfo info, int framesPerShard)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentOutOfRangeException.ThrowIfLessThan(info.Size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(framesPerShard, 1);
        var full = ChosenPath.OfFolder(path).Full;
        StoreFolder.EnsureMayBeWritten(full, info);
        Leftovers.RemoveBeside(full);
        var writer = new StoreWriter(full, info, framesPerShard);
        StoreFolder.Guard(full, () => OwnFiles.CreateFolder(writer.staged.Folder, writer.staged.Name));
        return writer;
    }

    /// <summary>Adds a frame; the picture is encoded as PNG.</summary>
    /// <param name="record">Its row; shard, offset and length are set by the writer.</param>
    /// <param name="image">The crop, <see cref="StoreInfo.Size"/> pixels a side.</param>
    /// <exception cref="ArgumentException">A repeated or malformed key, a wrong size, or a value that is not finite.</exception>
    /// <exception cref="UserErrorException">The disk is full or cannot be written.</exception>
    public void Add(FrameRecord record, RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Width != info.Size || image.Height != info.Size)
        {
            throw new ArgumentException(
                $"Frame {record?.Key} is {image.Width}×{image.Height} pixels; this store holds {info.Size}×{info.Size}.", nameof(image));
        }

        AddPng(record!, ImageCodec.EncodePng(image));
    }

    /// <summary>Adds a frame whose picture is encoded already: an 8-bit RGB PNG without text or EXIF chunks. Its bytes are kept as they
    /// are.</summary>
    /// <inheritdoc cref="Add"/>
    public void AddPng(FrameRecord record, ReadOnlyMemory<byte> png)
    {
        ArgumentNullException.ThrowIfNull(record);
        ObjectDisposedException.ThrowIf(completed, this);
        if (FrameCheck.Fault(record) is { } fault) throw new ArgumentException($"Frame '{record.Key}': {fault}.", nameof(record));
        if (PngHeader.Fault(png.Span, info.Size)
            is { } pngFault) throw new ArgumentException($"The picture of frame '{record.Key}' cannot be stored: {pngFault}.", nameof(png));
        if (!keys.Add(record.Key)) throw new ArgumentException($"The key '{record.Key}' is already in this store; keys are unique.",
            nameof(record));
        StoreFolder.Guard(path, () =>
        {
            var (shard, offset) = shards.Add(record.Key, png, FrameJson.Of(record));
            rows.Add(record with { Shard = shard, Offset = offset, Length = png.Length }, Hashes.Of(png.Span));
        });
    }

    /// <summary>Notes an input that was left out.</summary>
    public void Reject(RejectedInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        rejected.Add(input);
    }

    /// <summary>Writes a JSON file of the caller's own beside the index, such as <c>attributes.json</c> or <c>consent.json</c>.</summary>
    /// <param name="name">A plain file name ending in <c>.json</c>, not <c>store.json</c>.</param>
    /// <param name="json">Its text.</param>
    public void WriteSidecar(string name, string json)
    {
        if (!StoreLayout.IsSidecar(name)) throw new ArgumentException(
            $"'{name}' is no sidecar name; use letters, digits, '-' and '_', then '.json', other than {StoreLayout.Manifest}.",
            nameof(name));
        ArgumentNullException.ThrowIfNull(json);
        AtomicFile.WriteText(staged.Full, name, json);
    }

    /// <summary>Writes a data set's own split, <c>splits/NAME.json</c>.</summary>
    public void WriteSplit(Split split)
    {
        ArgumentNullException.ThrowIfNull(split);
        OwnFiles.CreateFolder(staged.Full, StoreLayout.Splits);
        split.Save(Path.Combine(staged.Full, StoreLayout.SplitEntry(PathPart.Checked(split.Name, "The split's name is"))));
    }

    /// <summary>Writes index and manifest, gives the folder its final name and opens it.</summary>
    /// <exception cref="UserErrorException">The disk is full or cannot be written; nothing lies under the final name.</exception>
    public FrameStore Complete() => Complete(FrameStore.MostKept);

    /// <summary>The same, keeping at most so many rows in memory.</summary>
    internal FrameStore Complete(int mostKept)
    {
        ObjectDisposedException.ThrowIf(completed, this);
        StoreFolder.Guard(path, () =>
        {
            OwnFiles.CreateFolder(staged.Full, StoreLayout.Shards);
            var finished = shards.Complete();
            AtomicFile.Write(staged.Full, StoreLayout.Index, stream => FrameIndex.Write(stream, rows.Read(), rows.Said));
            AtomicFile.WriteText(staged.Full, StoreLayout.Rejected, RejectedLines());
            AtomicFile.WriteText(staged.Full, StoreLayout.Manifest, CanonicalJson.ToText(info with
            {
                FormatVersion = StoreInfo.CurrentFormatVersion,
                FrameCount = rows.Count,
                RejectedCount = rejected.Count,
                ContentSha256 = rows.ContentHash(),
                IndexSha256 = PlainFile.Hash(staged.Full, StoreLayout.Index),
                Shards = finished,
            }));
            rows.Remove();
            OwnFiles.Replace(staged.Folder, staged.Name, Path.GetFileName(path));
        });
        completed = true;
        return FrameStore.Open(path, mostKept);
    }

    /// <summary>Without <see cref="Complete()"/> before it: removes everything written so far.</summary>
    public void Dispose()
    {
        shards.Dispose();
        rows.Dispose();
        if (!completed) OwnFiles.TryDelete(staged.Folder, staged.Name);
        completed = true;
    }

    private string RejectedLines()
    {
        var text = new StringBuilder();
        foreach (var line in rejected) text.Append(CanonicalJson.ToLine(line)).Append('\n');
        return text.ToString();
    }
}
