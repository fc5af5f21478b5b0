namespace ForensicHeads.Datasets.Audit;

/// <summary>One finding of the audit.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="What">What was found, in one line.</param>
/// <param name="Roles">The roles it spans, in order; empty where it lies between the classes.</param>
/// <param name="Stops">Whether it stops the run; otherwise it is to be reported.</param>
/// <param name="KeyA">A frame that shows it, or null.</param>
/// <param name="KeyB">The other frame, or null.</param>
/// <param name="Distance">Perceptual-hash distance of the two frames in bits of 64, or null.</param>
public sealed record Leak(LeakKind Kind, string What, IReadOnlyList<SplitRole> Roles, bool Stops = true, string? KeyA = null, string? KeyB = null, int? Distance = null);
