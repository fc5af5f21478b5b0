using System.Formats.Tar;
using System.Text;

namespace ForensicHeads.Datasets.Store;

/// <summary>Writes numbered tar shards with headers that hold nothing but name and length, so that equal input gives equal bytes.</summary>
internal sealed class ShardWriter(string store, int framesPerShard) : IDisposable
{
    private const int HeaderBytes = 512;
    private readonly List<StoreShard> finished = [];
    private FileStream? stream;
    private TarWriter? tar;
    private int frames;

    /// <summary>Adds a picture, and what is said of it beside it, as WebDataset pairs them.</summary>
    public (int Shard, long Offset) Add(string key, ReadOnlyMemory<byte> png, string json)
    {
        if (frames == framesPerShard) Finish();
        if (tar is null)
        {
            // Unbuffered: a buffer that no longer fits on a full disk would throw once more when the stream is closed.
            stream = OwnFiles.Open(
                store, StoreLayout.ShardEntry(finished.Count), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true);
        }

        var offset = stream!.Position + HeaderBytes;
        Add(key + ".png", png.ToArray());
        Add(key + ".json", Encoding.UTF8.GetBytes(json));
        frames++;
        return (finished.Count, offset);
    }

    public IReadOnlyList<StoreShard> Complete()
    {
        Finish();
        return finished;
    }

    public void Dispose()
    {
        try
        {
            tar?.Dispose();
        }
        catch (IOException)
        {
            // The tar's closing blocks do not fit on a full disk either; the write's own error is the one to report.
        }

        stream?.Dispose();
        tar = null;
        stream = null;
    }

    private void Add(string name, byte[] bytes)
    {
        using var data = new MemoryStream(bytes, writable: false);
        tar!.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            ModificationTime = DateTimeOffset.UnixEpoch,
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            DataStream = data,
        });
    }

    private void Finish()
    {
        if (tar is null) return;
        tar.Dispose();
        tar = null;
        stream!.Flush(flushToDisk: true);
        var bytes = stream.Length;
        stream.Dispose();
        stream = null;
        finished.Add(new StoreShard(StoreLayout.ShardName(finished.Count), bytes,
            PlainFile.Hash(store, StoreLayout.ShardEntry(finished.Count))));
        frames = 0;
    }
}

/// <summary>What <c>store.json</c> notes about one tar shard.</summary>
/// <param name="Name">File name inside <c>shards/</c>.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Sha256">SHA-256 of the file.</param>
public sealed record StoreShard(string Name, long Bytes, string Sha256);
