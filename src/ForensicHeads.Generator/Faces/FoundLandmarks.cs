using ForensicHeads.Foundation;

namespace ForensicHeads.Generator.Faces;

/// <summary>Landmarks found in a frame.</summary>
/// <param name="Points">The 68 points, in pixels of the frame.</param>
/// <param name="Confidence">That the frame shows a face, 0.5 … 1.</param>
public sealed record FoundLandmarks(Landmarks68 Points, double Confidence);
