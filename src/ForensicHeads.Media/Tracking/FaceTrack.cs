namespace ForensicHeads.Media;

/// <summary>One person's face through a video without a cut. A person who returns after a cut or a longer absence is a new track.</summary>
/// <param name="Number">From 0, in the order of first appearance.</param>
/// <param name="Frames">In order of time; frames in which the face could not be seen are missing.</param>
public sealed record FaceTrack(int Number, IReadOnlyList<TrackFrame> Frames);
