using System.Text.Json;
using System.Text.Json.Serialization;

namespace ForensicHeads.Detector.Foreign;

/// <summary>A detector of others, as a file <c>NAME.detector.json</c> describes it: a network in ONNX, a program, or a list of finished
/// scores. It is never trained here.</summary>
/// <remarks>Which keys a kind needs, and which it may have, stands in <see cref="DetectorFileKeys"/>. How one looks:
/// docs/plugins.md, "A detector that is a network".</remarks>
public sealed record DetectorFile
{
    /// <summary>How the name of such a file ends.</summary>
    public const string Ending = ".detector.json";

    private const long MostBytes = 1 << 20;

    /// <summary>Its name in tables: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What runs.</summary>
    public required DetectorKind Kind { get; init; }

    /// <summary>What its weights may be used for, one line.</summary>
    public required string Licence { get; init; }

    /// <summary>Its version, one line; null where nobody says.</summary>
    public string? Version { get; init; }

    /// <summary>What it learnt from, one line, in the words of whoever wrote the file; null where nobody says.</summary>
    public string? TrainedOn { get; init; }

    /// <summary>How the scores of a clip's frames become one. Default the mean.</summary>
    public ClipAverage VideoScore { get; init; }

    /// <summary>Which frames of a clip it is asked about; null for those that are at hand.</summary>
    public DetectorFrames? Frames { get; init; }

    /// <summary>The ONNX file or the CSV, below the folder of this file.</summary>
    public string? File { get; init; }

    /// <summary>SHA-256 that <see cref="File"/> must have, in lower case; a CSV may do without.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Where the CSV has names and scores; null where its first line tells.</summary>
    public DetectorTable? Table { get; init; }

    /// <summary>What the network is fed.</summary>
    public DetectorInput? Input { get; init; }

    /// <summary>What of a picture the network is fed.</summary>
    public DetectorCrop? Crop { get; init; }

    /// <summary>What the network's numbers mean.</summary>
    public DetectorOutput? Output { get; init; }

    /// <summary>How frames become windows, for a network of moving pictures; null for one that sees single frames.</summary>
    public DetectorClip? Clip { get; init; }

    /// <summary>What the network must say to a known picture; null for no check.</summary>
    public DetectorCheck? Check { get; init; }

    /// <summary>The program and its arguments, with the placeholders <c>{list}</c> and <c>{out}</c>.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Where the program runs, relative to this file's folder. Default that folder.</summary>
    public string Folder { get; init; } = ".";

    /// <summary>Names of the environment variables that the program gets besides the usual ones. Default none.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>What the program is handed. Default crops.</summary>
    public ProgramWants Wants { get; init; }

    /// <summary>Longest time of a run in seconds, 1 … 604,800. Default 900.</summary>
    public int TimeoutSeconds { get; init; } = 900;

    /// <summary>Patterns of files in <see cref="Folder"/> that are no part of the program. Default none.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Where it was read: the full path, or what stands for it in messages.</summary>
    [JsonIgnore]
    public string Source { get; init; } = "";

    /// <summary>What it learnt from, or "not stated".</summary>
    [JsonIgnore]
    public string TrainedOnText => TrainedOn ?? "not stated";

    /// <summary>Whether a text names such a file, and not a detector of the catalogue.</summary>
    public static bool IsOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EndsWith(Ending, StringComparison.Ordinal);
    }

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">The JSON file; comments and trailing commas are allowed.</param>
    /// <exception cref="UserErrorException">Missing, longer than a MiB, or not such a file; the message names file, key, value and what is
    /// allowed.</exception>
    public static DetectorFile Read(string path) => PlainFile.Reading($"the detector {path}",
        () => Parse(PlainFile.ReadText(path, MostBytes), Path.GetFullPath(path)), $"Name a file *{Ending}.", exitCode: 2);

    /// <summary>A list of finished scores of which nothing else is known, called like its file.</summary>
    /// <param name="path">The CSV.</param>
    public static DetectorFile OfScores(string path) => new()
    {
        Name = FrameKey.Of(Path.GetFileNameWithoutExtension(path)),
        Kind = DetectorKind.Scores,
        Licence = "not stated",
        File = Path.GetFileName(path),
        Source = Path.GetFullPath(path),
    };

    /// <summary>Reads and checks a text.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="source">The path that it stands for: files that it names lie beside it.</param>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static DetectorFile Parse(string text, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(text, DetectorFileJson.Strict);
            var file = JsonSerializer.Deserialize<DetectorFile>(text, DetectorFileJson.Options)
                ?? throw new JsonException("the file holds null.");
            DetectorFileKeys.Check(file, document.RootElement.EnumerateObject().Select(key => key.Name), source);
            new DetectorFileCheck(source).Check(file);
            return file with { Source = source };
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{source} is not a valid detector file: {DetectorFileJson.Describe(error, text)} docs/plugins.md shows one.",
                exitCode: 2, inner: error);
        }
    }
}

