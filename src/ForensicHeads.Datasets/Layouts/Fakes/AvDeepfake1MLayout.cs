using System.Text.Json;
using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Fakes;

/// <summary>AV-Deepfake1M and its successor ++. Only short pieces of a video are fake, so the labels of frames come from its
/// lists.</summary>
public sealed partial class AvDeepfake1MLayout() : PublishedLayout("av-deepfake1m", "AV-Deepfake1M",
    "train/id00012/21Uxsk56VDQ/00001/fake_video_real_audio.mp4, train_metadata.json", "AV-Deepfake1M terms: research only")
{
    private static readonly string[] Kinds =
        [DatasetWords.Real, "fake_video_fake_audio", "fake_video_real_audio", "real_video_fake_audio"];

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Files.FirstOrDefault(file => Place().Match(tree.Above + file) is { Success: true } match
            && (Kinds.Contains(match.Groups["name"].Value) || match.Groups["corpus"].Success));
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var said = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (var part in new[] { "train", "val" })
            if (reading.Tree.Called($"{part}_metadata.json").FirstOrDefault() is { } list) Listed(reading, list, part, said);
        var (unlabelled, whole) = (new List<string>(), new List<string>());
        foreach (var file in reading.Tree.Files)
        {
            if (Place().Match(reading.Tree.Above + file) is not { Success: true } match) continue;
            var (part, path, name) = (match.Groups["part"].Value, match.Groups["path"].Value, match.Groups["name"].Value);
            var key = $"{part}/{path}/{name}";
            var entry = said.GetValueOrDefault(key) ?? Beside(reading, file, match);
            var input = reading.Input(file, Person(match)) with { OfficialSplit = part, Group = Group(match, path) };
            if (match.Groups["corpus"].Success) input = input with { Collection = "AV-Deepfake1M++" };
            if (entry is null && part.StartsWith("test", StringComparison.Ordinal)) reading.Leave(file,
                "of the test part, whose labels are not public");
            else if (entry is null && name is not (DatasetWords.Real or "real_video_fake_audio"))
                reading.Reject(file, input.Identity, "no list says which of its seconds are fake",
                    "Add train_metadata.json or val_metadata.json.");
            else reading.Add(Labelled(reading, file, input, entry ?? new Entry([], name == DatasetWords.Real ? [] : null, null, null),
                whole));
        }

        foreach (var file in reading.Tree.Media.Where(file => TestPart().IsMatch(reading.Tree.Above + file)))
            reading.Leave(file, "of the test part, whose labels are not public");
        foreach (var key in said.Keys.Where(key => said[key].List is not null && !said[key].Seen))
            reading.Missing(key + ".mp4", said[key].List!);
        reading.Note("files are said to be altered, with no seconds given; all of their frames count as fake", whole);
    }

    private static IngestInput Labelled(DatasetReading reading, string file, IngestInput input, Entry entry,
        List<string> whole)
    {
        entry.Seen = true;
        input = input with { Sound = entry.Audio is null or { Count: > 0 } ? Label.Generated : Label.Real };
        if (entry.Visual is { Count: 0 }) return input;
        if (entry.Visual is null) whole.Add(file);
        var original = entry.Original is { } name ? file[..(file.LastIndexOf('/') + 1)] + Path.GetFileName(name) : null;
        return input with
        {
            Origin = new FrameOrigin { Label = Label.Generated, Generator = entry.Model },
            FakeSeconds = entry.Visual,
            Target = input.Identity,
            Driver = original is not null && reading.Tree.Has(original) ? original : null,
        };
    }

    private static void Listed(DatasetReading reading, string list, string part, Dictionary<string, Entry> said)
    {
        if (reading.Json(list) is not { ValueKind: JsonValueKind.Array } json) return;
        foreach (var one in json.EnumerateArray())
        {
            if (Text(one, "file") is not { } file) continue;
            var plain = file.Replace('\\', '/').TrimStart('.', '/');
            // The list of a part names files below it, with its folder or without.
            if (!plain.StartsWith(part + "/", StringComparison.Ordinal)) plain = $"{Text(one, "split") ?? part}/{plain}";
            said[plain[..^Path.GetExtension(plain).Length]] = Read(one) with { List = list };
        }
    }

    // The ++ release and train_metadata/ say it file by file.
    private static Entry? Beside(DatasetReading reading, string file, Match match)
    {
        var beside = Path.ChangeExtension(file, "json").Replace('\\', '/');
        var below = $"{match.Groups["part"].Value}_metadata/{match.Groups["path"].Value}/{match.Groups["name"].Value}.json";
        var there = reading.Tree.Has(beside) ? beside : reading.Tree.Has(below) ? below : null;
        return there is not null && reading.Json(there) is { ValueKind: JsonValueKind.Object } json ? Read(json) : null;
    }

    private static Entry Read(JsonElement one)
    {
        // Some loaders write a hyphen here.
        var kind = Text(one, "modify_type")?.Replace('-', '_');
        var all = Seconds(one, "fake_segments");
        return new Entry(
            Seconds(one, "visual_fake_segments") ?? (kind is DatasetWords.Real or "audio_modified" || all is { Count: 0 } ? [] : all),
            Seconds(one, "audio_fake_segments") ?? (kind is DatasetWords.Real or "visual_modified" || all is { Count: 0 } ? [] : all),
            Text(one, "video_model"), Text(one, "original"));
    }

    private static IReadOnlyList<(double From, double To)>? Seconds(JsonElement one, string name) =>
        one.ValueKind != JsonValueKind.Object || !one.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array ? null
        : [.. list.EnumerateArray().Where(pair => pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2
            && pair.EnumerateArray().All(time => time.ValueKind == JsonValueKind.Number)).Select(pair =>
                (pair[0].GetDouble(), pair[1].GetDouble()))];

    private static string? Text(JsonElement one, string name) => one.ValueKind == JsonValueKind.Object
        && one.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } said
            ? said : null;

    private static string Person(Match match) => match.Groups["path"].Value.Split('/')[match.Groups["corpus"].Success ? 1 : 0];

    private static string Group(Match match, string path)
    {
        var parts = path.Split('/').Skip(match.Groups["corpus"].Success ? 1 : 0).ToArray();
        return parts.Length >= 2 && VoxPerson().IsMatch(parts[0]) ? "youtube " + parts[1] : "av-deepfake1m " + path;
    }

    private sealed record Entry(IReadOnlyList<(double From, double To)>? Visual, IReadOnlyList<(double From, double To)>? Audio,
        string? Model,
        string? Original)
    {
        public string? List { get; init; }

        public bool Seen { get; set; }
    }

    [GeneratedRegex(@"(?:^|/)(?<part>train|val|test|testA|testB)/(?<path>(?:(?<corpus>vox_celeb_2|lrs3|silent_videos)/)?[^/]+"
        + @"(?:/[^/]+){1,3})/(?<name>[^/]+)\.mp4$")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?:^|/)test[AB]?/")]
    private static partial Regex TestPart();

    [GeneratedRegex(@"^id\d{5}$")]
    private static partial Regex VoxPerson();
}
