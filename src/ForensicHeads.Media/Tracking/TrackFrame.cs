namespace ForensicHeads.Media.Tracking;

/// <summary>One face in one frame.</summary>
/// <param name="FrameNumber">Number in the video, from 0.</param>
/// <param name="TimeS">Presentation time in seconds.</param>
/// <param name="Box">Tight box around the landmarks, in source pixels; its confidence is the detector's, 0 where the landmarks alone carried the track.</param>
/// <param name="Landmarks">In source pixels.</param>
/// <param name="Confidence">0 … 1, of the landmarks.</param>
/// <param name="Crop">The smoothed square crop.</param>
public sealed record TrackFrame(int FrameNumber, double TimeS, FaceBox Box, Landmarks68 Landmarks, float Confidence, CropWindow Crop);
