namespace ForensicHeads.Media.Faces;

/// <summary>The landmarks of one face.</summary>
/// <param name="Points">In pixels of the picture; points may lie outside it.</param>
/// <param name="Confidence">0 … 1: how sure the model is that this is a face and these are its points.</param>
public sealed record FaceLandmarks(Landmarks68 Points, float Confidence);
