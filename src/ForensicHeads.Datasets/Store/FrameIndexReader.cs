using System.Collections.Concurrent;
using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Datasets.Store;

/// <summary>Reads <c>index.parquet</c>, ours or one written by pandas or DuckDB: wider numbers and nullable columns are taken if their
/// values fit. A few groups of rows are in memory at a time, and landmarks, nine tenths of the file, are read where they are
/// wanted.</summary>
internal sealed class FrameIndexReader
{
    // Far longer than a group of a million rows takes, on a busy machine too.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Groups that are read at a time: each has tens of megabytes.
    private static readonly int AtOnce = Math.Clamp(Environment.ProcessorCount, 1, 4);

    private readonly string store;
    private readonly string path;
    private readonly (long Bytes, DateTime Written) seen;
    private readonly long[] groups;

    /// <summary>Looks at the file's end.</summary>
    /// <exception cref="UserErrorException">It is no Parquet file, or a damaged one.</exception>
    public FrameIndexReader(string store)
    {
        this.store = store;
        path = Path.Combine(store, StoreLayout.Index);
        using var stream = Guarded(() => PlainFile.Open(store, StoreLayout.Index));
        seen = Seen(stream);
        groups = Guarded(async () =>
        {
            ParquetFooter.Check(stream);
            stream.Position = 0;
            await using var reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true).ConfigureAwait(false);
            CheckColumns(reader.Schema);
            return reader.RowGroups.Select(group => group.RowCount).ToArray();
        });
        foreach (var rows in groups) Rows += IndexColumns.Bounded(path, seen.Bytes, rows);
        if (Rows > Array.MaxLength) throw new UserErrorException(
            $"{path} has {Rows} rows; {Array.MaxLength} are the most. Divide the store.");
    }

    /// <summary>How many rows there are, as the file's end says.</summary>
    public long Rows { get; }

    /// <summary>SHA-256 of the file, which is read for it.</summary>
    public string Hash() => Guarded(() =>
    {
        using var stream = Again();
        return Hashes.Of(stream);
    });

    /// <summary>Rows in their order, of an index whose clips are known.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="landmarks">Whether to read them; they are null else.</param>
    /// <param name="choice">Which rows; null for all.</param>
    /// <exception cref="UserErrorException">A column or value is not what it should be, or the file was replaced meanwhile.</exception>
    public IEnumerable<IndexRow> Read(IReadOnlyList<IndexClip> clips, bool landmarks, RowChoice? choice = null) =>
        Groups(columns => IndexRows.ReadAsync(columns, landmarks, choice ?? new RowChoice(), clips)).SelectMany(group => group.Wanted());

    /// <summary>All rows for the first time, in groups: each can be used until the next is asked for.</summary>
    /// <param name="landmarks">Whether to read them.</param>
    /// <exception cref="UserErrorException">A column or value is not what it should be, or the file was replaced meanwhile.</exception>
    public IEnumerable<IndexRows> ReadAll(bool landmarks) => Groups(columns => IndexRows.ReadAllAsync(columns, landmarks));

    private IEnumerable<IndexRows> Groups(Func<IndexColumns, Task<IndexRows>> read)
    {
        var free = new ConcurrentBag<(FileStream Stream, ParquetReader Reader)>();
        var ahead = new Queue<Task<IndexRows>>();
        try
        {
            var (next, first) = (0, 0);
            for (var done = 0; done < groups.Length; done++)
            {
                while (next < groups.Length && ahead.Count < AtOnce)
                {
                    var (group, row) = (next++, first);
                    first += (int)groups[group];
                    ahead.Enqueue(Task.Run(() => ReadGroup(free, group, row, read)));
                }

                var task = ahead.Dequeue();
                using var rows = Guarded(() => task);
                yield return rows;
            }
        }
        finally
        {
            // Files are closed when nobody reads them any more; a read that runs in circles is not waited for.
            Task.WhenAll(ahead).ContinueWith(_ =>
            {
                foreach (var (stream, _) in free) stream.Dispose();
            }, TaskScheduler.Default).Wait(Patience);
        }
    }

    private async Task<IndexRows> ReadGroup(ConcurrentBag<(FileStream Stream, ParquetReader Reader)> free, int number, int first,
        Func<IndexColumns, Task<IndexRows>> read)
    {
        if (!free.TryTake(out var opened))
        {
            var stream = Again();
            opened = (stream, await ParquetReader.CreateAsync(stream, leaveStreamOpen: true).ConfigureAwait(false));
        }

        using var group = opened.Reader.OpenRowGroupReader(number);
        var columns = new IndexColumns(path, opened.Stream.SafeFileHandle, opened.Reader.Schema, group, first);
        var rows = await read(columns).ConfigureAwait(false);
        free.Add(opened);
        return rows;
    }

    private FileStream Again()
    {
        var stream = Guarded(() => PlainFile.Open(store, StoreLayout.Index));
        if (Seen(stream) == seen) return stream;
        stream.Dispose();
        throw new UserErrorException($"{path} was replaced while it was read. Wait until whoever writes it is done, and start again.");
    }

    private static (long Bytes, DateTime Written) Seen(FileStream stream) =>
        (stream.Length, File.GetLastWriteTimeUtc(stream.SafeFileHandle));

    private T Guarded<T>(Func<T> read) => Guarded(() => Task.FromResult(read()));

    private T Guarded<T>(Func<Task<T>> read)
    {
        try
        {
            // The library can be made to run in circles by a damaged page; what it does then ends with the process.
            return Task.Run(read).WaitAsync(Patience).GetAwaiter().GetResult();
        }
        catch (UserErrorException)
        {
            throw;
        }
        catch (Exception error)
        {
            // Parquet.Net answers a damaged file with whatever its parser trips over, an array too large to be among them.
            throw new UserErrorException(
                $"{path} cannot be read as Parquet: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Make the store again or "
                + "restore the file.", inner: error);
        }
    }

    private void CheckColumns(ParquetSchema schema)
    {
        var missing = FrameIndex.Schema.Fields.Select(field => field.Name)
            .Where(name => schema.Fields.All(field => field.Name != name)).ToArray();
        if (missing.Length > 0)
        {
            throw new UserErrorException(
                $"{path} lacks the column{(missing.Length > 1 ? "s" : "")} {string.Join(", ", missing)}. Add them (nullable ones may "
                + "hold nulls) or make the store again.");
        }
    }
}
