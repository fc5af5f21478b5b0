using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.Fakes;

/// <summary>Who is who in a fake: the target's video is altered, the source's face or motion is put in.</summary>
/// <param name="Target">The person of the video.</param>
/// <param name="Source">The person put in; null when nobody says.</param>
/// <param name="Clip">The target's clip, which the fake was made of.</param>
internal sealed partial record FakePair(string Target, string? Source, string Clip)
{
    // Methods that move the target's own face; all others put the source's face in.
    private static readonly HashSet<string> Reenactments = new(StringComparer.OrdinalIgnoreCase)
    {
        "Face2Face", "NeuralTextures", "fomm", "FS_vid2vid", "wav2lip", "MRAA", "OneShot", "PIRender", "TPSMM", "LIA", "DaGAN", "SadTalker",
        "MCNet", "HyperReenact", "HeyGen", "FSRT", "LivePortrait", "AniTalker", "EchoMimic", "EDTalk", "FLOAT", "IP_LAP", "Real3DPortrait",
    };

    /// <summary>Whether a method moves the target's own face.</summary>
    public static bool Moves(string method) => Reenactments.Contains(method);

    /// <summary>The pair of a FaceForensics++ name, <c>071_054</c>; null for any other.</summary>
    public static FakePair? OfFfpp(string name) => Ffpp().Match(name) is { Success: true } match
        ? new FakePair(match.Groups[1].Value, match.Groups[2].Value, match.Groups[1].Value) : null;

    /// <summary>The pair of a Celeb-DF name, <c>id0_id16_0000</c>; null for any other.</summary>
    public static FakePair? OfCelebDf(string name) => Celeb().Match(name) is { Success: true } match
        ? new FakePair(match.Groups[1].Value, match.Groups[2].Value, $"{match.Groups[1].Value}_{match.Groups[3].Value}") : null;

    /// <summary>The input with its roles: the face that is seen is the source's after a swap, and the target's where it is only
    /// moved.</summary>
    /// <param name="input">The fake.</param>
    /// <param name="generator">What made it; null when nobody says.</param>
    /// <param name="moves">Whether the target's own face is moved.</param>
    /// <param name="driver">The clip of the one who drives: the target's after a swap, else the source's; null when it is not
    /// here.</param>
    public IngestInput In(IngestInput input, string? generator, bool moves, string? driver) => input with
    {
        Identity = moves ? Target : Source ?? Target,
        Origin = new FrameOrigin { Label = Label.Generated, Generator = generator },
        Target = Target,
        Source = Source,
        Driver = driver ?? (moves ? Source : Target),
    };

    [GeneratedRegex(@"^(\d{3})_(\d{3})$")]
    private static partial Regex Ffpp();

    [GeneratedRegex(@"^(id\d+)_(id\d+)_(\d{4,})$", RegexOptions.IgnoreCase)]
    private static partial Regex Celeb();
}
