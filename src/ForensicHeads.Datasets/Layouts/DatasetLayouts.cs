namespace ForensicHeads.Datasets.Layouts;

/// <summary>The catalogue of layouts.</summary>
public static class DatasetLayouts
{
    /// <summary>What <c>--layout</c> says for <see cref="Recognise"/>.</summary>
    public const string Auto = "auto";

    private const int Most = 3;

    /// <summary>Every layout, in the order in which lists name them.</summary>
    public static Catalogue<IDatasetLayout> All { get; } = new("data-set layout",
        new FolderLayout(),
        new VoxCeleb1Layout(),
        new VoxCeleb2Layout(),
        new FfppLayout(),
        new CelebDfLayout(),
        new DfdcLayout(),
        new DfdcPreviewLayout(),
        new FakeAvCelebLayout(),
        new AvDeepfake1MLayout(),
        new Df40Layout(),
        new DeepfakeBenchLayout(),
        new DeeperForensicsLayout(),
        new UadfvLayout(),
        new GridLayout(),
        new CremaDLayout(),
        new RavdessLayout(),
        new WebDatasetLayout(),
        new HuggingFaceLayout());

    /// <summary>Reads a tree by the layout of that name, or by the one that knows it.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="layout">Its name; <see cref="Auto"/> to ask all.</param>
    /// <param name="licence">Licence of files for which the data set states none; null when unknown.</param>
    /// <exception cref="UserErrorException">No such folder or layout, a layout that does not fit, or nothing to read.</exception>
    public static DatasetListing Read(string root, string layout, string? licence = null)
    {
        var tree = DatasetTree.Of(root);
        if (layout != Auto) return Named(All.ByName(layout), tree, licence);
        var (found, by) = Recognise(tree);
        var listing = found.List(tree, licence);
        return listing.Inputs.Count > 0 ? listing with { Layout = found.Name, RecognisedBy = by }
            : throw new UserErrorException($"{root} is {found.Name}, by {by}, but holds nothing to read{Why(listing)}.");
    }

    /// <summary>A layout reads a folder.</summary>
    /// <inheritdoc cref="IDatasetLayout.List"/>
    public static DatasetListing List(this IDatasetLayout layout, string root, string? licence)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return layout.List(DatasetTree.Of(root), licence);
    }

    /// <summary>The one layout that knows a tree as its own, and by what.</summary>
    /// <exception cref="UserErrorException">None does, or several do; the message says what was seen.</exception>
    public static (IDatasetLayout Layout, string By) Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var known = Known(tree);
        // What the owner wrote down counts before all, and folders of people only where no data set is known.
        var folder = Array.Find(known, one => one.Layout is FolderLayout);
        if (folder.By == ManifestFile.Name) return folder;
        if (known.Length > 1) known = [.. known.Where(one => one.Layout is not FolderLayout)];
        if (known.Length == 1) return known[0];
        if (known.Length > 1) throw new UserErrorException(
            $"{tree.Root} fits {known.Length} layouts: {string.Join("; ", known.Select(Said))}. Name the folder of one data set, or the "
            + "layout with --layout.");
        throw new UserErrorException($"{tree.Root} is not recognised: {tree.Seen()}, which no layout knows. Name the layout with --layout "
            + $"({string.Join(", ", All.Names)}), or put a {ManifestFile.Name} there.");
    }

    private static (IDatasetLayout Layout, string By)[] Known(DatasetTree tree) =>
    [
        .. All.All.Select(layout => (layout, by: layout.Recognise(tree))).Where(one => one.by is not null)
            .Select(one => (one.layout, one.by!)),
    ];

    private static DatasetListing Named(IDatasetLayout layout, DatasetTree tree, string? licence)
    {
        var listing = layout.List(tree, licence) with { Layout = layout.Name };
        var isOwn = layout.Recognise(tree) is not null;
        if (listing.Inputs.Count > 0 && (isOwn || layout is not FolderLayout)) return listing;
        var others = Known(tree).Where(one => one.Layout != layout).Take(Most).Select(Said).ToArray();
        var hint = others.Length == 0 ? "" : $" It looks like {string.Join(" or ", others)}.";
        // A layout that reads folders as people takes the fakes of a known set for real ones.
        if (listing.Inputs.Count > 0 || layout is FolderLayout)
            return hint.Length == 0 ? listing : listing with { Notes = [.. listing.Notes, $"Read as {layout.Name}.{hint}"] };
        throw isOwn ? new UserErrorException($"{tree.Root} holds nothing to read{Why(listing)}.")
            : new UserErrorException($"{tree.Root} does not fit the layout {layout.Name} ({layout.Tree}): {tree.Seen()}{Why(listing)}."
                + $"{hint} Name another layout, or {Auto}.", 2);
    }

    private static string Said((IDatasetLayout Layout, string By) one) => $"{one.Layout.Name}, by {one.By}";

    private static string Why(DatasetListing listing)
    {
        string[] reasons = [.. listing.Rejected.Select(line => $"{line.File}: {line.Reason}").Take(1),
            .. listing.LeftOut.CountBy(file => file.Reason).Take(Most).Select(reason => $"{reason.Value} × {reason.Key}")];
        return reasons.Length == 0 ? "" : "; " + string.Join(", ", reasons);
    }
}
