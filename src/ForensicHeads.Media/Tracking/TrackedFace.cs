namespace ForensicHeads.Media.Tracking;

/// <summary>A face that belongs to a track, before the crop is known.</summary>
internal sealed record TrackedFace(int FrameNumber, double TimeS, FoundFace Face);
