namespace ForensicHeads.Datasets.Store;

/// <summary>Rows on disk until all are there, such as those of a store that is being written: the bytes that the content's hash is made of,
/// after the place of the picture. Of each row only its key is in memory.</summary>
internal sealed class RowSpool : IDisposable
{
    private const string Name = "rows.tmp";
    private const int PlaceBytes = sizeof(int) + (2 * sizeof(long));

    private readonly string folder;
    private readonly List<(string Key, long At, int Length)> rows = [];
    private readonly HashSet<SaidColumn> said = [];
    private FileStream? stream;

    /// <param name="folder">Where it lies; made with the first row.</param>
    public RowSpool(string folder) => this.folder = folder;

    /// <summary>How many rows there are.</summary>
    public int Count => rows.Count;

    /// <summary>The columns in which a row has something to say.</summary>
    public IReadOnlyList<SaidColumn> Said => [.. SaidColumn.All.Where(said.Contains)];

    /// <summary>Adds a row.</summary>
    /// <param name="record">The row.</param>
    /// <param name="png">SHA-256 of its picture.</param>
    public void Add(FrameRecord record, string png)
    {
        // Unbuffered, as the shards are: what does not fit on the disk is known at once.
        stream ??= OwnFiles.Open(folder, Name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        using var buffer = new MemoryStream(1024);
        using var writer = new BinaryWriter(buffer);
        writer.Write(record.Shard);
        writer.Write(record.Offset);
        writer.Write(record.Length);
        ContentHasher.Write(writer, record, png);
        rows.Add((record.Key, stream.Position, (int)buffer.Length));
        stream.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        foreach (var column in SaidColumn.All) if (column.Of(record) is not null) said.Add(column);
    }

    /// <summary>All rows, in the order in which they came.</summary>
    public IEnumerable<FrameRecord> Read()
    {
        foreach (var (_, at, length) in rows)
        {
            using var reader = new BinaryReader(new MemoryStream(Bytes(at, length)));
            var (shard, offset, bytes) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64());
            yield return ContentHasher.Read(reader) with { Shard = shard, Offset = offset, Length = bytes };
        }
    }

    /// <summary>The content's hash.</summary>
    public string ContentHash() => ContentHasher.Of(rows.OrderBy(row => row.Key, StringComparer.Ordinal)
        .Select(row => (ReadOnlyMemory<byte>)Bytes(row.At, row.Length).AsMemory(PlaceBytes)));

    /// <summary>Removes it.</summary>
    public void Remove()
    {
        Dispose();
        OwnFiles.TryDelete(folder, Name);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stream?.Dispose();
        stream = null;
    }

    private byte[] Bytes(long at, int length) => FileBytes.Of(stream!.SafeFileHandle, at, length, $"{Name} ends before it should");
}
