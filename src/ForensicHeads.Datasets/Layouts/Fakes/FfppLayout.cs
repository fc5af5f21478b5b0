using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Fakes;

/// <summary>FaceForensics++ with FaceShifter and DeepFakeDetection, which lies in the same two folders and has people of its own.</summary>
public sealed partial class FfppLayout() : PublishedLayout("ffpp", "FaceForensics++",
    "original_sequences/youtube/c23/videos/000.mp4, manipulated_sequences/<method>/c23/videos/071_054.mp4",
    "FaceForensics terms: research only, no redistribution")
{
    private const string Dfd = "DeepFakeDetection";
    private const int ClipsOfMethod = 1000;
    private static readonly string[] Levels = ["raw", "c23", "c40"];
    private const int DfdReals = 363;
    private const int DfdFakes = 3068;
    private static readonly string?[] Methods = [null, "Deepfakes", "Face2Face", "FaceSwap", "NeuralTextures", "FaceShifter"];

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Files.FirstOrDefault(file => Place().Match(tree.FarAbove + file) is { Success: true } match
            && match.Groups["list"].Success);
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var clips = FfppClips.Of(reading);
        var found = new List<Found>();
        foreach (var file in reading.Tree.Files)
        {
            if (Place().Match(reading.Tree.FarAbove + file) is not { Success: true } match) continue;
            var (method, level, rest) = (match.Groups["method"].Value, match.Groups["level"].Value, match.Groups["rest"].Value);
            var isFake = match.Groups["top"].Value.StartsWith('m') || match.Groups["top"].Value.StartsWith('M');
            if (level == "masks") reading.Leave(file, "a mask");
            else if (level == "models") reading.Leave(file, "a model");
            else if (match.Groups["list"].Value == "videos" && MediaFolder.IsNamedLikeMedia(file)) found.Add(
                new Found(file, isFake, method, Level(level), Path.GetFileNameWithoutExtension(rest), null));
            else if (rest.Split('/') is [var clip, var picture] && int.TryParse(Path.GetFileNameWithoutExtension(picture), out var number))
                found.Add(new Found(file, isFake, method, Level(level), clip, new ClipFrame(file[..file.LastIndexOf('/')], number)));
        }

        // Of clips that are here as videos and as extracted frames, the videos count.
        var videos = found.Where(one => one.Frame is null).Select(one => one.Key).ToHashSet();
        var reals = found.Where(one => !one.IsFake).GroupBy(one => (one.Name, one.Level))
            .ToDictionary(same => same.Key, same => same.OrderBy(one => one.Frame is not null).First());
        foreach (var one in found)
        {
            if (one.Frame is not null && videos.Contains(one.Key)) reading.Leave(one.File, "a frame of a video that is here, too");
            else if (Said(reading, clips, one, reals) is { } input) reading.Add(input);
        }

        foreach (var file in reading.Tree.Files.Where(file => file.Contains("downloaded_videos", StringComparison.Ordinal)))
            reading.Leave(file, "a whole YouTube video, of which the clips were cut");
        Count(reading, clips);
    }

    private static string Level(string level) => level == "c0" ? "raw" : level;

    private static IngestInput? Said(DatasetReading reading, FfppClips clips, Found one, Dictionary<(string, string), Found> reals)
    {
        var input = reading.Input(one.File, one.Name) with { Compression = one.Level, Frame = one.Frame };
        if (one.Method is Dfd or "actors") return OfDfd(input, one, reals);
        if (!one.IsFake) return Clip().IsMatch(one.Name)
            ? input with { Group = clips.GroupOf(one.Name), OfficialSplit = clips.PartOf(one.Name) } : null;
        if (FakePair.OfFfpp(one.Name) is not { } pair) return null;
        var moves = FakePair.Moves(one.Method);
        return pair.In(input, one.Method, moves, Original(reals, moves ? pair.Source! : pair.Target, one.Level)) with
        {
            Group = clips.GroupOf(pair.Target),
            OfficialSplit = clips.PartOf(pair.Target),
        };
    }

    // The scene's name holds single underscores, so two of them part the name.
    private static IngestInput? OfDfd(IngestInput input, Found one, Dictionary<(string, string), Found> reals)
    {
        var parts = one.Name.Split("__");
        input = input with { Collection = Dfd, Group = $"dfd {parts[0].Split('_')[0]}__{parts.ElementAtOrDefault(1)}" };
        if (!one.IsFake) return parts is [var actor, _] && Actor().IsMatch(actor) ? input with { Identity = actor } : null;
        if (parts.Length < 3 || parts[0].Split('_') is not [var target, var source] || !Actor().IsMatch(target) || !Actor().IsMatch(source))
            return null;
        return new FakePair(target, source, $"{target}__{parts[1]}").In(input, Dfd, moves: false,
            Original(reals, $"{target}__{parts[1]}", one.Level));
    }

    private static string? Original(Dictionary<(string, string), Found> reals, string clip, string level) =>
        (reals.GetValueOrDefault((clip, level)) ?? Levels.Select(other => reals.GetValueOrDefault((clip, other)))
            .FirstOrDefault(real => real is not null)) is { } real ? real.Frame?.Clip ?? real.File : null;

    private void Count(DatasetReading reading, FfppClips clips)
    {
        var own = reading.Inputs.Where(input => input.Collection == Title).ToArray();
        var methods = Methods.Union(own.Select(input => input.Origin.Generator)).ToArray();
        foreach (var level in reading.Inputs.Select(input => input.Compression!).Distinct().Order(StringComparer.Ordinal))
        {
            if (own.Any(input => input.Compression == level)) foreach (var method in methods)
                Expect(Title, method, level, ClipsOfMethod, $"{method ?? DatasetWords.Real} {level} videos");
            if (!reading.Inputs.Any(input => input.Collection == Dfd && input.Compression == level)) continue;
            Expect(Dfd, null, level, DfdReals, $"{DatasetWords.Real} {level} videos of {Dfd}");
            Expect(Dfd, Dfd, level, DfdFakes, $"{Dfd} {level} videos");
        }

        if (own.Length == 0) return;
        if (clips.PartSizes.Count == 0) reading.Note(
            "The official split is not known: put train.json, val.json and test.json of FaceForensics++ (dataset/splits) there.");
        else reading.Note("files are of clips in no list of the official split",
            own.Where(input => input.OfficialSplit is null).Select(input => input.File));
        reading.Note("pairs are divided by the official split",
            own.Where(input => input.Source is { } source && clips.PartOf(source) is { } other && other != input.OfficialSplit)
                .Select(input => input.File));

        void Expect(string collection, string? method, string level, int count, string what) => reading.Expect(what, count, reading.Inputs
            .Where(input => input.Collection == collection && input.Origin.Generator == method && input.Compression == level)
            .Select(input => input.Frame?.Clip ?? input.File).Distinct().Count());
    }

    [GeneratedRegex(@"(?:^|/)(?<top>original_sequences|manipulated_sequences)/(?<method>[^/]+)/(?:(?<level>masks|models)/|"
        + "(?<level>raw|c0|c23|c40)/(?<list>videos|images)/)(?<rest>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Place();

    [GeneratedRegex(@"^\d{3}$")]
    private static partial Regex Clip();

    [GeneratedRegex(@"^\d{2}$")]
    private static partial Regex Actor();

    private sealed record Found(string File, bool IsFake, string Method, string Level, string Name, ClipFrame? Frame)
    {
        public (bool, string, string, string) Key => (IsFake, Method, Level, Name);
    }
}
