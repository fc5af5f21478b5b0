namespace ForensicHeads.Media.Tracking;

/// <summary>One cut-out face.</summary>
/// <param name="Track">The track it belongs to.</param>
/// <param name="Frame">The frame of that track.</param>
/// <param name="Landmarks">In pixels of the crop.</param>
/// <param name="Image">The crop.</param>
public sealed record FaceCrop(FaceTrack Track, TrackFrame Frame, Landmarks68 Landmarks, RgbImage Image);
