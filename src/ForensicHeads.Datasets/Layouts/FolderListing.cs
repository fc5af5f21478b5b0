namespace ForensicHeads.Datasets.Layouts;

/// <summary>What a folder holds.</summary>
/// <param name="Inputs">Files to read, by path in ordinal order.</param>
/// <param name="Rejected">Manifest rows that cannot be followed.</param>
/// <param name="Unlisted">Files below the root that are not read because no row names them.</param>
public sealed record FolderListing(IReadOnlyList<IngestInput> Inputs, IReadOnlyList<RejectedInput> Rejected, int Unlisted);
