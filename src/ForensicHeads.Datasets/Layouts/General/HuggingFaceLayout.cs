using System.Globalization;
using System.Text.Json;

namespace ForensicHeads.Datasets.Layouts.General;

/// <summary>The folders of Hugging Face: <c>metadata.csv</c>, <c>.jsonl</c> or <c>.parquet</c> with a column <c>file_name</c>, folders
/// that are labels, or pictures inside of Parquet files.</summary>
public sealed class HuggingFaceLayout() : PublishedLayout("huggingface", "Hugging Face",
    "metadata.csv, .jsonl or .parquet with file_name; train/<real|fake>/<video>; or data/train-*.parquet", "as its card says")
{
    private const string Card = "README.md";
    private static readonly string[] Lists = ["metadata.csv", "metadata.jsonl", "metadata.parquet"];

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        if (!tree.Media.Any()) return Tables(tree).FirstOrDefault(file => HasPictures(tree.FullPath(file)));
        var list = MetadataOf(tree).FirstOrDefault(file => file.EndsWith(".parquet", StringComparison.Ordinal)
            || tree.Head(file).Contains(TableColumn.FileName.Name, StringComparison.Ordinal));
        if (list is not null) return list;
        if (tree.Called(Card).FirstOrDefault() is { } card && HuggingFaceCard.IsCard(tree.Head(card))) return card;
        return ByFolders([.. tree.Media]) && tree.Media.All(file => DatasetWords.PartIn(file) is not null)
            ? "<part>/<label>/<video> for all files" : null;
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var tree = reading.Tree;
        var card = tree.Called(Card).FirstOrDefault() is { } readme ? HuggingFaceCard.Of(reading.Lines(readme)) : null;
        var lists = MetadataOf(tree).ToArray();
        if (lists.Select(Path.GetExtension).Distinct().Count() > 1)
            reading.Note("Metadata files have several formats, which Hugging Face does not allow; all are read.");
        foreach (var list in lists)
            foreach (var row in Rows(reading, list)) Row(reading, list, new SaidFields(row) { LabelNames = card?.Labels ?? [] }, card);
        // Where there is metadata, folders are no labels.
        foreach (var file in tree.Media.Where(file => !reading.Knows(file)).ToArray())
        {
            if (lists.Any(list => file.StartsWith(list[..(list.LastIndexOf('/') + 1)], StringComparison.Ordinal)))
                reading.Leave(file, "not understood: in no row of the metadata");
            else if (lists.Length == 0) Take(reading, file, new SaidFields(new Dictionary<string, string>()), LabelIn(file), card);
        }

        foreach (var file in Tables(tree).Where(file => !reading.Knows(file)).ToArray())
            if (reading.Pictures(file) is { } pictures) Take(reading, file, pictures, card);
    }

    private static IEnumerable<string> Tables(DatasetTree tree) =>
        tree.Files.Where(file => file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase));

    private static bool HasPictures(string path)
    {
        try
        {
            return ParquetPictures.In(path) is not null;
        }
        catch (UserErrorException)
        {
            return false;
        }
    }

    // A picture a row, the other columns of the row say what it is.
    private static void Take(DatasetReading reading, string table, ParquetPictures pictures, HuggingFaceCard? card)
    {
        var labels = card?.Labels is { Count: > 0 } named ? named : pictures.Labels;
        var (fields, all) = (Rows(reading, table).ToArray(), 0);
        for (var group = 0; group < pictures.Groups.Count; group++)
        {
            for (var row = 0; row < pictures.Groups[group]; row++, all++)
            {
                var name = (pictures.Names[all] ?? "").Replace('\\', '/').TrimStart('.', '/');
                var file = string.Create(CultureInfo.InvariantCulture, $"{table}/{all:D6}{(name.Length > 0 ? "/" : "")}{name}");
                var said = new SaidFields(all < fields.Length ? fields[all] : []) { LabelNames = labels };
                Take(reading, file, said, LabelIn(file), card, new ParquetMember(pictures, group, row));
            }
        }
    }

    private static IEnumerable<string> MetadataOf(DatasetTree tree) => Lists.SelectMany(tree.Called);

    private static Label? LabelIn(string file) => file.Split('/')[..^1].Reverse().Select(DatasetWords.LabelOf).FirstOrDefault(label =>
        label is not null);

    private static bool ByFolders(string[] media) => media.All(file => LabelIn(file) is not null)
        && media.Select(file => file.Count(c => c == '/')).Distinct().Count() == 1
        && media.Select(file => file.Split('/')[^2]).Distinct().Count() > 1;

    private static IEnumerable<Dictionary<string, string>> Rows(DatasetReading reading, string list)
    {
        if (list.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            foreach (var line in reading.Lines(list))
                if (Json(line) is { } fields) yield return fields;
                else reading.Reject(list, null, $"the line '{line[..Math.Min(40, line.Length)]}' is no JSON object", "Correct the line.");
            yield break;
        }

        var rows = list.EndsWith(".csv", StringComparison.Ordinal) ? reading.Rows(list) : reading.Parquet(list);
        foreach (var row in rows.Skip(1))
        {
            var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (column, cell) in rows[0].Zip(row)) fields.TryAdd(column.Trim(), cell);
            yield return fields;
        }
    }

    private static Dictionary<string, string>? Json(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? SaidFields.OfJson(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Row(DatasetReading reading, string list, SaidFields fields, HuggingFaceCard? card)
    {
        if (fields.Of(TableColumn.FileName.Read) is not { } name)
        {
            reading.Reject(list, null, $"a row has no {TableColumn.FileName.Name}", "Correct the row or remove it.");
            return;
        }

        // Names are relative to the list's own folder.
        var file = list[..(list.LastIndexOf('/') + 1)] + name.Replace('\\', '/').TrimStart('.', '/');
        if (!reading.Tree.Has(file)) reading.Missing(file, list);
        else Take(reading, file, fields, null, card);
    }

    private static void Take(DatasetReading reading, string file, SaidFields fields, Label? label, HuggingFaceCard? card,
        ParquetMember? member = null)
    {
        var input = reading.Input(file, Path.ChangeExtension(file, null).Replace('/', '-'));
        if (member is not null) input = input with { FullPath = member.Pictures.Path, Member = member };
        if (card?.Licence is { } licence) input = input with { Licence = licence };
        var (said, fault) = fields.In(input, label, card?.PartOf(file) ?? reading.Tree.PartOf(file));
        if (said is null) reading.Reject(file, null, fault!, "Say real or fake in a column 'label', or put it into a folder of that name.");
        else reading.Add(said);
    }
}
