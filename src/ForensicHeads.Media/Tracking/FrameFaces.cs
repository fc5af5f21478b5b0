namespace ForensicHeads.Media.Tracking;

/// <summary>All that is known of one frame without its neighbours.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Faces">Its faces.</param>
/// <param name="Signature">For finding cuts.</param>
/// <param name="SmallFace">Height in pixels, chin to brows, of the largest face that was too small; 0 when there was none.</param>
/// <param name="IsSkipped">Whether a reduced rate leaves the frame out.</param>
internal sealed record FrameFaces(VideoFrame Frame, IReadOnlyList<FoundFace> Faces, FrameSignature Signature, float SmallFace = 0, bool IsSkipped = false)
{
    /// <summary>Detects faces and places landmarks; unsure, small and doubled ones are dropped.</summary>
    internal static FrameFaces Find(VideoFrame frame, IFaceDetector detector, IFaceLandmarks landmarks, FaceCropperOptions options)
    {
        var found = new List<FoundFace>();
        var small = 0f;
        foreach (var box in detector.Detect(frame.Image).Take(options.Limits.MaxFaces))
        {
            var face = FoundFace.From(landmarks.Locate(frame.Image, box), box.Confidence);
            if (face.Landmarks.Confidence >= options.MinTrackConfidence && face.Height < options.MinFaceHeight) small = MathF.Max(small, face.Height);
            if (IsFace(face, options) && found.All(other => other.Box.Overlap(face.Box) < 0.5f)) found.Add(face);
        }

        return new FrameFaces(frame, found, new FrameSignature(frame.Image), small);
    }

    /// <summary>A frame that a reduced rate leaves out; it still tells of cuts, which are hard to see across a longer step.</summary>
    internal static FrameFaces Skip(VideoFrame frame) => new(frame, [], new FrameSignature(frame.Image), IsSkipped: true);

    internal static bool IsFace(FoundFace face, FaceCropperOptions options) =>
        face.Landmarks.Confidence >= options.MinConfidence && face.Height >= options.MinFaceHeight;
}
