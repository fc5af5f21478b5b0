using System.Text.Json;
using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Fakes;

/// <summary>The full DFDC. Nobody says who its actors are: a fake and its original are one person, called as the original.</summary>
public sealed partial class DfdcLayout() : PublishedLayout("dfdc", "DFDC",
    "dfdc_train_part_00/metadata.json beside <10 letters>.mp4, test/labels.csv", "DFDC terms: agreement, no redistribution")
{
    private const string Metadata = "metadata.json";
    private const string Labels = "labels.csv";
    private const int TrainReals = 23_654;
    private const int TrainFakes = 104_500;

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Called(Metadata).FirstOrDefault(file => Entry().IsMatch(tree.Head(file)))
            ?? tree.Called(Labels).FirstOrDefault(file => LabelRow().IsMatch(tree.Head(file)));
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var counted = new List<Label>();
        foreach (var list in reading.Tree.Called(Labels).Where(file => LabelRow().IsMatch(reading.Tree.Head(file)))) OfLabels(reading,
            list);
        foreach (var list in reading.Tree.Called(Metadata).ToArray())
        {
            // The keys of the test set's own file are not known; its labels.csv says all.
            if (reading.Tree.Has(Folder(list) + Labels)) reading.Leave(list, $"not read beside a {Labels}");
            else if (reading.Json(list) is { ValueKind: JsonValueKind.Object } json) OfMetadata(reading, list, json, counted);
        }

        if (counted.Count == 0) return;
        reading.Expect("real training videos", TrainReals, counted.Count(label => label == Label.Real));
        reading.Expect("fake training videos", TrainFakes, counted.Count(label => label == Label.Generated));
        reading.Note("No list tells who is seen, and some fakes may be so in their sound alone; a person is an original and its fakes.");
    }

    private static void OfMetadata(DatasetReading reading, string list, JsonElement json, List<Label> counted)
    {
        var (folder, orphans) = (Folder(list), new List<string>());
        var part = Part().Match(reading.Tree.Above + list) is { Success: true } match ? match.Value : folder.TrimEnd('/');
        foreach (var entry in json.EnumerateObject())
        {
            var file = folder + entry.Name;
            if (LabelOf(entry.Value) is not { } label)
            {
                reading.Reject(file, null, $"{list} gives it no label REAL or FAKE", "Correct the list, or leave the file out.");
                continue;
            }

            if (!reading.Tree.Has(file))
            {
                reading.Missing(file, list);
                continue;
            }

            counted.Add(label);
            var original = Text(entry.Value, "original");
            if (label == Label.Generated && original is null) orphans.Add(file);
            var clip = Path.GetFileNameWithoutExtension(label == Label.Generated && original is not null ? original : entry.Name);
            var input = reading.Input(file, clip) with
            {
                Group = $"dfdc {part} {clip}",
                OfficialSplit = Text(entry.Value, "split")
                ?? "train"
            };
            reading.Add(label == Label.Real ? input : input with
            {
                Origin = new FrameOrigin { Label = Label.Generated },
                Target = original is null ? null : clip,
                Driver = original is not null && reading.Tree.Has(folder + original) ? folder + original : null,
            });
        }

        reading.Note($"fakes of {list} name no original, so each counts as a person of its own", orphans);
        Unlisted(reading, folder, list);
    }

    private static void OfLabels(DatasetReading reading, string list)
    {
        var folder = Folder(list);
        var part = reading.Tree.PartOf(list) ?? "test";
        foreach (var row in reading.Rows(list).Skip(1))
        {
            // Here 1 is fake.
            if (row is not [var name, "0" or "1", ..])
            {
                reading.Reject(list, null, $"the line '{string.Join(',', row)}' is not understood", "It should be a file name and 0 or 1.");
                continue;
            }

            if (!reading.Tree.Has(folder + name))
            {
                reading.Missing(folder + name, list);
                continue;
            }

            var clip = Path.GetFileNameWithoutExtension(name);
            reading.Add(reading.Input(folder + name, clip) with
            {
                Group = $"dfdc {part} {clip}",
                OfficialSplit = part,
                Origin = row[1] == "1" ? new FrameOrigin { Label = Label.Generated } : FrameOrigin.Real,
            });
        }

        Unlisted(reading, folder, list);
    }

    private static void Unlisted(DatasetReading reading, string folder, string list)
    {
        foreach (var file in reading.Tree.Media.Where(file => Folder(file) == folder && !reading.Knows(file)))
            reading.Leave(file, $"not understood: {Path.GetFileName(list)} does not name it");
    }

    private static Label? LabelOf(JsonElement value) => Text(value, "label")?.ToUpperInvariant() switch
    {
        "REAL" => Label.Real,
        "FAKE" => Label.Generated,
        _ => null,
    };

    private static string? Text(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } said
            ? said : null;

    private static string Folder(string file) => file[..(file.LastIndexOf('/') + 1)];

    [GeneratedRegex(@"^\s*\{\s*""[^""/]+\.mp4""\s*:\s*\{[^}]*""label""\s*:\s*""(?:REAL|FAKE)""")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^\uFEFF?filename,label\s+[a-z]{10}\.mp4,[01]", RegexOptions.IgnoreCase)]
    private static partial Regex LabelRow();

    [GeneratedRegex(@"dfdc_train_part_\d+")]
    private static partial Regex Part();
}
