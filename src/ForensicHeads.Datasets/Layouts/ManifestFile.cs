using System.Globalization;

namespace ForensicHeads.Datasets.Layouts;

/// <summary>Reads a <c>manifest.csv</c>: the columns <c>file</c> and <c>identity</c>, and those of <see cref="Optional"/> that are
/// there.</summary>
/// <remarks>
/// A manifest that nearly fits is refused, never read as if nothing were said: a label that is passed over makes a fake a real frame.
/// </remarks>
internal sealed class ManifestFile
{
    /// <summary>Its name.</summary>
    public const string Name = "manifest.csv";

    private static readonly string[] Needed = ["file", "identity"];

    /// <summary>What may be said of a fake only.</summary>
    private static readonly string[] OfFakes = ["generator", "mode", "shots", "draw", "driver", "reference"];

    /// <summary>Columns that may be left out.</summary>
    private static readonly string[] Optional = ["label", .. OfFakes, "face", "licence", "may_generate", "group", "split", "collection"];

    private readonly string root;
    private readonly string licence;
    private readonly HashSet<string> listed;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    private ManifestFile(string root, string licence, IEnumerable<string> listed)
    {
        this.root = root;
        this.licence = licence;
        this.listed = listed.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Lists the files that its rows name.</summary>
    /// <param name="root">The folder that it lies in.</param>
    /// <param name="files">All files below that folder.</param>
    /// <param name="licence">Licence of files for which it states none.</param>
    /// <exception cref="UserErrorException">It cannot be read, lacks a column, or has one that nearly has a known name.</exception>
    public static DatasetListing Read(string root, IReadOnlyCollection<string> files, string licence)
    {
        var table = CsvReader.Read(root, Name);
        CheckHeader(table, Path.Combine(root, Name));
        var manifest = new ManifestFile(root, licence, table.Rows.Select(row => row["file"]!));
        var (inputs, rejected) = (new List<IngestInput>(), new List<RejectedInput>());
        foreach (var row in table.Rows)
        {
            var file = row["file"]!;
            var (full, fault) = RootedPath.Resolve(root, file);
            fault ??= manifest.Fault(row, full!);
            if (fault is null) inputs.Add(manifest.Input(row, file, full!));
            else rejected.Add(
                new RejectedInput(file, row["identity"], $"manifest line {row.Line}: {fault}", "Correct the row or remove it."));
        }

        return new DatasetListing(inputs, rejected,
        [
            .. files.Where(file => file != Name && !manifest.listed.Contains(file) && !manifest.seen.Contains(manifest.FullPath(file)))
                .Select(file => LeftOutFile.Hidden(file) ?? new LeftOutFile(file, $"in no row of {Name}")).Distinct(),
        ]);
    }

    /// <summary>Whether somebody may have meant this file of the root to be the manifest.</summary>
    public static bool IsNearly(string file) => file != Name && !file.Contains('/', StringComparison.Ordinal)
        && file.StartsWith(Path.GetFileNameWithoutExtension(Name), StringComparison.OrdinalIgnoreCase);

    private static void CheckHeader(CsvTable table, string path)
    {
        foreach (var column in Needed)
            if (!table.Header.Contains(column)) throw new UserErrorException(
                $"{path} has no column '{column}'; its columns are {string.Join(", ", table.Header)}.");
        foreach (var column in table.Header.Except([.. Needed, .. Optional]))
            if (Optional.FirstOrDefault(known => Bare(known) == Bare(column)) is { } meant) throw new UserErrorException(
                $"{path} has a column '{column}', which would be passed over; call it '{meant}', or give it a name of its own.");
    }

    // Case, spaces, underscores and a plural do not make another name.
    private static string Bare(string column) =>
        new string([.. column.Where(char.IsLetterOrDigit)]).ToUpperInvariant() is var bare && bare.EndsWith('S') ? bare[..^1] : bare;

    private string FullPath(string file) => Path.GetFullPath(Path.Combine(root, file));

    private string? Fault(CsvRow row, string full)
    {
        if (!File.Exists(full)) return "there is no such file";
        if (IdentityName.Fault(row["identity"]?.Trim()) is { } identity) return "the " + identity;
        if (Cell(row, "label") is { } label && LabelOf(label) is null) return $"the label '{label}' is neither real, fake nor generated";
        if (Cell(row, "may_generate") is { } may and not ("yes" or "no")) return $"may_generate is '{may}'; allowed are yes and no";
        if (Cell(row, "face") is { } face && FaceChoice.Parse(face) is null)
            return $"face is '{face}'; allowed are {FaceChoice.Forms}";
        return FaultOfOrigin(row) ?? (seen.Add(full) ? null : "the file is listed twice");
    }

    private string? FaultOfOrigin(CsvRow row)
    {
        if (LabelOf(Cell(row, "label")) is null or Label.Real
            && OfFakes.FirstOrDefault(column => Cell(row, column) is not null) is { } said)
            return $"{said} is '{row[said]}', but the label is {Cell(row, "label") ?? "empty"}; only a row that says fake has a {said}";
        if (Cell(row, "mode") is { } mode && OriginText.ModeOf(mode) is null) return $"mode is '{mode}'; allowed are ff and ft";
        if (Cell(row, "shots") is { } shots && Number(shots) is null or 0) return $"shots is '{shots}'; allowed are whole numbers from 1";
        if (Cell(row, "draw") is { } draw && Number(draw) is null) return $"draw is '{draw}'; allowed are whole numbers from 0";
        if (References(row).FirstOrDefault(file => !listed.Contains(file)) is { } lost)
            return $"the reference '{lost}' is no file of this manifest; put ';' between several";
        if (Cell(row, "driver") is not { } driver || listed.Contains(driver)) return null;
        return IdentityName.Fault(driver) is not null || File.Exists(FullPath(driver))
            ? $"the driver '{driver}' is neither a file of this manifest nor a person" : null;
    }

    private IngestInput Input(CsvRow row, string file, string full) => new()
    {
        File = file,
        FullPath = full,
        Identity = row["identity"]!.Trim(),
        Origin = LabelOf(Cell(row, "label")) is not Label.Generated ? FrameOrigin.Real : new FrameOrigin
        {
            Label = Label.Generated,
            Generator = Cell(row, "generator"),
            Mode = OriginText.ModeOf(Cell(row, "mode")),
            Shots = Number(Cell(row, "shots")),
            Draw = Number(Cell(row, "draw")),
        },
        Face = Cell(row, "face") is { } face ? FaceChoice.Parse(face) : null,
        Driver = Cell(row, "driver"),
        Reference = References(row),
        OfficialSplit = Cell(row, "split"),
        Collection = Cell(row, "collection"),
        Licence = Cell(row, "licence") ?? licence,
        MayGenerate = row["may_generate"] == "yes",
        Group = row["group"] ?? "",
    };

    private static string[] References(CsvRow row) =>
        Cell(row, "reference")?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string? Cell(CsvRow row, string column) => row[column] is { Length: > 0 } text ? text : null;

    // Data sets of the field say "fake".
    private static Label? LabelOf(string? text) => text == "fake" ? Label.Generated : OriginText.LabelOf(text);

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
