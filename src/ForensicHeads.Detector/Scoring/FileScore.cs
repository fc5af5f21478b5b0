using System.Text.Json.Serialization;

namespace ForensicHeads.Detector.Scoring;

/// <summary>What a detector says of one file. Written as it is by <c>detect score --json</c>.</summary>
public sealed record FileScore
{
    /// <summary>Path as it was given.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file's bytes; null when it could not be read.</summary>
    public string? Sha256 { get; init; }

    /// <summary><c>ok</c>, <c>partial</c> (cut or damaged: what could be read was scored) or <c>rejected</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is partial or rejected; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>What the container says and what came out of it; null when it was refused before that was known.</summary>
    public ContainerFacts? Container { get; init; }

    /// <summary>Whom the file was said to show, where that was asked; score, ratio and verdict are then about that, positive = somebody
    /// else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PersonClaim? Person { get; init; }

    /// <summary>log10 likelihood ratio, positive = generated, bounded; null for a single frame, without a face or without a
    /// calibrator.</summary>
    public double? Llr { get; init; }

    /// <summary>What the ratio makes of even odds: the probability that the file is generated if that was as likely as not before, 0 … 1;
    /// null where there is no ratio.</summary>
    public double? Probability => Llr is { } llr ? 1 / (1 + Math.Pow(10, -llr)) : null;

    /// <summary>Mean logit over all frames of all tracks; null without a face.</summary>
    public double? Score { get; init; }

    /// <summary>Standard deviation of the frames' logits, dividing by n; null without a face.</summary>
    public double? Spread { get; init; }

    /// <summary>One of the words of <see cref="Calibration.Verdict"/>; null for a single frame, which gets a score but no verdict, and for
    /// a rejected file.</summary>
    public string? Verdict { get; init; }

    /// <summary>Why the verdict is inconclusive or missing; null otherwise.</summary>
    public string? VerdictReason { get; init; }

    /// <summary>The faces, in order of first appearance.</summary>
    public IReadOnlyList<TrackScore> Tracks { get; init; } = [];

    /// <summary>What the detector was trained on.</summary>
    public required string Scope { get; init; }

    /// <summary>Whether its scores are a detector's of others, of which nobody here knows what is much.</summary>
    [JsonIgnore]
    public bool HasNoScale { get; init; }

    /// <summary>What weakens the result, a line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Frames to show, where they were asked for.</summary>
    [JsonIgnore]
    public IReadOnlyList<KeyFrame> KeyFrames { get; init; } = [];

    /// <summary>What is known of a file before its faces are judged; complete where there is none.</summary>
    internal static FileScore Of(string path, VideoAnalysis analysis, string scope)
    {
        var begun = new FileScore
        {
            File = path,
            Sha256 = analysis.Facts?.Sha256,
            Status = analysis.Status.ToString().ToLowerInvariant(),
            Reason = analysis.Reason,
            Container = analysis.Facts is { } facts ? ContainerFacts.Of(facts, analysis) : null,
            Scope = scope,
        };
        return analysis.IsWithoutFace
            ? begun with { Status = "ok", Reason = null, Verdict = Calibration.Verdict.NoFace, VerdictReason = analysis.Reason } : begun;
    }

    /// <summary>A file that something unexpected happened to.</summary>
    internal static FileScore Failed(string path, Exception error, string scope) => new()
    {
        File = path,
        Status = "rejected",
        Reason = $"failed unexpectedly: {error.Message.ReplaceLineEndings(" ")}",
        Scope = scope,
    };
}

/// <summary>What a file says of itself, and how much of it came out of the decoder.</summary>
/// <param name="Kind"><c>photo</c> or <c>video</c>.</param>
/// <param name="Format">Container, found from the first bytes.</param>
/// <param name="Codec">As ffprobe names it.</param>
/// <param name="Width">Pixels, upright.</param>
/// <param name="Height">Pixels, upright.</param>
/// <param name="FrameRate">Frames per second; 0 when unknown and for photos.</param>
/// <param name="Seconds">Length; 0 when unknown and for photos.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="DeclaredFrames">As the container counts them, or length times rate.</param>
/// <param name="DecodedFrames">Frames that came out; 0 where nothing was decoded.</param>
/// <param name="FramesWithoutFace">Decoded frames that no track holds.</param>
public sealed record ContainerFacts(
    string Kind, string Format, string Codec, int Width, int Height, double FrameRate, double Seconds, long Bytes, long DeclaredFrames,
        int DecodedFrames, int FramesWithoutFace)
{
    /// <summary>Width of the stored picture in its own pixels; 0 when unknown.</summary>
    public int StoredWidth { get; init; }

    /// <summary>Height of the stored picture in its own pixels; 0 when unknown.</summary>
    public int StoredHeight { get; init; }

    /// <summary>Width of a stored pixel by its height: <c>16:11</c>.</summary>
    public string PixelAspect { get; init; } = "1:1";

    /// <summary>What the file leaves open of its colours and was assumed; null when it says all.</summary>
    public string? Assumed { get; init; }

    /// <summary>Packets that are to be shown, counted in the file; 0 when they were not counted.</summary>
    public long PresentablePackets { get; init; }

    /// <summary>What was done to the file or left out of it, a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>kbit/s of the whole file; 0 when its length is unknown.</summary>
    [JsonIgnore]
    public double BitRate => Seconds > 0 ? Bytes * 8 / 1000.0 / Seconds : 0;

    /// <summary>The facts of a file that was not decoded.</summary>
    public static ContainerFacts Of(MediaFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return new(facts.IsPhoto ? "photo" : "video", facts.Container, facts.Codec, facts.Width, facts.Height, facts.FrameRate,
            facts.Seconds, facts.Bytes, facts.DeclaredFrames, 0, 0)
        {
            StoredWidth = facts.StoredWidth,
            StoredHeight = facts.StoredHeight,
            PixelAspect = facts.PixelAspect,
            Assumed = facts.Assumed,
            PresentablePackets = facts.PresentablePackets,
            Notes = facts.Notes,
        };
    }

    internal static ContainerFacts Of(MediaFacts facts, VideoAnalysis analysis) =>
        Of(facts) with { DecodedFrames = analysis.FramesDecoded, FramesWithoutFace = analysis.WithoutFace.Sum(run => run.Count) };
}
