namespace ForensicHeads.Detector.Foreign;

/// <summary>Scores that somebody has computed already.</summary>
public sealed class ScoresDetector : IForeignDetector
{
    private readonly ScoreTable table;
    private readonly Lock counting = new();
    private readonly SortedSet<string> clipsWithoutRow = new(StringComparer.Ordinal);
    private readonly HashSet<int> matched = [];

    private ScoresDetector(DetectorFile file, ScoreTable table, string hash)
    {
        (File, this.table) = (file, table);
        Sha256 = Hashes.OfText($"{CanonicalJson.ToLine(file)}\n{hash}");
    }

    /// <inheritdoc/>
    public DetectorFile File { get; }

    /// <inheritdoc/>
    public string Sha256 { get; }

    /// <summary>What did not fit together in the calls so far.</summary>
    public UnmatchedScores Unmatched
    {
        get
        {
            lock (counting)
            {
                return new UnmatchedScores([.. table.Rows.Where((_, row) => !matched.Contains(row)).Select(row => row.Name)],
                    [.. clipsWithoutRow], table.Rows.Count(row => row.Score is null));
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<double?[]> Score(IReadOnlyList<IReadOnlyList<ForeignSample>> clips, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clips);
        lock (counting)
        {
            return [.. clips.Select(Score)];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }

    /// <summary>Reads the scores.</summary>
    /// <exception cref="UserErrorException">Missing, not the pinned content, or not such a table.</exception>
    internal static ScoresDetector Open(DetectorFile file, string folder)
    {
        var hash = PlainFile.Hash(folder, file.File!);
        if (file.Sha256 is { } pinned && pinned != hash) throw new UserErrorException(
            $"{file.Source}: sha256 is {pinned}, and that of {file.File} is {hash}. Restore the file, or correct the hash.", exitCode: 2);
        return new ScoresDetector(file, ScoreTable.Read(folder, file.File!, file.Table), hash);
    }

    private double?[] Score(IReadOnlyList<ForeignSample> clip)
    {
        var rows = clip.Select(table.Find).ToArray();
        if (clip.Count > 0 && rows.All(row => row is null) && table.FramesOf(clip[0]) is { Count: > 0 } frames)
        {
            matched.UnionWith(frames);
            var said = File.VideoScore.Of(frames.Select(row => table.Rows[row].Score));
            return [.. clip.Select(_ => said)];
        }

        matched.UnionWith(rows.OfType<int>());
        if (clip.Count > 0 && rows.All(row => row is null))
            clipsWithoutRow.Add(clip[0].FileName.Length > 0 ? clip[0].FileName : clip[0].Key);
        return [.. rows.Select(row => row is { } found ? table.Rows[found].Score : null)];
    }
}

/// <summary>What of a list of scores and of the clips did not fit together.</summary>
/// <param name="Rows">Names of rows that no frame asked for.</param>
/// <param name="Clips">Names of clips of which no frame has a row.</param>
/// <param name="Empty">Rows whose score is empty, NaN or infinite.</param>
public sealed record UnmatchedScores(IReadOnlyList<string> Rows, IReadOnlyList<string> Clips, int Empty);
