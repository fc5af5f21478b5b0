using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Fakes;

/// <summary>What FaceForensics++ says of its thousand clips: which part each is in, and which video it was cut from.</summary>
internal sealed partial class FfppClips
{
    /// <summary>Clips cut from one YouTube video that the official split parts.</summary>
    private static readonly string[][] Shared =
        [["605", "606"], ["639", "640"], ["755", "756"], ["837", "838"], ["875", "876"], ["954", "955"], ["982", "983"]];

    private static readonly (string File, int Clips)[] Lists = [("train.json", 720), ("val.json", 140), ("test.json", 140)];

    private readonly Dictionary<string, string> parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> videos = new(StringComparer.Ordinal);

    private FfppClips()
    {
    }

    /// <summary>The sizes of the lists that were found, by part.</summary>
    public IReadOnlyDictionary<string, int> PartSizes => parts.Values.CountBy(part => part).ToDictionary();

    /// <summary>Whether a file is one of the lists of pairs.</summary>
    public static bool IsPairs(string head) => Pairs().IsMatch(head);

    /// <summary>Reads the lists of a tree.</summary>
    public static FfppClips Of(DatasetReading reading)
    {
        var clips = new FfppClips();
        foreach (var (list, count) in Lists)
        {
            var file = reading.Tree.Called(list).FirstOrDefault(file => IsPairs(reading.Tree.Head(file, 256)));
            if (file is not null && reading.Json(file) is { } json) clips.Take(reading, file, list[..^5], count, json);
        }

        if (reading.Tree.Called("conversion_dict.json").FirstOrDefault() is { } dictionary && reading.Json(dictionary) is
            { ValueKind: JsonValueKind.Object } names)
        {
            // A YouTube id may begin with a dash; the number of the part follows the last blank.
            foreach (var name in names.EnumerateObject().Where(name => name.Value.ValueKind == JsonValueKind.String))
                clips.videos[name.Name] = name.Value.GetString()!.Trim().Split(' ')[0];
        }

        return clips;
    }

    /// <summary>The part of a clip, in the list's word; null when no list names it.</summary>
    public string? PartOf(string clip) => parts.GetValueOrDefault(clip);

    /// <summary>What the clips of one YouTube video have in common.</summary>
    public string GroupOf(string clip) => videos.TryGetValue(clip, out var video) ? "youtube " + video : Group(clip);

    /// <summary>The same where no list says from which videos the clips were cut.</summary>
    public static string Group(string clip) => "ff++ " + (Array.Find(Shared, same => same.Contains(clip))?[0] ?? clip);

    private void Take(DatasetReading reading, string file, string part, int count, JsonElement json)
    {
        var ids = (json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : default)
            .SelectMany(pair => pair.ValueKind == JsonValueKind.Array ? pair.EnumerateArray().ToArray() : [pair])
            .Select(id => id.ValueKind == JsonValueKind.String ? id.GetString()! : id.GetRawText()).ToArray();
        string[] unknown = [.. ids.Where(id => !IsClip(id))];
        if (unknown.Length > 0) reading.Reject(file, null,
            $"it names {unknown.Length} clip{(unknown.Length == 1 ? "" : "s")} that FaceForensics++ does not have: "
            + string.Join(", ", unknown.Take(3)), "Take the official list.");
        string[] twice = [.. ids.Where(IsClip).Where(id => !parts.TryAdd(id, part) && parts[id] != part)];
        reading.Note($"clips are in {file} and in another part's list, too; the first list counts", twice);
        reading.Expect($"clips named in {file}", count, ids.Where(IsClip).Distinct().Count());
    }

    private static bool IsClip(string id) =>
        id.Length == 3 && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    [GeneratedRegex(@"^\s*\[\s*(\[\s*""[^""]*""\s*,\s*""[^""]*""\s*\]\s*[,\]]|\])")]
    private static partial Regex Pairs();
}
