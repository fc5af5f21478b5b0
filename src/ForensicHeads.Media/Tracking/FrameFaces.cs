using ForensicHeads.Foundation;

namespace ForensicHeads.Media;

/// <summary>All that is known of one frame without its neighbours.</summary>
internal sealed record FrameFaces(VideoFrame Frame, IReadOnlyList<FoundFace> Faces, FrameSignature Signature, bool HasSmallFace = false, bool IsSkipped = false)
{
    /// <summary>Detects faces and places landmarks; unsure, small and doubled ones are dropped.</summary>
    internal static FrameFaces Find(VideoFrame frame, IFaceDetector detector, IFaceLandmarks landmarks, FaceCropperOptions options)
    {
        var found = new List<FoundFace>();
        var small = false;
        foreach (var box in detector.Detect(frame.Image).Take(options.Limits.MaxFaces))
        {
            var face = FoundFace.From(landmarks.Locate(frame.Image, box), box.Confidence);
            small |= face.Landmarks.Confidence >= options.MinTrackConfidence && face.Height < options.MinFaceHeight;
            if (IsFace(face, options) && found.All(other => other.Box.Overlap(face.Box) < 0.5f)) found.Add(face);
        }

        return new FrameFaces(frame, found, new FrameSignature(frame.Image), small);
    }

    /// <summary>A frame that a reduced rate leaves out; it still tells of cuts, which are hard to see across a longer step.</summary>
    internal static FrameFaces Skip(VideoFrame frame) => new(frame, [], new FrameSignature(frame.Image), IsSkipped: true);

    internal static bool IsFace(FoundFace face, FaceCropperOptions options) =>
        face.Landmarks.Confidence >= options.MinConfidence && face.Height >= options.MinFaceHeight;
}
