using System.Text;
using System.Text.Json;

namespace ForensicHeads.Datasets.Layouts;

/// <summary>What a layout finds out of a tree, file by file. A file that is none, and a list that cannot be read, cost a line each and
/// never the data set.</summary>
public sealed class DatasetReading
{
    private const int PointerBytes = 1024;
    private const int Named = 3;
    private static readonly byte[] Pointer = Encoding.ASCII.GetBytes("version https://git-lfs");
    private readonly string title;
    private readonly string licence;
    private readonly List<IngestInput> inputs = [];
    private readonly List<RejectedInput> rejected;
    private readonly List<LeftOutFile> leftOut;
    private readonly List<string> notes = [];
    private readonly List<ExpectedCount> counts = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>Begins with the files of a tree.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="title">Name of the data set, the collection of its files.</param>
    /// <param name="licence">Licence of its files.</param>
    public DatasetReading(DatasetTree tree, string title, string licence)
    {
        ArgumentNullException.ThrowIfNull(tree);
        Tree = tree;
        (this.title, this.licence) = (title, licence);
        rejected = [.. tree.Locked];
        leftOut = [.. tree.LeftOut];
    }

    /// <summary>The files.</summary>
    public DatasetTree Tree { get; }

    /// <summary>What was taken so far.</summary>
    public IReadOnlyList<IngestInput> Inputs => inputs;

    /// <summary>Whether a file was taken, refused or put aside.</summary>
    public bool Knows(string file) => seen.Contains(file);

    /// <summary>A file of a person, for <see cref="Add"/>: real until it is said otherwise, and never to be generated from.</summary>
    public IngestInput Input(string file, string identity) => new()
    {
        File = file,
        FullPath = Tree.FullPath(file),
        Identity = identity,
        Licence = licence,
        Collection = title,
    };

