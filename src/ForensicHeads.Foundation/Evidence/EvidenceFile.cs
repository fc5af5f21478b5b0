namespace ForensicHeads.Foundation.Evidence;

/// <summary>A file as the closing line of an evidence log lists it.</summary>
/// <param name="Path">Below the folder, with forward slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
public sealed record EvidenceFile(string Path, long Bytes, string Sha256);
