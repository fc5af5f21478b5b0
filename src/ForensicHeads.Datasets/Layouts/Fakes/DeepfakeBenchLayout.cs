using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Fakes;

/// <summary>The JSON of DeepfakeBench: data set, class, part, perhaps a compression level or method, video, frames.</summary>
public sealed partial class DeepfakeBenchLayout() : PublishedLayout("deepfakebench", "DeepfakeBench",
    "dataset_json/<Dataset>.json, and the frames that it names", "as each data set says; research only")
{
    // Other data sets have a JSON beside each of a million videos.
    private const int MostAsked = 1000;

    private static readonly string[] Order = ["test", "val", "train"];

    private static readonly Dictionary<string, string> Generators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["FF-DF"] = "Deepfakes",
        ["FF-F2F"] = "Face2Face",
        ["FF-FS"] = "FaceSwap",
        ["FF-NT"] = "NeuralTextures",
        ["FF-FH"] = "FaceShifter",
        ["DFD_fake"] = "DeepFakeDetection",
        ["CelebDFv1_fake"] = "Celeb-DF",
        ["CelebDFv2_fake"] = "Celeb-DF",
        ["DFDCP_FakeA"] = "method_A",
        ["DFDCP_FakeB"] = "method_B",
    };

    private static readonly string[] Levels = ["raw", "c0", "c23", "c40"];

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return Lists(tree, MostAsked).FirstOrDefault();
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var files = new FrameFinder(reading.Tree);
        var videos = new List<Video>();
        foreach (var list in Lists(reading.Tree, int.MaxValue).ToArray())
            if (reading.Json(list) is { ValueKind: JsonValueKind.Object } json)
                foreach (var dataset in json.EnumerateObject()) Classes(dataset.Name, list, dataset.Value, videos);
        // Its writer leaves test videos of Celeb-DF in the training part, too, and calls the test part val as well.
        var several = new List<string>();
        foreach (var same in videos.GroupBy(video => (video.Dataset, video.Class, video.Name, video.Level)))
        {
            var counts = same.OrderBy(video => Array.IndexOf(Order, video.Part)).ToArray();
            if (counts.Select(video => video.Part).Distinct().Count() > 1) several.Add($"{counts[0].Dataset}/{counts[0].Name}");
            Take(reading, files, counts[0]);
        }

        reading.Note("videos stand in several parts of their list; each counts as of the test part, else of val", several);
    }

    private static IEnumerable<string> Lists(DatasetTree tree, int most) => tree.Files
        .Where(file => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Take(most).Where(file =>
            Start().IsMatch(tree.Head(file)));

    private static void Classes(string dataset, string list, JsonElement classes, List<Video> videos)
    {
        if (classes.ValueKind != JsonValueKind.Object) return;
        foreach (var kind in classes.EnumerateObject().Where(kind => kind.Value.ValueKind == JsonValueKind.Object))
            foreach (var part in kind.Value.EnumerateObject()) Below(kind.Name, part.Name, part.Value, null);

        // A level or a method lies between the part and its videos in some data sets.
        void Below(string kind, string part, JsonElement node, string? level)
        {
            if (node.ValueKind != JsonValueKind.Object) return;
            foreach (var one in node.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Object))
            {
                if (!one.Value.TryGetProperty("frames", out var frames) || frames.ValueKind != JsonValueKind.Array) Below(kind, part,
                    one.Value, one.Name);
                else videos.Add(new Video(dataset, list, kind, part, level, one.Name,
                    [.. frames.EnumerateArray().Where(frame => frame.ValueKind == JsonValueKind.String).Select(frame =>
                        frame.GetString()!)]));
            }
        }
    }

    private static void Take(DatasetReading reading, FrameFinder files, Video video)
    {
        var frames = video.Frames.Select(files.Find).OfType<string>().ToArray();
        if (frames.Length == 0)
        {
            reading.Reject($"{video.Dataset}/{video.Class}/{video.Name}", null, $"{video.List} names it, but none of its "
                + $"{video.Frames.Length} frames is here", "Extract the frames, or leave it out.");
            return;
        }

        if (frames.Length < video.Frames.Length)
            reading.Note($"{video.Dataset}/{video.Name}: {frames.Length} of {video.Frames.Length} frames are here.");
        foreach (var file in frames) reading.Add(Said(reading, file, video));
    }

    private static IngestInput Said(DatasetReading reading, string file, Video video)
    {
        var folder = file[..Math.Max(0, file.LastIndexOf('/'))];
        var isLevel = video.Level is { } level && Levels.Contains(level);
        var number = int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var read)
            ? read : 0;
        var input = reading.Input(file, video.Name) with
        {
            Collection = video.Dataset,
            OfficialSplit = video.Part,
            Compression = isLevel ? video.Level : null,
            // A frame of a folder is one of a video; a video file stands for itself.
            Frame = MediaFolder.IsNamedLikeMedia(file) && folder.Length > 0 && !file.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase)
                ? new ClipFrame(folder, number) : null,
            Group = $"{video.Dataset} {video.Name}",
        };
        var celeb = FakePair.OfCelebDf(video.Name);
        if (RealClass().IsMatch(video.Class))
            return CelebReal().Match(video.Name) is { Success: true } real ? input with { Identity = real.Groups[1].Value } : input;
        var generator = Generators.GetValueOrDefault(video.Class)
            ?? (video.Level is not null && !isLevel ? video.Level : Df40Layout.MethodOf(FakeEnd().Replace(video.Class, ""))
            ?? FakeEnd().Replace(video.Class, ""));
        return (celeb ?? FakePair.OfFfpp(video.Name)) is not { } pair
            ? input with { Origin = new FrameOrigin { Label = Label.Generated, Generator = generator } }
            : pair.In(input, generator, FakePair.Moves(generator), null) with
            {
                Group = celeb is null ? FfppClips.Group(pair.Target) : $"{video.Dataset} {pair.Clip}",
            };
    }

    private sealed record Video(string Dataset, string List, string Class, string Part, string? Level, string Name, string[] Frames);

    [GeneratedRegex(@"^\s*\{\s*""[^""]+""\s*:\s*\{\s*""[^""]+""\s*:\s*\{\s*""(?:train|val|test)""\s*:\s*\{")]
    private static partial Regex Start();

    [GeneratedRegex(@"real$", RegexOptions.IgnoreCase)]
    private static partial Regex RealClass();

    [GeneratedRegex(@"[-_]?fake$", RegexOptions.IgnoreCase)]
    private static partial Regex FakeEnd();

    [GeneratedRegex(@"^(id\d+)_\d{4,}$")]
    private static partial Regex CelebReal();
}

/// <summary>Finds the frames that a list names by paths of another machine: by the longest end of the path that is a file here.</summary>
internal sealed class FrameFinder(DatasetTree tree)
{
    private const int Ends = 3;
    private readonly Dictionary<string, string[]> byEnd = tree.Media.GroupBy(End, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => same.ToArray(), StringComparer.Ordinal);

    /// <summary>The file here; null for none, or where several fit equally well.</summary>
    public string? Find(string path)
    {
        var parts = path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(part => part
            is "." or "..").ToArray();
        for (var from = 0; from < parts.Length - 1; from++)
            if (string.Join('/', parts[from..]) is var below && tree.Has(below)) return below;
        if (!byEnd.TryGetValue(End(string.Join('/', parts)), out var like)) return null;
        var best = like.GroupBy(file => Common(file.Split('/'), parts)).MaxBy(same => same.Key)!.ToArray();
        return best.Length == 1 ? best[0] : null;
    }

    private static string End(string path) => string.Join('/', path.Split('/').TakeLast(Ends));

    private static int Common(string[] one, string[] other)
    {
        var same = 0;
        while (same < one.Length && same < other.Length && one[^(same + 1)] == other[^(same + 1)]) same++;
        return same;
    }
}
