using System.Globalization;

namespace ForensicHeads.Detector.Foreign;

/// <summary>Finished scores by name, as a CSV file has them.</summary>
/// <remarks>
/// Which columns are read says <see cref="DetectorTable"/>; a column <c>sha256</c> may name the file's content, and any others are left
/// alone. A file is also found by its name without folders and without ending, where that is one file's alone, and by the name that
/// <c>ingest</c> gives its video, <c>folder-name</c>. Rows for frames, <c>video/000.png</c>, belong to the video of their folder's name.
/// </remarks>
internal sealed class ScoreTable
{
    private static readonly string[] Undecided = ["", "nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity"];
    private readonly Dictionary<string, int> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> byHash = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int?> byShortName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> byFolder = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> folderByShortName = new(StringComparer.Ordinal);
    private readonly bool isByKey;

    private const string Known = "key,score or file,score or filename,label, and sha256";

    /// <summary>Reads the rows.</summary>
    /// <param name="table">The file.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="form">Which columns are read; null where that is not known.</param>
    /// <exception cref="UserErrorException">A column is missing, a file is there twice, or a score is no number.</exception>
    public ScoreTable(CsvTable table, string path, DetectorTable? form)
    {
        if (form is null || !table.Header.Contains(form.Name) || !table.Header.Contains(form.Score)) throw new UserErrorException(
            $"{path}: the columns are {PrintedText.Line(string.Join(',', table.Header))}; "
            + $"allowed are {(form is null ? Known : $"{form.Name} and {form.Score}, as its description says")}. Rename them, or say which "
            + "they are by the key table of a *.detector.json (docs/plugins.md).", exitCode: 2);
        var (name, score, sign) = (form.Name, form.Score, form.RisesTo == Label.Real ? -1 : 1);
        // A list of dfwb calls a video its key, and says of which data set it is and whether there is a score.
        isByKey = name == "key" && !(table.Header.Contains("dataset") && table.Header.Contains("status"));
        var rows = new List<(string, double?)>();
        foreach (var row in table.Rows)
        {
            var file = row[name]!.Trim().Replace('\\', '/');
            if (file.Length == 0) throw Wrong(path, row, $"the column {name} is empty; allowed is a name");
            Add(byName, file, rows.Count, path, row, table);
            if (row["sha256"]?.Trim().ToLowerInvariant() is { Length: > 0 } hash) Add(byHash, hash, rows.Count, path, row, table);
            foreach (var brief in Brief(file)) byShortName[brief] = byShortName.ContainsKey(brief) ? null : rows.Count;
            if (!isByKey && FolderOfFrame(file) is { } folder) AddFrame(folder, rows.Count);
            rows.Add((file, sign * Score(row[score]!.Trim(), score, path, row)));
        }

        Rows = rows;
    }

    /// <summary>Names and scores in the order of the file; null where it could not tell.</summary>
    public IReadOnlyList<(string Name, double? Score)> Rows { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="form">Which columns are read; null to tell by its first line.</param>
    /// <exception cref="UserErrorException">It cannot be read, or cannot be told how.</exception>
    public static ScoreTable Read(string folder, string name, DetectorTable? form)
    {
        var table = form is null ? CsvReader.Read(folder, name) : null;
        form ??= DetectorTable.Of(table!.Header);
        if (table is null || form is { Header: false })
            table = CsvReader.Read(folder, name, form!.Separator[0], form.Header);
        return new ScoreTable(table, Path.Combine(folder, name), form);
    }

    /// <summary>The rows of the frames of a sample's clip, where the list names frames and not clips.</summary>
    public IReadOnlyList<int> FramesOf(ForeignSample sample)
    {
        string[] names = [sample.ExportFolder, sample.FileName.Replace('\\', '/')];
        return names.Where(name => name.Length > 0).SelectMany(name => Brief(name).Prepend(name))
            .Select(name => byFolder.GetValueOrDefault(name)
                ?? (folderByShortName.GetValueOrDefault(name) is { } folder ? byFolder[folder] : null))
            .FirstOrDefault(found => found is not null) ?? [];
    }

    /// <summary>The row of a frame, or null: by key, else by hash, else by file name.</summary>
    public int? Find(ForeignSample sample)
    {
        if (isByKey) return byName.TryGetValue(sample.Key, out var row) ? row : null;
        if (byHash.TryGetValue(sample.SourceSha256, out var hashed)) return hashed;
        var file = sample.FileName.Replace('\\', '/');
        if (byName.TryGetValue(file, out var named)) return named;
        return Brief(file).Prepend(file).Select(brief => byShortName.GetValueOrDefault(brief)).FirstOrDefault(found => found is not null);
    }

    // A frame's name is its number, as in every data set of frames.
    private static string? FolderOfFrame(string file) => Path.GetDirectoryName(file) is { Length: > 0 } folder
        && Path.GetFileNameWithoutExtension(file) is { Length: > 0 } number && number.All(char.IsAsciiDigit) ? folder : null;

    private void AddFrame(string folder, int row)
    {
        if (!byFolder.TryGetValue(folder, out var frames))
        {
            byFolder.Add(folder, frames = []);
            foreach (var brief in Brief(folder).Where(brief => brief != folder))
                folderByShortName[brief] = folderByShortName.ContainsKey(brief) ? null : folder;
        }

        frames.Add(row);
    }

    private static double? Score(string cell, string column, string path, CsvRow row)
    {
        if (Undecided.Contains(cell.ToLowerInvariant())) return null;
        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var score))
            throw Wrong(path, row, $"{column} is '{PrintedText.Line(cell)}'; allowed is a number, or nothing where it could not tell");
        return double.IsFinite(score) ? score : null;
    }

    private static void Add(Dictionary<string, int> rows, string name, int index, string path, CsvRow row, CsvTable table)
    {
        if (!rows.TryAdd(name, index)) throw Wrong(path, row,
            $"'{PrintedText.Line(name)}' is there already, in line {table.Rows[rows[name]].Line}; allowed is one row for each");
    }

    // Without folders, without the ending, too, and as a store calls it.
    private static IEnumerable<string> Brief(string file) =>
        new[] { Path.GetFileName(file), Path.GetFileNameWithoutExtension(file), Path.ChangeExtension(file, null).Replace('/', '-') }
            .Where(name => name.Length > 0).Distinct();

    private static UserErrorException Wrong(string path, CsvRow row, string what) =>
        new($"{path}, line {row.Line}: {what}. Correct the file.", exitCode: 2);
}
