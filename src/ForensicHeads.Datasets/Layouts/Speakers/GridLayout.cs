using System.Globalization;
using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Speakers;

/// <summary>GRID: 34 talkers, a thousand sentences each, whose six words stand in the name.</summary>
public sealed partial class GridLayout() : PublishedLayout("grid", "GRID", "s1/bbaf2n.mpg, align/s1/bbaf2n.align",
    "GRID: free for research")
{
    private const int EachTalker = 1000;

    // Zenodo's folders of alignments: whose sentences they really hold.
    private static readonly Dictionary<int, int> Alignments = new()
    {
        [5] = 6,
        [6] = 5,
        [10] = 13,
        [11] = 10,
        [12] = 11,
        [13] = 12,
        [14] = 15,
        [15] = 14,
        [18] = 19,
        [19] = 18,
        [20] = 21,
        [22] = 23,
        [23] = 22,
        [26] = 27,
        [27] = 26,
        [28] = 29,
        [29] = 28,
        [32] = 33,
        [33] = 32,
    };

    /// <summary>The talker of a folder of alignments as Zenodo has them, some of which are named after another talker.</summary>
    public static string AlignmentTalker(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return int.TryParse(folder.TrimStart('s'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Alignments.TryGetValue(number, out var talker) ? $"s{talker}" : folder;
    }

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Media.FirstOrDefault(file => Sentence().IsMatch(tree.Above + file));
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var moved = new SortedSet<string>(StringComparer.Ordinal);
        var found = reading.Tree.Files.Select(file => (File: file, Match: Sentence().Match(reading.Tree.Above + file)))
            .Where(one => one.Match.Success).ToArray();
        var films = found.Where(one => !one.Match.Groups["frame"].Success && MediaFolder.IsNamedLikeMedia(one.File)).Select(one =>
            Stem(one.Match))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (file, match) in found)
        {
            var talker = match.Groups["talker"].Value;
            if (file.EndsWith(".align", StringComparison.OrdinalIgnoreCase))
            {
                reading.Leave(file, "an alignment");
                if (AlignmentTalker(talker) is { } other && other != talker) moved.Add($"{talker} holds {other}");
            }
            else if (MediaFolder.IsNamedLikeMedia(file))
            {
                if (match.Groups["frame"].Success && films.Contains(Stem(match))) reading.Leave(file,
                    "a frame of a video that is here, too");
                else reading.Add(reading.Input(file, talker) with
                {
                    Group = "grid " + Stem(match),
                    Frame = match.Groups["frame"].Success ? new ClipFrame(file[..file.LastIndexOf('/')],
                        int.Parse(match.Groups["frame"].Value, CultureInfo.InvariantCulture)) : null,
                });
            }
        }

        reading.Note("folders of alignments are named after another talker in Zenodo's copy", moved);
        foreach (var talker in reading.Inputs.GroupBy(input => input.Identity)
            .OrderBy(talker => int.Parse(talker.Key[1..], CultureInfo.InvariantCulture)))
            reading.Expect($"sentences of {talker.Key}", EachTalker, talker.Select(input => input.Group).Distinct().Count());
    }

    private static string Stem(Match match) => $"{match.Groups["talker"].Value}/{match.Groups["words"].Value}";

    // Command, colour, preposition, letter, digit, adverb.
    [GeneratedRegex(@"(?:^|/)(?<talker>s\d{1,2})/(?:[^/]+/)*(?<words>[blps][bgrw][abiw][a-z][0-9z][anps])(?:/[^/]*?(?<frame>\d+))?\.\w+$")]
    private static partial Regex Sentence();
}
