namespace ForensicHeads.Generator.Heads;

/// <summary>A file that shots were cut from.</summary>
/// <param name="File">Its name without folders; null where the shots came from a store, which keeps none.</param>
/// <param name="Sha256">SHA-256 of its bytes; of a rendered video, that of what it was rendered from.</param>
public sealed record ShotFile(string? File, string Sha256);
