namespace ForensicHeads.Generator.Output;

/// <summary>A file of an export.</summary>
/// <param name="File">Its name, beside the sidecar.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
public sealed record OutputFile(string File, string Sha256);
