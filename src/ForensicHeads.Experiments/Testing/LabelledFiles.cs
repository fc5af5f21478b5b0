namespace ForensicHeads.Experiments.Testing;

/// <summary>What a folder says of its files: a <c>manifest.csv</c>, or the folders <c>real</c> and <c>fake</c>.</summary>
/// <param name="Said">Person and origin by absolute path.</param>
public sealed record LabelledFiles(IReadOnlyDictionary<string, (string Identity, FrameOrigin Origin)> Said)
{
    private static readonly (string Folder, Label Label)[] Folders =
        [(Label.Real.Text(), Label.Real), ("fake", Label.Generated), (Label.Generated.Text(), Label.Generated)];

    /// <summary>The labels of a folder; null where it says none.</summary>
    /// <exception cref="UserErrorException">A manifest that cannot be understood.</exception>
    public static LabelledFiles? Of(string folder)
    {
        if (PlainFile.IsThere(folder, "manifest.csv")) return new LabelledFiles(new FolderLayout().List(folder, null).Inputs
            .ToDictionary(input => input.FullPath, input => (input.Identity, input.Origin), StringComparer.Ordinal));
        var parts = Folders.Where(part => Directory.Exists(Path.Combine(folder, part.Folder))).ToArray();
        return parts.Length < 2 ? null : new LabelledFiles(parts.SelectMany(part =>
            // Nobody says who is who: each file counts as a person of its own.
            MediaFolder.Of(Path.Combine(folder, part.Folder)).Files.Select(file => (File: Path.GetFullPath(file), part.Label)))
            .ToDictionary(file => file.File, file => (file.File, new FrameOrigin { Label = file.Label }), StringComparer.Ordinal));
    }

    /// <summary>The label of a file; null where nobody says.</summary>
    public Label? LabelOf(string path) => Said.TryGetValue(Path.GetFullPath(path), out var said) ? said.Origin.Label : null;

    /// <summary>How a detector did on the files that have a label and a score; null where a class has none.</summary>
    /// <param name="saved">The detector.</param>
    /// <param name="name">Its name in the tables.</param>
    /// <param name="files">What it said.</param>
    public DetectorTestResult? Test(SavedDetector saved, string name, IReadOnlyList<FileScore> files)
    {
        ArgumentNullException.ThrowIfNull(saved);
        ArgumentNullException.ThrowIfNull(files);
        var threshold = saved.Manifest.VideoThreshold ?? saved.Manifest.Threshold ?? 0;
        ScoredItem[] items = [.. files.Where(file => file.Score is not null && Said.ContainsKey(Path.GetFullPath(file.File))).Select(file =>
        {
            var (identity, origin) = Said[Path.GetFullPath(file.File)];
            return new ScoredItem
            {
                Identity = identity,
                Video = file.File,
                Key = file.File,
                Origin = origin,
                Condition = FrameConditions.Clean,
                Level = Level.Video,
                Detector = name,
                Score = file.Score!.Value - threshold,
                Llr = file.Llr,
                Probability = file.Probability,
                Frames = file.Tracks.Sum(track => track.Frames),
            };
        })];
        if (items.All(item => item.Generated) || items.All(item => !item.Generated)) return null;
        var left = files.Count(file => LabelOf(file.File) is not null) - items.Length;
        return new DetectorTestResult(
            DetectorTest.Measure(new TestedItems(items, [name], [FrameConditions.Clean], TestRow.Dimensions, 1, Level.Video)) with
            {
                Warnings = left == 0 ? [] : [$"{left} labelled files have no score (rejected, or without a face) and are not counted."],
            }, items, [new ReportFact($"detector {name}", saved.Sha256)]);
    }
}
