namespace ForensicHeads.Reporting.Protocols;

/// <summary>A baseline beside the detector, trained and tested on the very same clips of the same folds.</summary>
/// <param name="Name"><c>trivial_pixels</c> or <c>container_only</c>.</param>
/// <param name="Description">One sentence: what it sees and how it is trained.</param>
/// <param name="Cells">Every pair of slices, in the order of <see cref="CrossResults.Cells"/>.</param>
public sealed record CrossBaseline(string Name, string Description, IReadOnlyList<CrossCell> Cells);