/// <summary>What a detector of others is.</summary>
public enum DetectorKind
{
    /// <summary>A network in an ONNX file.</summary>
    Onnx,

    /// <summary>A program.</summary>
    Command,

    /// <summary>Finished scores in a CSV file.</summary>
    Scores,
}

/// <summary>What a program is handed.</summary>
public enum ProgramWants
{
    /// <summary>The crops of a store, without loss.</summary>
    Crops,

    /// <summary>The source files.</summary>
    Files,
}

/// <summary>Which frames of a clip a detector is asked about.</summary>
public sealed record DetectorFrames
{
    private const double MostSeconds = 3600;
    private const int MostFrames = 1_000_000;

    /// <summary>Seconds from one to the next, 0 … 3600; 0 for every frame.</summary>
    public required double EverySeconds { get; init; }

    /// <summary>Most frames of a clip, 1 … 1,000,000.</summary>
    public required int AtMost { get; init; }

    internal void Check(DetectorFileCheck check)
    {
        check.Between("frames.every_seconds", EverySeconds, 0, MostSeconds);
        check.Between("frames.at_most", AtMost, 1, MostFrames);
    }
}

/// <summary>What a network must say to a known picture, so that a wrong scale is found before it becomes a score.</summary>
public sealed record DetectorCheck
{
    /// <summary>The picture.</summary>
    public required CheckPicture Input { get; init; }

    /// <summary>The output's numbers as the graph gives them: all of them, or the one of <see cref="DetectorOutput.Index"/>.</summary>
    [JsonConverter(typeof(NumbersJson))]
    public required IReadOnlyList<double> Output { get; init; }

    internal void Check(DetectorFileCheck check, DetectorOutput? output)
    {
        check.Require(Output.Count > 0 && Output.All(double.IsFinite), "check.output", DetectorFileCheck.List(Output),
            "a number, or a list of numbers");
        check.Require(Output.Count == 1 || Output.Count > output?.Index, "check.output", DetectorFileCheck.List(Output),
            "a number, or all numbers of the output");
    }
}

/// <summary>A picture that everybody can make.</summary>
public enum CheckPicture
{
    /// <summary>Byte ((channel + 1) · x + 2y + 85 · channel + 7 · frame) mod 256 at column x and row y of the input's size, channel 0 =
    /// red, frame 0 the first of a window; scaled and ordered as any picture is. Each channel has a slope of its own.</summary>
    Ramp,
}

/// <summary>Which keys a kind of detector needs, and which it may have; <c>name</c>, <c>kind</c> and <c>licence</c> belong to all, and all
/// may have <c>version</c>, <c>trained_on</c> and <c>video_score</c>.</summary>
public static class DetectorFileKeys
{
    private static readonly string[] Everywhere = ["name", "kind", "licence", "version", "trained_on", "video_score"];

    /// <summary>The keys of a kind besides those of all.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The keys that it needs, and those that it may have.</returns>
    public static (IReadOnlyList<string> Needed, IReadOnlyList<string> Allowed) Of(DetectorKind kind) => kind switch
    {
        DetectorKind.Onnx => (["file", "sha256", "input", "crop", "output"], ["clip", "check", "frames"]),
        DetectorKind.Command => (["command"], ["folder", "environment", "wants", "timeout_seconds", "ignore", "frames"]),
        _ => (["file"], ["sha256", "table"]),
    };

    /// <summary>Refuses a key that is missing, and one that the kind has no use for.</summary>
    internal static void Check(DetectorFile file, IEnumerable<string> given, string source)
    {
        var (needed, allowed) = Of(file.Kind);
        var keys = given.ToHashSet(StringComparer.Ordinal);
        var kind = OptionCheck.Words(file.Kind.ToString());
        if (needed.FirstOrDefault(key => !keys.Contains(key)) is { } missing)
            throw new UserErrorException(
                $"{source}: the key {missing} is missing; a detector of kind {kind} needs {string.Join(", ", needed)}. Add it.",
                exitCode: 2);
        if (keys.Except([.. Everywhere, .. needed, .. allowed]).FirstOrDefault() is { } idle)
            throw new UserErrorException(
                $"{source}: the key {idle} means nothing to a detector of kind {kind}; allowed are "
                + $"{string.Join(", ", [.. Everywhere, .. needed, .. allowed])}. Take it out.", exitCode: 2);
    }
}
