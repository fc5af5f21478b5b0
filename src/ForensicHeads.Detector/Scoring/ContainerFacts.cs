using ForensicHeads.Media;

namespace ForensicHeads.Detector;

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
/// <param name="DecodedFrames">Frames that came out.</param>
/// <param name="FramesWithoutFace">Decoded frames that no track holds.</param>
public sealed record ContainerFacts(
    string Kind, string Format, string Codec, int Width, int Height, double FrameRate, double Seconds, long Bytes, long DeclaredFrames, int DecodedFrames, int FramesWithoutFace)
{
    internal static ContainerFacts Of(MediaFacts facts, VideoAnalysis analysis) => new(
        facts.IsPhoto ? "photo" : "video", facts.Container, facts.Codec, facts.Width, facts.Height, facts.FrameRate, facts.Seconds, facts.Bytes, facts.DeclaredFrames,
        analysis.FramesDecoded, analysis.WithoutFace.Sum(run => run.Count));
}
