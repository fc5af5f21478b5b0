namespace ForensicHeads.Datasets.Layouts;

/// <summary>What a data set holds.</summary>
/// <param name="Inputs">Files to read; the order plays no part.</param>
/// <param name="Rejected">Entries of its lists that cannot be followed, and files that are none: empty ones, pointers, locked
/// folders.</param>
/// <param name="LeftOut">Files below the root that are not read, because nothing says whom they show or because they show nobody.</param>
public sealed record DatasetListing(
    IReadOnlyList<IngestInput> Inputs, IReadOnlyList<RejectedInput> Rejected, IReadOnlyList<LeftOutFile> LeftOut)
{
    /// <summary>The layout that read it; <see cref="DatasetLayouts.Read"/> says.</summary>
    public string Layout { get; init; } = "";

    /// <summary>By what the layout was recognised; null where it was named.</summary>
    public string? RecognisedBy { get; init; }

    /// <summary>What else a user should know of the copy, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Official counts beside those found.</summary>
    public IReadOnlyList<ExpectedCount> Counts { get; init; } = [];

    /// <summary>The data set's own split; null where it has none.</summary>
    public Split? Split { get; init; }
}

/// <summary>An official count.</summary>
/// <param name="What">Of what.</param>
/// <param name="Expected">How many the data set has.</param>
/// <param name="Found">How many are here.</param>
public sealed record ExpectedCount(string What, int Expected, int Found)
{
    /// <summary>How many are not here.</summary>
    public int Missing => Math.Max(0, Expected - Found);
}
