using System.Text;

namespace ForensicHeads.Datasets.Layouts;

/// <summary>The layout <c>folder</c>: a tree with a <c>manifest.csv</c> (<c>file,identity,label,generator,licence,may_generate,group</c>),
/// or <c>ROOT/&lt;identity&gt;/&lt;video&gt;.*</c>.</summary>
public static class FolderLayout
{
    /// <summary>Name of the manifest.</summary>
    public const string Manifest = "manifest.csv";

    private const int LongestVideoName = 80;

    /// <summary>Lists the inputs.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="licence">Licence of files for which the manifest states none.</param>
    /// <exception cref="UserErrorException">No such folder, a manifest without the needed columns, or nothing to read.</exception>
    public static FolderListing List(string root, string? licence = null)
    {
        if (!Directory.Exists(root)) throw new UserErrorException($"{root} is not a folder; name the folder that holds the videos.", 2);
        var manifest = Path.Combine(root, Manifest);
        var listing = PlainFile.IsThere(root, Manifest) ? FromManifest(root, CsvReader.Read(root, Manifest), manifest, licence ?? "")
            : FromFolders(root, licence ?? "");
        if (listing.Inputs.Count == 0 && listing.Rejected.Count == 0)
            throw new UserErrorException($"{root} holds no videos or photos; expected is {manifest}, or files as <identity>/<video>.mp4.");
        return listing with { Inputs = WithNames(listing.Inputs) };
    }

    private static FolderListing FromManifest(string root, CsvTable table, string path, string licence)
    {
        foreach (var column in new[] { "file", "identity" })
            if (!table.Header.Contains(column)) throw new UserErrorException(
                $"{path} has no column '{column}'; its columns are {string.Join(", ", table.Header)}.");
        var (inputs, rejected, seen) = (new List<IngestInput>(), new List<RejectedInput>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var row in table.Rows)
        {
            var file = row["file"]!;
            var (full, fault) = RootedPath.Resolve(root, file);
            fault ??= Fault(row, full!, seen);
            if (fault is not null) rejected.Add(
                new RejectedInput(file, row["identity"], $"manifest line {row.Line}: {fault}", "Correct the row or remove it."));
            else inputs.Add(Input(row, file, full!, licence));
        }

        var unlisted = Files(root).Count(file => !seen.Contains(file)) - 1;
        return new FolderListing(inputs, rejected, unlisted);
    }

    private static string? Fault(CsvRow row, string full, HashSet<string> seen)
    {
        if (!File.Exists(full)) return "there is no such file";
        if (IdentityName.Fault(row["identity"]?.Trim()) is { } identity) return "the " + identity;
        if (row["label"] is { Length: > 0 } label && LabelOf(label) is null)
            return $"the label '{label}' is neither real, fake nor generated";
        if (row["may_generate"] is { Length: > 0 } may and not ("yes" or "no")) return $"may_generate is '{may}'; allowed are yes and no";
        return seen.Add(full) ? null : "the file is listed twice";
    }

    private static IngestInput Input(CsvRow row, string file, string full, string licence) => new()
    {
        File = file,
        FullPath = full,
        Video = "",
        Identity = row["identity"]!.Trim(),
        Origin = new FrameOrigin
        {
            Label = LabelOf(row["label"]) ?? Label.Real,
            Generator = row["generator"] is { Length: > 0 } generator ? generator : null,
        },
        Licence = row["licence"] is { Length: > 0 } own ? own : licence,
        MayGenerate = row["may_generate"] == "yes",
        Group = row["group"] ?? "",
    };

    // Data sets of the field say "fake".
    private static Label? LabelOf(string? text) => text == "fake" ? Label.Generated : OriginText.LabelOf(text);

    private static FolderListing FromFolders(string root, string licence)
    {
        var (inputs, rejected) = (new List<IngestInput>(), new List<RejectedInput>());
        var others = 0;
        foreach (var full in Files(root))
        {
            var file = Path.GetRelativePath(root, full).Replace('\\', '/');
            var parts = file.Split('/');
            if (parts.Length != 2 || parts.Any(p => p.StartsWith('.'))) others++;
            else if (RootedPath.Resolve(root, file).Fault is { } fault) rejected.Add(
                new RejectedInput(file, parts[0], fault, "Put the file itself there, or name its folder as the source."));
            else if (IdentityName.Fault(parts[0]) is { } name) rejected.Add(new RejectedInput(file, parts[0], name, "Rename the folder."));
            else inputs.Add(new IngestInput { File = file, FullPath = full, Video = "", Identity = parts[0], Licence = licence });
        }

        return new FolderListing(inputs, rejected, others);
    }

    private static IEnumerable<string> Files(string root) =>
        FolderEntry.Below(root).Where(entry => entry.Kind != FileKind.Folder)
            .Select(entry => Path.Combine(Path.GetFullPath(root), entry.Name));

    /// <summary>Sorts by path and gives each file a name that may stand in a key.</summary>
    private static IngestInput[] WithNames(IReadOnlyList<IngestInput> inputs)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. inputs.OrderBy(i => i.File, StringComparer.Ordinal).Select(input =>
        {
            var name = Plain(Path.ChangeExtension(input.File, null));
            // Where two paths come to the same name, or one is too long, a piece of the path's hash keeps them apart.
            if (name.Length > LongestVideoName || !taken.Add(name))
            {
                name = $"{name[..Math.Min(name.Length, LongestVideoName - 9)]}-{Hashes.OfText(input.File)[..8]}";
                taken.Add(name);
            }

            return input with { Video = name };
        })];
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text) plain.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '-');
        return plain.Length == 0 ? "video" : plain.ToString();
    }
}

/// <summary>What a folder holds.</summary>
/// <param name="Inputs">Files to read, by path in ordinal order.</param>
/// <param name="Rejected">Manifest rows that cannot be followed.</param>
/// <param name="Unlisted">Files below the root that are not read because no row names them.</param>
public sealed record FolderListing(IReadOnlyList<IngestInput> Inputs, IReadOnlyList<RejectedInput> Rejected, int Unlisted);
