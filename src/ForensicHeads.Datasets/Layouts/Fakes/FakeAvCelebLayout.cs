using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Fakes;

/// <summary>FakeAVCeleb. Its column <c>source</c> is the person of the video, who is called the target here; its <c>target1</c> and
/// <c>target2</c> are those put in.</summary>
public sealed partial class FakeAvCelebLayout() : PublishedLayout("fakeavceleb", "FakeAVCeleb",
    "FakeVideo-FakeAudio/African/men/id00076/00109_10_id00476_wavtolip.mp4, meta_data.csv", "FakeAVCeleb terms: research only")
{
    private const string ListName = "meta_data.csv";
    private static readonly (string Kind, int Count)[] Counts =
        [("RealVideo-RealAudio", 500), ("RealVideo-FakeAudio", 500), ("FakeVideo-RealAudio", 9709), ("FakeVideo-FakeAudio", 10835)];

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Files.FirstOrDefault(file => Place().IsMatch(tree.Above + file));
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var places = reading.Tree.Files.Select(file => (File: file, Match: Place().Match(reading.Tree.Above + file)))
            .Where(one => one.Match.Success).ToDictionary(one => one.File, one => one.Match);
        var said = Listed(reading, [.. places.Values.Select(Key)]);
        var reals = places.Where(one => one.Value.Groups["kind"].Value.Equals(Counts[0].Kind, StringComparison.OrdinalIgnoreCase))
            .GroupBy(one => Key(one.Value)).ToDictionary(same => same.Key, same => same.First().Key);
        foreach (var (file, match) in places) reading.Add(Said(reading, file, match, said.GetValueOrDefault(Key(match)), reals));
        foreach (var (kind, count) in Counts) reading.Expect($"{kind} videos", count, places.Values.Count(match =>
            match.Groups["kind"].Value.Equals(kind, StringComparison.OrdinalIgnoreCase)));
        if (said.Count > 0) reading.Note($"videos are in no row of {ListName}", places.Where(one => !said.ContainsKey(Key(one.Value)))
            .Select(one => one.Key));
    }

    private static IngestInput Said(DatasetReading reading, string file, Match match, Row? row, Dictionary<string, string> reals)
    {
        var (kind, person, name) = (match.Groups["kind"].Value, match.Groups["id"].Value, match.Groups["name"].Value);
        var clip = name.Split('_')[0];
        var input = reading.Input(file, person) with
        {
            Group = $"fakeavceleb {person}/{clip}",
            Sound = kind.EndsWith("RealAudio", StringComparison.OrdinalIgnoreCase) ? Label.Real : Label.Generated,
        };
        // What is seen decides: a video whose sound alone is fake shows real frames.
        if (!kind.StartsWith("Fake", StringComparison.OrdinalIgnoreCase)) return input;
        string[] put = [.. PersonName().Matches(name).Select(id => id.Value)
            .Concat([row?.Target1, row?.Target2]).OfType<string>().Where(id => PersonName().IsMatch(id) && id != person).Distinct()];
        var method = row?.Method ?? (name.EndsWith("wavtolip", StringComparison.OrdinalIgnoreCase) ? "wav2lip" : null);
        var moves = method is null || FakePair.Moves(method);
        var original = reals.GetValueOrDefault(Key(match, Counts[0].Kind, clip));
        // After a swap the first one put in is seen, and the video drives; where the lips are moved, whoever speaks drives.
        return new FakePair(person, put.FirstOrDefault(), clip).In(input, method, moves, moves ? null : original);
    }

    // Ten columns; the last has no name, holds the folder, and is found by that.
    private static Dictionary<string, Row> Listed(DatasetReading reading, HashSet<string> here)
    {
        var said = new Dictionary<string, Row>(StringComparer.Ordinal);
        if (reading.Tree.Called(ListName).FirstOrDefault() is not { } list)
        {
            reading.Note($"There is no {ListName}, so the methods are not known but from names.");
            return said;
        }

        var (rows, twice, missing) = (reading.Rows(list), new List<string>(), new List<string>());
        if (rows.Count == 0) return said;
        var header = rows[0].Select(cell => cell.Trim().ToLowerInvariant()).ToArray();
        foreach (var row in rows.Skip(1))
        {
            if (row.FirstOrDefault(cell => Folder().IsMatch(cell)) is not { } folder || Cell(row, "path") is not { } name
                || Place().Match($"{folder.Trim().TrimEnd('/')}/{name}") is not { Success: true } match)
            {
                reading.Reject(list, null, $"the line '{string.Join(',', row)}' is not understood", "It should name a folder and a file.");
                continue;
            }

            var one = new Row(Cell(row, "method"), Cell(row, "target1"), Cell(row, "target2"));
            if (!said.TryAdd(Key(match), one) && said[Key(match)].Method != one.Method) twice.Add($"{folder}/{name}");
            if (!here.Contains(Key(match))) missing.Add($"{folder}/{name}");
        }

        foreach (var file in missing.Distinct()) reading.Missing(file, list);
        reading.Note($"files are listed twice in {list}, by different methods; the first row counts", twice);
        return said;

        string? Cell(string[] row, string column) => Array.IndexOf(header, column) is var at and >= 0 && at < row.Length
            && row[at].Trim() is { Length: > 0 } cell && cell != "-" ? cell : null;
    }

    private static string Key(Match match) => Key(match, match.Groups["kind"].Value, match.Groups["name"].Value);

    // Some copies write Asian_East for Asian (East).
    private static string Key(Match match, string kind, string name) => string.Join('/', kind,
        string.Concat(match.Groups["race"].Value.Where(char.IsLetter)), match.Groups["gender"].Value, match.Groups["id"].Value, name)
        .ToLowerInvariant();

    private sealed record Row(string? Method, string? Target1, string? Target2);

    [GeneratedRegex(@"(?:^|/)(?<kind>(?:Real|Fake)Video-(?:Real|Fake)Audio)/(?<race>[^/]+)/(?<gender>men|women)/(?<id>id\d{5})/"
        + @"(?<name>[^/]+)\.mp4$", RegexOptions.IgnoreCase)]
    private static partial Regex Place();

    [GeneratedRegex(@"(?:Real|Fake)Video-(?:Real|Fake)Audio/", RegexOptions.IgnoreCase)]
    private static partial Regex Folder();

    [GeneratedRegex(@"id\d{5}")]
    private static partial Regex PersonName();
}
