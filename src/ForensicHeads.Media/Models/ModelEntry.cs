namespace ForensicHeads.Media.Models;

/// <summary>One line of <c>models list</c> and <c>models verify</c>.</summary>
/// <param name="Model">The model.</param>
/// <param name="State">Whether it is there and whole.</param>
/// <param name="Path">Where it lies; null when missing.</param>
/// <param name="Sha256">SHA-256 of the file found; null when missing.</param>
public sealed record ModelEntry(FaceModel Model, ModelState State, string? Path, string? Sha256);
