namespace ForensicHeads.Experiments.Withdrawal;

/// <summary>A file or folder that a removal does not touch.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Why">Why not, in words without a full stop.</param>
public sealed record UnconfirmedFile(string Path, string Why);
