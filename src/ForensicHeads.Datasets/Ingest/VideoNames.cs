using System.Text;

namespace ForensicHeads.Datasets.Ingest;

/// <summary>The names under which the files of a data set stand in a store, <c>[A-Za-z0-9_-]+</c>, each unique.</summary>
internal sealed class VideoNames
{
    private const int Longest = 80;
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>Names the files by their paths in ordinal order, those that will not be read last: a fake may have been driven by
    /// one.</summary>
    public VideoNames(DatasetListing listing)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var read = listing.Inputs.Select(Clip).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var file in read.Concat(listing.Rejected.Select(line => line.File).Order(StringComparer.Ordinal)))
        {
            if (names.ContainsKey(file)) continue;
            var name = Plain(Path.ChangeExtension(file, null));
            // Where two paths come to the same name, or one is too long, a piece of the path's hash keeps them apart.
            if (name.Length > Longest || !taken.Add(name)) taken.Add(name = WithHash(name, file));
            names.TryAdd(file, name);
        }
    }

    /// <summary>The name of a file of the list.</summary>
    public string this[string file] => names[file];

    /// <summary>The name of the video that a file is, or is a frame of.</summary>
    public string Of(IngestInput input) => names[Clip(input)];

    /// <summary>The name of a file; null where it is not of the list.</summary>
    public string? Find(string? file) => file is null ? null : names.GetValueOrDefault(file);

    /// <summary>What stands for a file in the list: itself, or the clip that it is a frame of.</summary>
    internal static string Clip(IngestInput input) => input.Frame?.Clip ?? input.File;

    private static string WithHash(string name, string file) =>
        $"{name[..Math.Min(name.Length, Longest - 9)]}-{Hashes.OfText(file)[..8]}";

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text) plain.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '-');
        return plain.Length == 0 ? "video" : plain.ToString();
    }
}
