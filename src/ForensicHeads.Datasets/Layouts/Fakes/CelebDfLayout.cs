using System.Globalization;
using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Fakes;

/// <summary>Celeb-DF v1, v2 and ++. Folders say what is real; the digit of the list only checks it, and 1 is real there.</summary>
public sealed partial class CelebDfLayout() : PublishedLayout("celebdf", "Celeb-DF",
    "Celeb-real/id0_0000.mp4, YouTube-real/00170.mp4, Celeb-synthesis/id0_id16_0000.mp4",
        "Celeb-DF terms: non-commercial, no redistribution")
{
    private const string TestList = "List_of_testing_videos.txt";
    private const int YouTubeOfV1 = 250;
    private const int FakesOfV1 = 795;

    private static readonly Dictionary<string, (string What, int Count)[]> Expected = new(StringComparer.Ordinal)
    {
        ["Celeb-DF-v1"] = [("Celeb-real", 158), ("YouTube-real", 250), ("Celeb-synthesis", 795)],
        ["Celeb-DF-v2"] = [("Celeb-real", 590), ("YouTube-real", 300), ("Celeb-synthesis", 5639)],
        ["Celeb-DF++"] = [("Celeb-real", 590), ("YouTube-real", 300)],
    };

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var isListed = tree.Called(TestList).Any();
        return tree.Files.FirstOrDefault(file => Place().Match(tree.Above + file) is { Success: true } match
            && (match.Groups["top"].Value.StartsWith("celeb", StringComparison.OrdinalIgnoreCase) || isListed));
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var places = reading.Tree.Files.Where(MediaFolder.IsNamedLikeMedia)
            .Select(file => (File: file, Match: Place().Match(reading.Tree.Above + file))).Where(one => one.Match.Success).ToArray();
        // Each copy has its own list and version: v1 and v2 name other content alike.
        var copies = places.GroupBy(one => one.Match.Groups["root"].Value).ToArray();
        string[] versions = [.. copies.Select(copy =>
        {
            var version = Version(copy.Key, copy.Select(one => one.Match));
            Copy(reading, copies.Length == 1 ? null : copy.Key, version, copy);
            return version;
        }).Distinct()];
        if (versions.Length > 1) reading.Note(
            $"Several versions lie here: {string.Join(" and ", versions)}. Each file says its own in 'collection'.");
        foreach (var list in reading.Tree.Called(TestList).Where(list => !reading.Knows(list))) reading.Leave(list,
            "a list beside no videos");
    }

    private static string Version(string root, IEnumerable<Match> matches)
    {
        var named = VersionName().Matches(root);
        if (named.Count > 0) return named[^1].Groups[1].Value is "1" ? "Celeb-DF-v1" : named[^1].Groups[1].Value is "2" ? "Celeb-DF-v2"
            : "Celeb-DF++";
        var all = matches.ToArray();
        if (all.Any(match => match.Groups["family"].Success)) return "Celeb-DF++";
        var fakes = all.Count(match => IsFake(match.Groups["top"].Value));
        return fakes > FakesOfV1 || all.Any(match => match.Groups["top"].Value.StartsWith("y", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(match.Groups["name"].Value, CultureInfo.InvariantCulture, out var number) && number >= YouTubeOfV1)
            ? "Celeb-DF-v2" : "Celeb-DF";
    }

    private static void Copy(DatasetReading reading, string? root, string version, IEnumerable<(string File, Match Match)> places)
    {
        var files = places.ToDictionary(one => Key(one.Match), one => one.File);
        var test = Listed(reading, root, files, out var listed);
        foreach (var (key, file) in files)
        {
            if (Said(reading, key, file, version, files) is not { } input) continue;
            reading.Add(input with { OfficialSplit = !listed ? null : test.Contains(key) ? "test" : "train" });
        }

        if (version == "Celeb-DF") reading.Note("Whether this is v1 or v2 cannot be told; call the folder Celeb-DF-v1 or -v2.");
        foreach (var (what, count) in Expected.GetValueOrDefault(version, []))
            reading.Expect($"{version} {what} videos", count, files.Keys.Count(key =>
                key.StartsWith(what + "/", StringComparison.OrdinalIgnoreCase)));
        reading.Note($"fakes of {version} are of videos that are not here", files.Where(file => IsFake(file.Key.Split('/')[0])
            && FakePair.OfCelebDf(Stem(file.Key)) is { } pair && !files.ContainsKey($"celeb-real/{pair.Clip}")).Select(file => file.Value));
    }

    private static IngestInput? Said(DatasetReading reading, string key, string file, string version, Dictionary<string, string> files)
    {
        var (parts, name) = (key.Split('/'), Stem(key));
        var input = reading.Input(file, name) with { Collection = version, Group = $"{version} {name}" };
        if (parts[0] == "youtube-real") return Number().IsMatch(name) ? input : null;
        if (!IsFake(parts[0])) return RealName().Match(name) is { Success: true } real ? input with { Identity = real.Groups[1].Value }
            : null;
        // Celeb-DF++ calls the fakes of v2 by that name.
        var method = parts.Length == 4 ? Path.GetFileName(Path.GetDirectoryName(file))! : "Celeb-DF";
        if (TalkingName().Match(name) is { Success: true } talk)
        {
            var clip = $"{talk.Groups[1].Value}_{talk.Groups[2].Value}";
            var voice = VoiceName().Match(talk.Groups[3].Value) is { Success: true } person ? person.Value : talk.Groups[3].Value;
            return new FakePair(talk.Groups[1].Value, voice, clip).In(input, method, moves: true,
                null) with
            { Group = $"{version} {clip}" };
        }

        if (FakePair.OfCelebDf(name) is not { } pair) return null;
        var moves = parts.Length == 4 && parts[1] == "facereenact";
        return pair.In(input, method, moves, moves ? null : files.GetValueOrDefault($"celeb-real/{pair.Clip}")) with
        {
            Group = $"{version} {pair.Clip}",
        };
    }

    // Lines such as "1 YouTube-real/00170.mp4", 1 for real.
    private static HashSet<string> Listed(DatasetReading reading, string? root, Dictionary<string, string> files, out bool listed)
    {
        var test = new HashSet<string>(StringComparer.Ordinal);
        // Of several copies each has the list beside it.
        var list = reading.Tree.Called(TestList).FirstOrDefault(file =>
            root is null || (reading.Tree.Above + file)[..^TestList.Length] == root);
        listed = list is not null;
        if (list is null)
        {
            reading.Note($"There is no {TestList}, so the official split is not known.");
            return test;
        }

        var (lines, against) = (0, new List<string>());
        foreach (var line in reading.Lines(list))
        {
            var at = line.IndexOfAny([' ', '\t', ',']);
            var path = line[(at + 1)..].Trim().Replace('\\', '/');
            if (at < 1 || Place().Match(path) is not { Success: true } place)
            {
                reading.Reject(list, null, $"the line '{line}' is not understood", "It should be such as '1 YouTube-real/00170.mp4'.");
                continue;
            }

            lines++;
            if (line[..at] != (IsFake(place.Groups["top"].Value) ? "0" : "1")) against.Add(path);
            test.Add(Key(place));
            if (!files.ContainsKey(Key(place))) reading.Missing(list[..^TestList.Length] + path, TestList);
        }

        if (against.Count > 0 && against.Count == lines) reading.Note(
            $"{list}: all {lines} digits say the opposite of the folders, so the list is turned round. The folders count.");
        else reading.Note($"digits of {list} contradict the folders (1 is real, 0 is fake); the folders count", against);
        return test;
    }

    private static string Key(Match match) => string.Join('/',
        new[] { match.Groups["top"].Value, match.Groups["family"].Value, match.Groups["method"].Value, match.Groups["name"].Value }
            .Where(part => part.Length > 0)).ToLowerInvariant();

    private static string Stem(string key) => key[(key.LastIndexOf('/') + 1)..];

    private static bool IsFake(string top) => top.EndsWith("synthesis", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?<root>(?:.*/)?)(?<top>Celeb-real|YouTube-real|Celeb-synthesis)/(?:(?<family>[^/]+)/(?<method>[^/]+)/)?"
        + @"(?<name>[^/]+)\.(?:mp4|avi|mov|mkv)$", RegexOptions.IgnoreCase)]
    private static partial Regex Place();

    [GeneratedRegex(@"celeb[-_ ]?df[-_ ]?(?:v?([123])\b|(\+\+|pp\b))", RegexOptions.IgnoreCase)]
    private static partial Regex VersionName();

    [GeneratedRegex(@"^(id\d+)_\d{4,}$")]
    private static partial Regex RealName();

    [GeneratedRegex(@"^(id\d+)_(\d{4,})_test_(.+)$")]
    private static partial Regex TalkingName();

    [GeneratedRegex(@"^id\d{5}")]
    private static partial Regex VoiceName();

    [GeneratedRegex(@"^\d+$")]
    private static partial Regex Number();
}
