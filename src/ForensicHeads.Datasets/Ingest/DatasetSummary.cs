namespace ForensicHeads.Datasets.Ingest;

/// <summary>What an ingest would read, counted: for those who want to know before the hours of work.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="RecognisedBy">By what it was recognised; null where it was named.</param>
/// <param name="Files">Files to read.</param>
/// <param name="People">People in them.</param>
/// <param name="Labels">Files by label.</param>
/// <param name="Generators">Fake files by generator; <c>not told</c> where nobody says.</param>
/// <param name="Splits">Files by part of the official split; <c>none</c> where they belong to none.</param>
/// <param name="Compressions">Files by compression level; empty where there is none.</param>
/// <param name="Collections">Files by collection.</param>
/// <param name="Licences">Files by licence.</param>
/// <param name="MayGenerate">Files whose people may be generated.</param>
/// <param name="Counts">Official counts beside those found.</param>
/// <param name="Notes">What else is to be known of the copy.</param>
/// <param name="Rejected">Entries and files that cannot be followed.</param>
/// <param name="LeftOut">Files that are not read, by reason.</param>
public sealed record DatasetSummary(string Layout, string? RecognisedBy, int Files, int People, IReadOnlyDictionary<string, int> Labels,
    IReadOnlyDictionary<string, int> Generators, IReadOnlyDictionary<string, int> Splits, IReadOnlyDictionary<string, int> Compressions,
    IReadOnlyDictionary<string, int> Collections, IReadOnlyDictionary<string, int> Licences, int MayGenerate,
    IReadOnlyList<ExpectedCount> Counts, IReadOnlyList<string> Notes, IReadOnlyList<RejectedInput> Rejected,
    IReadOnlyDictionary<string, int> LeftOut)
{
    /// <summary>0 when everything can be read, 3 when some of it cannot, 1 when nothing is left: as the ingest's own.</summary>
    public int ExitCode => Files == 0 ? 1 : Rejected.Count > 0 ? 3 : 0;

    /// <summary>Counts a listing.</summary>
    public static DatasetSummary Of(DatasetListing listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var inputs = listing.Inputs;
        return new DatasetSummary(listing.Layout, listing.RecognisedBy, inputs.Count,
            inputs.Select(input => input.Identity).Distinct().Count(),
            Count(inputs, input => input.Origin.Label.Text()),
            Count(inputs.Where(input => !input.Origin.IsReal), input => input.Origin.Generator ?? "not told"),
            Count(inputs, input => input.OfficialSplit ?? "none"),
            Count(inputs.Where(input => input.Compression is not null), input => input.Compression!),
            Count(inputs.Where(input => input.Collection is not null), input => input.Collection!),
            Count(inputs, input => input.Licence.Length == 0 ? "not stated" : input.Licence),
            inputs.Count(input => input.MayGenerate), listing.Counts, listing.Notes, listing.Rejected,
            Count(listing.LeftOut, file => file.Reason));
    }

    private static SortedDictionary<string, int> Count<T>(IEnumerable<T> items, Func<T, string> key) =>
        new(items.CountBy(key).ToDictionary(), StringComparer.Ordinal);
}
