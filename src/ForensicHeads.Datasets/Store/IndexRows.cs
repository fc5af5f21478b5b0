namespace ForensicHeads.Datasets.Store;

/// <summary>A row of an index.</summary>
/// <param name="Number">Its place in the file, from 0.</param>
/// <param name="Clip">What it has in common with its neighbours: the same values but in columns of a single frame, which are empty. Rows
/// that follow each other have one object as their clip.</param>
/// <param name="Frame">The row; its landmarks are null where they are left in the file.</param>
internal readonly record struct IndexRow(int Number, FrameRecord Clip, FrameRecord Frame);

/// <summary>Which rows of an index are wanted: all that both conditions allow.</summary>
/// <param name="Clip">Asked with what a row has in common with its neighbours, or with the row; null for all.</param>
/// <param name="Number">Asked with the row's number; null for all.</param>
internal sealed record RowChoice(Func<FrameRecord, bool>? Clip = null, Func<int, bool>? Number = null);

/// <summary>Where clips begin in an index, and what the rows of each have in common.</summary>
/// <param name="First">The first row.</param>
/// <param name="Row">What it has in common with those behind it.</param>
internal readonly record struct IndexClip(int First, FrameRecord Row);

/// <summary>The rows of one row group, column by column; a row is made when it is asked for. To be disposed of, for the columns'
/// sake.</summary>
internal sealed class IndexRows : IDisposable
{
    private readonly IndexColumns columns;
    private readonly IndexClip[] clips;
    private int[] chosen = [];
    private FrameColumns frames = null!;

    private IndexRows(IndexColumns columns, IEnumerable<IndexClip> clips) => (this.columns, this.clips) = (columns, [.. clips]);

    /// <summary>Reads all columns of a group but the landmarks, which are read where they are wanted.</summary>
    public static async Task<IndexRows> ReadAllAsync(IndexColumns columns, bool withLandmarks)
    {
        var rows = new IndexRows(columns, await ClipColumns.ReadAsync(columns).ConfigureAwait(false));
        await rows.Read([.. Enumerable.Range(columns.FirstRow, columns.Rows)], withLandmarks).ConfigureAwait(false);
        return rows;
    }

    /// <summary>Reads what is wanted of an index whose clips are known.</summary>
    public static async Task<IndexRows> ReadAsync(IndexColumns columns, bool withLandmarks, RowChoice choice,
        IReadOnlyList<IndexClip> clips)
    {
        var rows = new IndexRows(columns, Among(clips, columns.FirstRow, columns.FirstRow + columns.Rows));
        var chosen = new List<int>();
        foreach (var (clip, end) in rows.Ends().Where(run => choice.Clip?.Invoke(run.Clip.Row) != false))
            for (var row = clip.First; row < end; row++) if (choice.Number?.Invoke(row) != false) chosen.Add(row);
        if (chosen.Count > 0) await rows.Read([.. chosen], withLandmarks).ConfigureAwait(false);
        return rows;
    }

    /// <summary>The rows that are wanted.</summary>
    public IEnumerable<IndexRow> Wanted()
    {
        var clip = 0;
        foreach (var row in chosen)
        {
            while (clip + 1 < clips.Length && clips[clip + 1].First <= row) clip++;
            yield return new IndexRow(row, clips[clip].Row, frames.Frame(row - columns.FirstRow, clips[clip].Row));
        }
    }

    /// <summary>Checks each row and counts the clips, where all are wanted.</summary>
    /// <exception cref="UserErrorException">One of the rows cannot be.</exception>
    public void Check(RowCheck check, StoreClip.Tally tally)
    {
        foreach (var (clip, end) in Ends())
        {
            var first = clip.First - columns.FirstRow;
            tally.Add(clip, frames.Key(first), end - clip.First);
            // What a clip's rows have in common is looked at once.
            var isFine = FrameCheck.Fault(clip.Row with { Key = "clip" }) is null;
            for (var i = first; i < end - columns.FirstRow; i++)
            {
                if (!isFine || !frames.IsFine(i)) check.Look(frames.Frame(i, clip.Row));
                check.Add(frames.Key(i), frames.Place(i));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => columns.Dispose();

    private async Task Read(int[] wanted, bool withLandmarks)
    {
        chosen = wanted;
        frames = await FrameColumns.ReadAsync(columns, withLandmarks ? wanted : []).ConfigureAwait(false);
    }

    private IEnumerable<(IndexClip Clip, int End)> Ends() => clips.Select((clip, i) =>
        (clip, i + 1 < clips.Length ? clips[i + 1].First : columns.FirstRow + columns.Rows));

    private static IEnumerable<IndexClip> Among(IReadOnlyList<IndexClip> clips, int first, int end)
    {
        var (low, high) = (0, clips.Count);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (clips[middle].First <= first) low = middle;
            else high = middle;
        }

        for (; low < clips.Count && clips[low].First < end; low++)
            yield return clips[low] with { First = Math.Max(clips[low].First, first) };
    }
}
