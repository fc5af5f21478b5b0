namespace ForensicHeads.Datasets.Layouts;

/// <summary>The layout <c>folder</c>: a tree with a <c>manifest.csv</c> (<see cref="ManifestFile"/>), or
/// <c>ROOT/&lt;identity&gt;/&lt;video&gt;.*</c>.</summary>
public sealed class FolderLayout : IDatasetLayout
{
    /// <summary>Its name.</summary>
    public const string LayoutName = "folder";

    /// <inheritdoc/>
    public string Name => LayoutName;

    /// <inheritdoc/>
    public string Tree => $"<identity>/<video>.mp4, or any tree with a {ManifestFile.Name}";

    /// <inheritdoc/>
    /// <remarks>Without a manifest, folders are people only where nothing speaks of labels or parts.</remarks>
    public string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        if (PlainFile.IsThere(tree.Root, ManifestFile.Name)) return ManifestFile.Name;
        var media = tree.Media.ToArray();
        var people = media.Select(file => file.Split('/')).Where(parts => parts.Length == 2).Select(parts => parts[0]).Distinct().ToArray();
        return people.Length < 2 || media.Any(file => file.Split('/').Length != 2) || people.Any(DatasetWords.IsNoPerson) ? null
            : $"<identity>/<video> for all {media.Length} files";
    }

    /// <inheritdoc/>
    public DatasetListing List(DatasetTree tree, string? licence)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var (root, files) = (tree.Root, tree.Entries);
        var listing = PlainFile.IsThere(root, ManifestFile.Name) ? ManifestFile.Read(root, files, licence ?? "")
            : files.FirstOrDefault(ManifestFile.IsNearly) is { } meant ? throw new UserErrorException(
                $"{Path.Combine(root, meant)} may be meant as the manifest, but is not called {ManifestFile.Name}, so that what it says of "
                + "labels and licences would be passed over. Rename it, or move it elsewhere.")
            : FromFolders(root, files, licence ?? "");
        if (listing.Inputs.Count > 0 || listing.Rejected.Count > 0) return listing with
        {
            Rejected = [.. listing.Rejected, .. tree.Locked],
            Split = OfficialParts.SplitOf(LayoutName, listing.Inputs, DatasetWords.RoleOf),
        };
        var manifest = Path.Combine(root, ManifestFile.Name);
        throw new UserErrorException($"{root} holds no videos or photos; expected is {manifest}, or files as <identity>/<video>.mp4.");
    }

    private static DatasetListing FromFolders(string root, IReadOnlyList<string> files, string licence)
    {
        var (inputs, rejected) = (new List<IngestInput>(), new List<RejectedInput>());
        var others = new List<LeftOutFile>();
        foreach (var file in files)
        {
            var parts = file.Split('/');
            if (LeftOutFile.Hidden(file) is { } hidden) others.Add(hidden);
            else if (parts.Length != 2) others.Add(new LeftOutFile(file, (FileKinds.OfTarget(Path.Combine(root, file)), parts.Length) switch
            {
                (FileKind.Folder, _) => MediaFolder.LinkToFolder,
                (_, 1) => "in no person's folder (expected is <identity>/<video>)",
                _ => "in a folder below a person's folder (expected is <identity>/<video>)",
            }));
            else if (RootedPath.Resolve(root, file) is var (full, fault) && fault is not null) rejected.Add(
                new RejectedInput(file, parts[0], fault, "Put the file itself there, or name its folder as the source."));
            else if (IdentityName.Fault(parts[0]) is { } name) rejected.Add(new RejectedInput(file, parts[0], name, "Rename the folder."));
            else inputs.Add(new IngestInput { File = file, FullPath = full!, Identity = parts[0], Licence = licence });
        }

        return new DatasetListing(inputs, rejected, [.. others.Distinct()]);
    }
}
