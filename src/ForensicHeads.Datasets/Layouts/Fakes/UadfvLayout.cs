using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Fakes;

/// <summary>UADFV: 49 videos and a fake of each.</summary>
public sealed partial class UadfvLayout() : PublishedLayout("uadfv", "UADFV", "real/0000.mp4, fake/0000_fake.mp4", "UADFV terms: agreement")
{
    private const int Each = 49;

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Files.FirstOrDefault(file => Place().Match(tree.Above + file) is { Success: true } match
            && match.Groups["fake"].Success);
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var places = reading.Tree.Files.Select(file => (File: file, Match: Place().Match(reading.Tree.Above + file)))
            .Where(one => one.Match.Success).ToArray();
        var reals = places.Where(one => !one.Match.Groups["fake"].Success)
            .GroupBy(one => one.Match.Groups["id"].Value).ToDictionary(same => same.Key, same => same.First().File);
        foreach (var (file, match) in places)
        {
            var id = match.Groups["id"].Value;
            var input = reading.Input(file, id) with { Group = "uadfv " + id };
            // Whose face was put in, nobody says.
            reading.Add(!match.Groups["fake"].Success ? input
                : new FakePair(id, null, id).In(input, null, moves: false, reals.GetValueOrDefault(id)));
        }

        reading.Expect("real videos", Each, reals.Count);
        reading.Expect("fake videos", Each, places.Count(one => one.Match.Groups["fake"].Success));
        reading.Note("fakes have no original here", places.Where(one => one.Match.Groups["fake"].Success
            && !reals.ContainsKey(one.Match.Groups["id"].Value)).Select(one => one.File));
    }

    [GeneratedRegex(@"(?:^|/)(?:real/(?<id>\d{4})|fake/(?<id>\d{4})(?<fake>_fake))\.(?:mp4|avi|mov|mkv)$", RegexOptions.IgnoreCase)]
    private static partial Regex Place();
}