    /// <summary>Takes a file, unless it is empty, a pointer, or leads out of the root; then it is refused.</summary>
    public void Add(IngestInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!seen.Add(input.File)) return;
        if (IdentityName.Fault(input.Identity) is { } name) Refuse(input, name, "Rename it, and keep the old name for yourself.");
        else if (input.Member is null && Fault(input) is var (fault, remedy)) Refuse(input, fault, remedy);
        else inputs.Add(input);
    }

    /// <summary>Puts a file aside that shows nobody, or of whom nothing is said.</summary>
    public void Leave(string file, string reason)
    {
        if (seen.Add(file)) leftOut.Add(new LeftOutFile(file, reason));
    }

    /// <summary>Says that a file is a list or the like, which was read.</summary>
    public void Used(string file) => seen.Add(file);

    /// <summary>Refuses a file, or an entry of a list.</summary>
    public void Reject(string file, string? identity, string reason, string remedy)
    {
        seen.Add(file);
        rejected.Add(new RejectedInput(file, identity, reason, remedy));
    }

    /// <summary>Refuses what a list names and nobody finds.</summary>
    public void Missing(string file, string list)
    {
        if (!seen.Contains(file)) Reject(file, null, $"{list} names it, but there is no such file", "Download it, or leave it out.");
    }

    /// <summary>Says something of the whole, in a sentence.</summary>
    public void Note(string text)
    {
        if (!notes.Contains(text)) notes.Add(text);
    }

    /// <summary>Says something of several things: how many, and the first by name.</summary>
    /// <param name="what">Such as "files whose part nobody tells".</param>
    /// <param name="names">Their names; nothing is said of none.</param>
    public void Note(string what, IEnumerable<string> names)
    {
        string[] all = [.. names.Distinct(StringComparer.Ordinal)];
        if (all.Length > 0) Note($"{char.ToUpperInvariant(what[0])}{what[1..]} ({all.Length}): {string.Join(", ", all.Take(Named))}"
            + (all.Length > Named ? ", …" : "."));
    }

    /// <summary>Sets what is found beside an official count.</summary>
    public void Expect(string what, int expected, int found) => counts.Add(new ExpectedCount(what, expected, found));

    /// <summary>The lines of a list; none where it cannot be read, which is then listed.</summary>
    public IReadOnlyList<string> Lines(string file) => Read(file, () => PlainFile.ReadText(Tree.FullPath(file))
        .Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToArray(), []);

    /// <summary>The rows of a comma-separated list, the first with the names of the columns; none where it cannot be read.</summary>
    public IReadOnlyList<string[]> Rows(string file) => Read(file, () =>
    {
        var rows = new List<string[]>();
        CsvReader.EachRow(PlainFile.ReadText(Tree.FullPath(file)), file, (_, cells) =>
        {
            if (cells is not [""]) rows.Add(cells);
        });
        return rows;
    }, []);

    /// <summary>The rows of a Parquet list, the first with the names of the columns; none where it cannot be read.</summary>
    internal IReadOnlyList<string[]> Parquet(string file) => Read(file, () => ParquetRows.Read(Tree.FullPath(file)), []);

    /// <summary>The pictures inside of a Parquet file; null where there are none, or where it cannot be read, which is then
    /// listed.</summary>
    internal ParquetPictures? Pictures(string file)
    {
        var (isRead, pictures) = Read(file, () => (true, ParquetPictures.In(Tree.FullPath(file))), (false, null));
        if (isRead && pictures is null) leftOut.Add(new LeftOutFile(file, "a table without pictures"));
        return pictures;
    }

    /// <summary>A JSON file; null where it cannot be read, which is then listed.</summary>
    public JsonElement? Json(string file) => Read<JsonElement?>(file, () =>
    {
        using var document = JsonDocument.Parse(PlainFile.ReadBytes(Tree.FullPath(file)));
        return document.RootElement.Clone();
    }, null);

    /// <summary>All that was found; what no layout's rule spoke of is put aside with a reason.</summary>
    /// <param name="layout">Who read.</param>
    /// <param name="roleOf">What the words of its parts mean.</param>
    public DatasetListing Complete(string layout, Func<string, SplitRole?> roleOf)
    {
        foreach (var file in Tree.Files.Where(file => !seen.Contains(file)))
        {
            leftOut.Add(new LeftOutFile(file, DatasetTree.IsSound(file) ? "a sound without pictures"
                : MediaFolder.IsNamedLikeMedia(file) ? $"not understood by the layout {layout}"
                    : "neither pictures nor a list that is read"));
        }

        return new DatasetListing(inputs, rejected, leftOut)
        {
            Layout = layout,
            Notes = notes,
            Counts = counts,
            Split = OfficialParts.SplitOf(layout, inputs, roleOf),
        };
    }

    private T Read<T>(string file, Func<T> read, T nothing)
    {
        seen.Add(file);
        try
        {
            return read();
        }
        catch (JsonException error)
        {
            Reject(file, null, $"it is not JSON: {error.Describe()}", "Download it again.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UserErrorException)
        {
            Reject(file, null, $"the list cannot be read: {error.Message.TrimEnd('.')}", "Download it again.");
        }

        return nothing;
    }

    private void Refuse(IngestInput input, string reason, string remedy) =>
        rejected.Add(new RejectedInput(input.File, input.Identity, reason, remedy));

    private (string Reason, string Remedy)? Fault(IngestInput input)
    {
        if (Tree.IsLink(input.File) && RootedPath.Resolve(Tree.Root, input.File).Fault is { } link)
            return (link, "Put the file itself there, or name its folder as the source.");
        var length = new FileInfo(input.FullPath).Length;
        if (length == 0) return ("the file is empty (0 bytes), as a broken download leaves it", "Download it again.");
        return length <= PointerBytes && Tree.Head(input.File, Pointer.Length).StartsWith(
            Encoding.ASCII.GetString(Pointer), StringComparison.Ordinal)
            ? ("the file is a Git LFS pointer, not the video itself", "Fetch it with 'git lfs pull'.") : null;
    }
}
