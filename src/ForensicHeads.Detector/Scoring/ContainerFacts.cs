using System.Text.Json.Serialization;

namespace ForensicHeads.Detector.Scoring;

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
    string Kind, string Format, string Codec, int Width, int Height, double FrameRate, double Seconds, long Bytes, long DeclaredFrames, int DecodedFrames, int FramesWithoutFace)
{
    /// <summary>kbit/s of the whole file; 0 when its length is unknown.</summary>
    [JsonIgnore]
    public double BitRate => Seconds > 0 ? Bytes * 8 / 1000.0 / Seconds : 0;

    /// <summary>The facts of a file that was not decoded.</summary>
    public static ContainerFacts Of(MediaFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return new(facts.IsPhoto ? "photo" : "video", facts.Container, facts.Codec, facts.Width, facts.Height, facts.FrameRate, facts.Seconds, facts.Bytes, facts.DeclaredFrames, 0, 0);
    }

    internal static ContainerFacts Of(MediaFacts facts, VideoAnalysis analysis) =>
        Of(facts) with { DecodedFrames = analysis.FramesDecoded, FramesWithoutFace = analysis.WithoutFace.Sum(run => run.Count) };
}
