using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Fakes;

/// <summary>DeeperForensics-1.0: actors put into clips of FaceForensics++. The actors' own videos are not the real class of the
/// fakes.</summary>
public sealed partial class DeeperForensicsLayout() : PublishedLayout("deeperforensics", "DeeperForensics-1.0",
    "source_videos/M004/…/M004_….mp4, manipulated_videos/end_to_end/000_M101.mp4, lists/splits/train.txt",
    "DeeperForensics terms: agreement, no redistribution")
{
    private static readonly (string List, int Count)[] Lists = [("train", 703), ("val", 96), ("test", 201)];

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Files.FirstOrDefault(file => Place(tree, file) is { Success: true } match
            && (match.Groups["fake"].Success || match.Groups["actor"].Success));
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var parts = Parts(reading);
        var (names, sources) = (new HashSet<string>(StringComparer.Ordinal), 0);
        foreach (var file in reading.Tree.Media)
        {
            var match = Place(reading.Tree, file);
            if (!match.Success) continue;
            if (match.Groups["actor"].Success)
            {
                sources++;
                reading.Add(reading.Input(file, match.Groups["actor"].Value) with
                {
                    Group = "deeperforensics " + Path.GetFileNameWithoutExtension(file),
                    Collection = $"{Title} source videos",
                });
                continue;
            }

            var (target, source) = (match.Groups["target"].Value, match.Groups["source"].Value);
            names.Add($"{target}_{source}");
            reading.Add(new FakePair(target, source, target).In(reading.Input(file, source), match.Groups["fake"].Value, moves: false,
                null) with
            {
                Group = FfppClips.Group(target),
                OfficialSplit = parts.GetValueOrDefault($"{target}_{source}"),
            });
        }

        if (sources > 0) reading.Note("The source videos are not the real class of the fakes: those are clips of FaceForensics++ (c23) "
            + "with the same numbers, which also means that training on these fakes spoils tests on FaceForensics++.");
        foreach (var file in reading.Tree.Files.Where(file => file.Contains("lists/", StringComparison.Ordinal)
            && file.EndsWith(".txt", StringComparison.Ordinal))) reading.Used(file);
        Count(reading, parts, names, sources);
    }

    private static Dictionary<string, string> Parts(DatasetReading reading)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (part, count) in Lists)
        {
            var list = reading.Tree.Called($"splits/{part}.txt").FirstOrDefault();
            if (list is null) continue;
            var lines = reading.Lines(list).Select(line => Path.GetFileNameWithoutExtension(line)).ToArray();
            string[] unknown = [.. lines.Where(line => !VideoName().IsMatch(line))];
            if (unknown.Length > 0) reading.Reject(list, null, $"it names {unknown.Length} videos that DeeperForensics does not have: "
                + string.Join(", ", unknown.Take(3)), "Take the official list.");
            foreach (var line in lines.Except(unknown)) parts.TryAdd(line, part);
            reading.Expect($"videos named in {list}", count, lines.Length - unknown.Length);
        }

        if (parts.Count == 0) reading.Note("There is no lists/splits/train.txt, so the official split is not known.");
        return parts;
    }

    private static void Count(DatasetReading reading, Dictionary<string, string> parts, HashSet<string> names, int sources)
    {
        reading.Expect("source videos", 48_475, sources);
        foreach (var variant in reading.Inputs.Where(input => !input.Origin.IsReal).CountBy(input => input.Origin.Generator!))
            reading.Expect($"{variant.Key} videos", 1000, variant.Value);
        if (parts.Count == 0) return;
        reading.Note("fakes are in no list of the official split", names.Where(name => !parts.ContainsKey(name)));
        reading.Note("names of the official split have no video here", parts.Keys.Where(name => !names.Contains(name)));
    }

    private static Match Place(DatasetTree tree, string file) => Place().Match(tree.Above + file);

    [GeneratedRegex(@"(?:^|/)(?:source_videos/(?:[^/]+/)*(?<actor>[MW]\d{3})_[^/]+|manipulated_videos/(?<fake>[^/]+)/(?<target>\d{3})_"
        + @"(?<source>[MW]\d{3}))\.(?:mp4|avi|mov|mkv)$", RegexOptions.IgnoreCase)]
    private static partial Regex Place();

    [GeneratedRegex(@"^\d{3}_[MW]\d{3}$")]
    private static partial Regex VideoName();
}
