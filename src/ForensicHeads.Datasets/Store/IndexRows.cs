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

/// <summary>The rows of one row group, column by column; a row is made when it is asked for. To be disposed of, for the columns'
/// sake.</summary>
internal sealed class IndexRows : IDisposable
{
    private readonly IndexColumns columns;
    // Where each clip begins, and what its rows have in common.
    private readonly List<(int First, FrameRecord Row)> clips = [];
    private IEnumerable<int> chosen = [];
    private FrameColumns frames = null!;

    private IndexRows(IndexColumns columns) => this.columns = columns;

    /// <summary>Reads the columns of a group, those of single frames only where some are wanted.</summary>
    public static async Task<IndexRows> ReadAsync(IndexColumns columns, bool withLandmarks, RowChoice choice)
    {
        var rows = new IndexRows(columns);
        var all = Enumerable.Range(0, columns.Rows);
        var numbered = choice.Number is null ? null : all.Where(i => choice.Number(columns.FirstRow + i)).ToArray();
        if (numbered is []) return rows;
        var common = await ClipColumns.ReadAsync(columns).ConfigureAwait(false);
        rows.clips.AddRange(common.Clips());
        rows.chosen = choice.Clip is null ? numbered ?? all : rows.Allowed(numbered ?? all, choice.Clip);
        if (rows.chosen is int[] { Length: 0 }) return rows;
        rows.frames = await FrameColumns.ReadAsync(columns, withLandmarks).ConfigureAwait(false);
        return rows;
    }

    /// <summary>The rows that are wanted.</summary>
    public IEnumerable<IndexRow> Wanted() => WithClips(chosen).Select(row =>
        new IndexRow(columns.FirstRow + row.Row, clips[row.Clip].Row, frames.Frame(row.Row, clips[row.Clip].Row)));

    /// <summary>Checks each row and counts the clips, where all are wanted.</summary>
    /// <exception cref="UserErrorException">One of the rows cannot be.</exception>
    public void Check(RowCheck check, StoreClip.Tally tally)
    {
        foreach (var (clip, (first, row)) in clips.Index())
        {
            var end = clip + 1 < clips.Count ? clips[clip + 1].First : columns.Rows;
            tally.Add(row, frames.Key(first), end - first);
            // What a clip's rows have in common is looked at once.
            var isFine = FrameCheck.Fault(row with { Key = "clip" }) is null;
            for (var i = first; i < end; i++)
            {
                if (!isFine || !frames.IsFine(i)) check.Look(frames.Frame(i, row));
                check.Add(frames.Key(i), frames.Place(i));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => columns.Dispose();

    private int[] Allowed(IEnumerable<int> among, Func<FrameRecord, bool> isWanted)
    {
        bool[] allowed = [.. clips.Select(clip => isWanted(clip.Row))];
        return [.. WithClips(among).Where(row => allowed[row.Clip]).Select(row => row.Row)];
    }

    private IEnumerable<(int Row, int Clip)> WithClips(IEnumerable<int> among)
    {
        var clip = 0;
        foreach (var row in among)
        {
            while (clip + 1 < clips.Count && clips[clip + 1].First <= row) clip++;
            yield return (row, clip);
        }
    }
}
