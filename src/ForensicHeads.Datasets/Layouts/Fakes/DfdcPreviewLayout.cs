using System.Text.Json;
using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Fakes;

/// <summary>The DFDC preview, whose <c>dataset.json</c> names the person of the video and the one put in.</summary>
public sealed partial class DfdcPreviewLayout() : PublishedLayout("dfdc-preview", "DFDC preview",
    "dataset.json, original_videos/643710/643710_C_001.mp4, method_A/…/2224339_1015118_A_001.mp4",
        "DFDC terms: agreement, no redistribution")
{
    private const string ListName = "dataset.json";

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Called(ListName).FirstOrDefault(file => Entry().IsMatch(tree.Head(file)));
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        foreach (var list in reading.Tree.Called(ListName).ToArray())
        {
            var folder = list[..^ListName.Length];
            if (reading.Json(list) is not { ValueKind: JsonValueKind.Object } json) continue;
            var originals = reading.Tree.Media.Where(file => file.StartsWith(folder + "original_videos/", StringComparison.Ordinal))
                .GroupBy(file => Path.GetFileNameWithoutExtension(file)).ToDictionary(same => same.Key, same => same.First());
            foreach (var entry in json.EnumerateObject()) Take(reading, list, folder + entry.Name.TrimStart('.', '/'), entry.Value,
                originals);
        }

        reading.Expect("real videos", 1131, reading.Inputs.Count(input => input.Origin.IsReal));
        reading.Expect("fake videos", 4119, reading.Inputs.Count(input => !input.Origin.IsReal));
    }

    private static void Take(DatasetReading reading, string list, string file, JsonElement value, Dictionary<string, string> originals)
    {
        if (!reading.Tree.Has(file))
        {
            reading.Missing(file, list);
            return;
        }

        if (DatasetWords.LabelOf(Text(value, "label")) is not { } label)
        {
            reading.Reject(file, null, $"{list} gives it no label real or fake", "Correct the list, or leave the file out.");
            return;
        }

        var name = Path.GetFileNameWithoutExtension(file);
        var parts = name.Split('_');
        // A fake is called as its original, with the person put in before.
        var clip = label == Label.Real ? name : string.Join('_', parts.Skip(1));
        var target = Text(value, "target_id") ?? (label == Label.Real ? parts[0] : parts.ElementAtOrDefault(1) ?? parts[0]);
        var input = reading.Input(file, target) with { Group = "dfdc-preview " + clip, OfficialSplit = Text(value, "set") };
        if (label == Label.Real) reading.Add(input);
        else reading.Add(new FakePair(target, Text(value, "swapped_id") ?? parts[0], clip).In(input, Method().Match(file) is
        { Success: true } method ? method.Value : null, moves: false, originals.GetValueOrDefault(clip)));
    }

    // Identifiers may be numbers.
    private static string? Text(JsonElement value, string name) =>
        value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out var said) ? null : said.ValueKind switch
        {
            JsonValueKind.String => said.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number => said.GetRawText(),
            _ => null,
        };

    [GeneratedRegex(@"^\s*\{\s*""[^""]*(?:original_videos|method_)[^""]*""\s*:\s*\{")]
    private static partial Regex Entry();

    [GeneratedRegex(@"method_[^/]+")]
    private static partial Regex Method();
}
