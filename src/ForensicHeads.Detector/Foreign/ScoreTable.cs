using System.Globalization;

namespace ForensicHeads.Detector.Foreign;

/// <summary>Finished scores by name, as a CSV file has them.</summary>
/// <remarks>
/// The columns are <c>key,score</c> (keys of a store's frames), <c>file,score</c>, or <c>filename,label</c> as in the Deepfake Detection
/// Challenge, where the label is the probability of a fake; a column <c>sha256</c> may name the file's content, and any others are left
/// alone. Higher = generated. A file is also found by its name without folders and without ending, where that is one file's alone, and by
/// the name that <c>ingest</c> gives its video, <c>folder-name</c>.
/// </remarks>
internal sealed class ScoreTable
{
    private static readonly string[] Undecided = ["", "nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity"];
    private readonly Dictionary<string, int> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> byHash = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int?> byShortName = new(StringComparer.Ordinal);
    private readonly bool isByKey;

    /// <summary>Reads the rows.</summary>
    /// <param name="table">The file.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <exception cref="UserErrorException">A column is missing, a file is there twice, or a score is no number.</exception>
    public ScoreTable(CsvTable table, string path)
    {
        var (name, score) = Columns(table, path);
        isByKey = name == "key";
        var rows = new List<(string, double?)>();
        foreach (var row in table.Rows)
        {
            var file = row[name]!.Trim().Replace('\\', '/');
            if (file.Length == 0) throw Wrong(path, row, $"the column {name} is empty; allowed is a name");
            Add(byName, file, rows.Count, path, row, table);
            if (row["sha256"]?.Trim().ToLowerInvariant() is { Length: > 0 } hash) Add(byHash, hash, rows.Count, path, row, table);
            foreach (var brief in Brief(file)) byShortName[brief] = byShortName.ContainsKey(brief) ? null : rows.Count;
            rows.Add((file, Score(row[score]!.Trim(), score, path, row)));
        }

        Rows = rows;
    }

    /// <summary>Names and scores in the order of the file; null where it could not tell.</summary>
    public IReadOnlyList<(string Name, double? Score)> Rows { get; }

    /// <summary>The row of a frame, or null: by key, else by hash, else by file name.</summary>
    public int? Find(ForeignSample sample)
    {
        if (isByKey) return byName.TryGetValue(sample.Key, out var row) ? row : null;
        if (byHash.TryGetValue(sample.SourceSha256, out var hashed)) return hashed;
        var file = sample.FileName.Replace('\\', '/');
        if (byName.TryGetValue(file, out var named)) return named;
        return Brief(file).Prepend(file).Select(brief => byShortName.GetValueOrDefault(brief)).FirstOrDefault(found => found is not null);
    }

    private static (string Name, string Score) Columns(CsvTable table, string path)
    {
        string[] names = [.. table.Header.Where(column => column is "key" or "file" or "filename")];
        var score = table.Header.Contains("score") ? "score" : names is ["filename"] && table.Header.Contains("label") ? "label" : null;
        return names.Length == 1 && score is not null ? (names[0], score) : throw new UserErrorException(
            $"{path}: the columns are {PrintedText.Line(string.Join(',', table.Header))}; allowed are key,score or file,score or "
            + "filename,label, and sha256. Rename them.", exitCode: 2);
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
