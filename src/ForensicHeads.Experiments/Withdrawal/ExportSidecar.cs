namespace ForensicHeads.Experiments.Withdrawal;

/// <summary>An export by its sidecar. What the sidecar names goes only if it is a file of a kind that exports are, with the very bytes that
/// were exported.</summary>
internal static class ExportSidecar
{
    private static readonly string[] Endings = [".mp4", ".png"];

    /// <summary>The files of an export that shows a person or was driven by them, and its sidecar; empty for other files.</summary>
    public static IReadOnlyList<DerivedFile> Of(string folder, string name, string identity)
    {
        if (Sidecar.ContentOf(folder, name) is not { } sidecar) return [];
        var why = sidecar.Identity == identity ? "it shows them"
            : IdentityName.Same(sidecar.DriverIdentity, identity) ? "they drove it" : null;
        if (why is null) return [];
        DerivedFile Thing(string file, string? left) =>
            new(Path.Combine(folder, file), DerivedKind.Export, why) { Left = left is null ? [] : [new(Path.Combine(folder, file), left)] };
        DerivedFile[] named =
            [.. sidecar.Files.Where(file => file?.File == Path.GetFileName(file?.File) && file!.File is not ("" or "." or "..")
            && PlainFile.IsThere(folder, file.File)).Select(file => Thing(file.File, Doubt(folder, file)))];
        // A sidecar that names what is not an export stays, and says so.
        var doubted = named.Any(thing => thing.Left.Count > 0);
        return [.. named, Thing(name, doubted ? "it names files that it does not know" : null)];
    }

    private static string? Doubt(string folder, OutputFile file) =>
        !Endings.Contains(Path.GetExtension(file.File)) ? "no export is a file of that kind"
        : !PlainFile.Is(folder, file.File, file.Sha256) ? "its SHA-256 is not the one that the sidecar notes"
        : null;
}
