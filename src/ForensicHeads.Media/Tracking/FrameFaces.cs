using ForensicHeads.Foundation;

namespace ForensicHeads.Media;

/// <summary>All that is known of one frame without its neighbours.</summary>
internal sealed record FrameFaces(VideoFrame Frame, IReadOnlyList<FoundFace> Faces, FrameSignature Signature, bool HasSmallFace = false)
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

    internal static bool IsFace(FoundFace face, FaceCropperOptions options) =>
        face.Landmarks.Confidence >= options.MinConfidence && face.Height >= options.MinFaceHeight;
}
