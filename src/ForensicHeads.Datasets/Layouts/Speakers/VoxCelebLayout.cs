using System.Globalization;
using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Speakers;

/// <summary>What VoxCeleb1 and VoxCeleb2 have in common: speaker, YouTube video, utterance. The numbers of the speakers tell the two
/// apart.</summary>
/// <param name="version">1 or 2.</param>
/// <param name="tree">What its tree looks like.</param>
public abstract partial class VoxCelebLayout(int version, string tree) : PublishedLayout($"voxceleb{version}", $"VoxCeleb{version}", tree,
    "VoxCeleb metadata CC BY 4.0; the videos belong to their owners")
{
    private const int FirstOfVox1 = 10_001;
    private static readonly string[] Kinds = ["mp4/", "wav/", "aac/", "m4a/", "txt/"];
    private static readonly (string Part, int Speakers, int Utterances)[][] Counts =
        [[("dev", 1211, 148_642), ("test", 40, 4874)], [("dev", 5994, 1_092_009), ("test", 118, 36_273)]];

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Files.FirstOrDefault(file => Utterance().Match(tree.Above + file) is { Success: true } match
            && IsOwn(match.Groups["id"].Value));
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var sets = Sets(reading);
        var found = reading.Tree.Files.Select(file => (File: file, Match: Utterance().Match(reading.Tree.Above + file)))
            .Where(one => one.Match.Success).ToArray();
        var videos = new HashSet<string>(StringComparer.Ordinal);
        var above = Kinds.Contains(reading.Tree.Above) ? Array.Find(reading.Tree.FarAbove.Split('/'), IsPart) : null;
        foreach (var (file, match) in found.Where(one => MediaFolder.IsNamedLikeMedia(one.File)))
        {
            var id = match.Groups["id"].Value;
            if (!IsOwn(id))
            {
                reading.Reject(file, id, $"{id} is a speaker of VoxCeleb{3 - version}, not of {Title}",
                    $"Read the folder of VoxCeleb{3 - version} with --layout voxceleb{3 - version}.");
                continue;
            }

            videos.Add(Stem(match));
            reading.Add(reading.Input(file, id) with
            {
                Group = "youtube " + match.Groups["video"].Value,
                OfficialSplit = Part(reading.Tree, match.Groups["above"].Value) ?? above ?? sets.GetValueOrDefault(id),
            });
        }

        Tracks(reading, found, videos);
        Count(reading, found);
    }

    /// <inheritdoc/>
    protected override SplitRole? RoleOf(string part) => part == "dev" ? SplitRole.Train : base.RoleOf(part);

    private void Tracks(DatasetReading reading, (string File, Match Match)[] found, HashSet<string> videos)
    {
        var (tracks, lonely) = (new List<VoxCelebTrack>(), 0);
        foreach (var (file, match) in found.Where(one => one.File.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)))
        {
            reading.Used(file);
            var lines = reading.Lines(file);
            if (VoxCelebTrack.Parse(lines) is not { } track)
            {
                reading.Reject(file, match.Groups["id"].Value, "there is no line FRAME X Y W H with boxes below", "Download it again.");
                continue;
            }

            tracks.Add(track);
            if (!videos.Contains(Stem(match))) lonely++;
            // The first line names the speaker, in some copies by another kind of name.
            if (track.Identity is { } said && Speaker().IsMatch(said) && said != match.Groups["id"].Value)
                reading.Note($"{file} speaks of {said}; the folder counts.");
        }

        foreach (var unit in tracks.CountBy(track => track.IsFraction))
            reading.Note($"{unit.Value} tracks give boxes as {(unit.Key ? "fractions of the picture" : "pixels of a picture 360 high")}.");
        if (lonely > 0) reading.Note($"{lonely} tracks (.txt) have no video here: they say where a face is in a YouTube video.");
    }

    private void Count(DatasetReading reading, (string File, Match Match)[] found)
    {
        foreach (var (part, speakers, utterances) in Counts[version - 1])
        {
            var own = reading.Inputs.Where(input => input.OfficialSplit == part).ToArray();
            if (own.Length == 0 && found.Length > 0 && reading.Inputs.Count > 0) continue;
            reading.Expect($"{part} speakers", speakers, own.Select(input => input.Identity).Distinct().Count());
            reading.Expect($"{part} utterances", utterances, own.Length);
        }

        reading.Note("videos are in no folder dev or test, and no list tells the part", reading.Inputs
            .Where(input => input.OfficialSplit is null).Select(input => input.File));
    }

    // Tabs in one copy, commas in the other, and blanks around names and values.
    private Dictionary<string, string> Sets(DatasetReading reading)
    {
        var sets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in reading.Tree.Called($"vox{version}_meta.csv").Take(1))
        {
            var lines = reading.Lines(file);
            if (lines.Count == 0) continue;
            var between = lines[0].Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
            var header = lines[0].Split(between, StringSplitOptions.TrimEntries);
            var (id, set) = (Array.FindIndex(header, name => name.EndsWith("ID", StringComparison.Ordinal)), Array.IndexOf(header, "Set"));
            foreach (var row in lines.Skip(1).Select(line => line.Split(between, StringSplitOptions.TrimEntries)))
                if (id >= 0 && set >= 0 && row.Length > Math.Max(id, set)) sets[row[id]] = row[set];
        }

        return sets;
    }

    private bool IsOwn(string id) => int.Parse(id[2..], CultureInfo.InvariantCulture) >= FirstOfVox1 == (version == 1);

    // The word may be a part of a folder's name, vox2_test_mp4.
    private static string? Part(DatasetTree tree, string above) =>
        above[Math.Min(above.Length, tree.Above.Length)..].Split('/').Reverse().SelectMany(folder => folder.Split('_', '-', '.', ' '))
            .FirstOrDefault(IsPart) ?? (IsPart(tree.Above.TrimEnd('/')) ? tree.Above.TrimEnd('/') : null);

    private static bool IsPart(string word) => word is "dev" or "test";

    private static string Stem(Match match) =>
        $"{match.Groups["id"].Value}/{match.Groups["video"].Value}/{match.Groups["utterance"].Value}";

    [GeneratedRegex(@"^(?<above>(?:.*/)?)(?<id>id\d{5})/(?<video>[A-Za-z0-9_-]{5,})/(?<utterance>\d{5,})\.\w+$")]
    private static partial Regex Utterance();

    [GeneratedRegex(@"^id\d{5}$")]
    private static partial Regex Speaker();
}

/// <summary>VoxCeleb1, speakers id10001 to id11251.</summary>
public sealed class VoxCeleb1Layout() : VoxCelebLayout(1, "dev/mp4/id10001/1zcIwhmdeo4/00001.mp4, or .wav and .txt of the same names");

/// <summary>VoxCeleb2, speakers id00012 to id09272.</summary>
public sealed class VoxCeleb2Layout() : VoxCelebLayout(2, "dev/mp4/id00012/21Uxsk56VDQ/00001.mp4, or .m4a and .txt of the same names");

/// <summary>Where a speaker's face is in a YouTube video, as a <c>.txt</c> of VoxCeleb says.</summary>
/// <param name="Identity">What its header calls the speaker; null for nothing.</param>
/// <param name="Reference">The YouTube video; null for nothing.</param>
/// <param name="Boxes">Left, top, width and height by frame, at 25 frames a second of the YouTube video.</param>
public sealed record VoxCelebTrack(string? Identity, string? Reference,
    IReadOnlyList<(int Frame, double X, double Y, double W, double H)> Boxes)
{
    /// <summary>Pixels are of a picture of this height.</summary>
    public const int PictureHeight = 360;

    private const double MostFraction = 1.5;

    /// <summary>Whether the boxes are fractions of width and height, as in VoxCeleb2, or else pixels, as in VoxCeleb1. Their values
    /// tell.</summary>
    public bool IsFraction => Boxes.All(box => Math.Max(Math.Max(box.X, box.Y), Math.Max(box.W, box.H)) <= MostFraction);

    /// <summary>Reads the lines; null where there are no boxes.</summary>
    /// <remarks>The length of the header differs, so the line with the names of the columns is looked for.</remarks>
    public static VoxCelebTrack? Parse(IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var start = lines.ToList().FindIndex(line => line.TrimStart().StartsWith("FRAME", StringComparison.Ordinal));
        if (start < 0) return null;
        var boxes = new List<(int, double, double, double, double)>();
        foreach (var line in lines.Skip(start + 1))
        {
            var cells = line.Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length < 5 || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var frame)) continue;
            var values = cells[1..5].Select(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out var value) ? value
                : double.NaN).ToArray();
            if (values.All(double.IsFinite)) boxes.Add((frame, values[0], values[1], values[2], values[3]));
        }

        return boxes.Count == 0 ? null : new VoxCelebTrack(Header("Identity"), Header("Reference"), boxes);

        string? Header(string name) => lines.Take(start).FirstOrDefault(line => line.TrimStart().StartsWith(name, StringComparison.Ordinal))
            is { } line && line.Split(':', 2) is [_, var value] ? value.Trim() : null;
    }
}
