using System.Text.Json;

namespace ForensicHeads.Experiments.Withdrawal;

/// <summary>Walks folders and notes what in them could derive from somebody.</summary>
internal sealed class DerivedSearch(Action<string> warn, CancellationToken cancellation)
{
    private readonly Dictionary<string, FrameStore> stores = new(StringComparer.Ordinal);
    private readonly List<string> experiments = [];
    private readonly List<string> detectors = [];
    private readonly List<string> trainings = [];
    private readonly List<string> heads = [];
    private readonly List<string> texts = [];

    /// <summary>The stores found that belong to no experiment.</summary>
    public IReadOnlyList<FrameStore> Stores => [.. stores.Values];

    /// <summary>Looks at a folder and, unless it is one thing as a whole, at what lies in it.</summary>
    public void Visit(string folder)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Has(folder, "store.json"))
        {
            Attempt(folder, () => stores[folder] = FrameStore.Open(folder));
            return;
        }

        if (IsReport(folder))
        {
            experiments.Add(folder);
            // Its own stores and features go with it; what somebody put beneath it stands for itself.
            foreach (var below in Folders(folder)
                .Where(below => below.Name is not ("work" or "features" or "figures"))) Visit(below.FullName);
            return;
        }

        if (Has(folder, "detector.json"))
        {
            detectors.Add(folder);
            return;
        }

        if (Has(folder, "run.json"))
        {
            trainings.Add(folder);
            return;
        }

        foreach (var entry in Entries(folder))
        {
            if (entry is DirectoryInfo) Visit(entry.FullName);
            else if (entry.Extension is ".safetensors" or ".onnx") heads.Add(entry.FullName);
            else if (entry.Extension is ".json" or ".person") texts.Add(entry.FullName);
        }
    }

    /// <summary>What derives from a person, apart from stores.</summary>
    /// <param name="identity">The person.</param>
    /// <param name="hashes">Hashes of the stores that hold something of the person.</param>
    public IEnumerable<DerivedFile> Things(string identity, IReadOnlySet<string> hashes)
    {
        foreach (var folder in experiments)
        {
            if (Attempt(folder, () => ReportFolder.Of(folder, identity, hashes, cancellation)) is { } report) yield return report;
        }

        foreach (var folder in detectors)
        {
            var manifest = Attempt(folder, () => SavedDetector.ReadManifest(folder));
            if (manifest?.TrainingStores.FirstOrDefault(store => hashes.Contains(store.Value)).Key is { } store)
                yield return Whole(folder, DerivedKind.Detector, $"learnt from the store '{store}', which holds them", "detector.json",
                    SavedDetector.Confirmed(folder, manifest));
        }

        foreach (var folder in trainings)
        {
            if (Attempt(folder, () => RunData(folder)) is { } data && hashes.Contains(data))
                yield return Whole(folder, DerivedKind.Training, "learnt from a store that holds them", RunFolder.OptionsName,
                    RunFiles.Confirmed(folder));
        }

        foreach (var file in heads)
        {
            var shown = Attempt(file, () => Path.GetExtension(file) == ".onnx" ? OnnxMetadata.IdentityIn(file) : HeadFile.IdentityIn(file));
            if (IdentityName.Same(shown, identity)) yield return new DerivedFile(file, DerivedKind.Head, "a head of them");
        }

        foreach (var thing in texts.SelectMany(file => Attempt(file, () => OfText(file, identity)) ?? [])) yield return thing;
    }

    // All that lies in the folder and is not confirmed stays. What names the whole goes last, and only with all of it, so that the rest is
    // found again.
    private static DerivedFile Whole(string folder, DerivedKind kind, string why, string manifest, IReadOnlyList<string> confirmed)
    {
        var others = FolderEntry.Below(folder).Where(entry => entry.Kind != FileKind.Folder && !confirmed.Contains(entry.Name)).ToArray();
        var files = confirmed.Where(name => name != manifest);
        return new DerivedFile(folder, kind, why)
        {
            Files = [.. files, .. others.Length == 0 ? [manifest] : Array.Empty<string>()],
            Left = [.. others.Select(
                entry => new UnconfirmedFile(Path.Combine(folder, entry.Name), "nothing confirms that it was made with the rest"))],
        };
    }

    private static string? RunData(string folder)
    {
        using var document = JsonDocument.Parse(PlainFile.ReadText(folder, RunFolder.OptionsName));
        return document.RootElement.TryGetProperty("inputs", out var inputs) && inputs.TryGetProperty("data_sha256", out var hash)
            ? hash.GetString() : null;
    }

    // A sidecar of an export, an enrolled person, or a split; any other JSON file is none of ours.
    private static IReadOnlyList<DerivedFile> OfText(string file, string identity)
    {
        var (folder, name) = ChosenPath.Of(file);
        using var document = JsonDocument.Parse(PlainFile.ReadText(folder, name));
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) return [];
        if (root.TryGetProperty("head_sha256", out _)) return ExportSidecar.Of(folder, name, identity);
        if (root.TryGetProperty("network_sha256", out _) && root.TryGetProperty("references", out _))
            return root.TryGetProperty("identity", out var person) && IdentityName.Same(person.GetString(), identity)
                ? [new DerivedFile(file, DerivedKind.Person, "it tells them again")] : [];
        if (root.TryGetProperty("identities", out var people) && people.ValueKind == JsonValueKind.Object
            && root.TryGetProperty("seed", out _) && people.EnumerateObject().Any(person => IdentityName.Same(person.Name, identity)))
        {
            Split.Load(file);
            return [new DerivedFile(file, DerivedKind.Split, "it gives them a role")];
        }

        return [];
    }

    private static IEnumerable<FileSystemInfo> Entries(string folder) =>
        new DirectoryInfo(folder).EnumerateFileSystemInfos()
        .Where(entry => FileKinds.Of(entry.FullName) is FileKind.Plain or FileKind.Folder)
        .OrderBy(entry => entry.Name, StringComparer.Ordinal);

    private static IEnumerable<DirectoryInfo> Folders(string folder) => Entries(folder).OfType<DirectoryInfo>();

    // Others call their logs log.jsonl, too: ours is a chain of events and hashes.
    private static bool IsReport(string folder)
    {
        if (!Has(folder, EvidenceLog.Name)) return false;
        try
        {
            using var first = JsonDocument.Parse(PlainFile.ReadLines(folder, EvidenceLog.Name) is [var line, ..] ? line : "");
            return first.RootElement.ValueKind == JsonValueKind.Object && first.RootElement.TryGetProperty("what", out _)
                && first.RootElement.TryGetProperty("hash", out _);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or UserErrorException)
        {
            // A damaged chain of ours is still told by what lies beside it.
            return Has(folder, "experiment.json") || Has(folder, "results.json");
        }
    }

    private static bool Has(string folder, string file) => FileKinds.Of(Path.Combine(folder, file)) == FileKind.Plain;

    // What cannot be read is named and passed over: one damaged file must not hide the others.
    private T? Attempt<T>(string path, Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            warn($"{path} cannot be read and was passed over: {error.Message.ReplaceLineEndings(" ")}");
            return default;
        }
    }
}

/// <summary>What was made from a person's frames.</summary>
public enum DerivedKind
{
    /// <summary>A store with frames of the person, frames that they drove, or a file that names them; it is rewritten without
    /// them.</summary>
    Store,

    /// <summary>A head of the person, as safetensors or ONNX file.</summary>
    Head,

    /// <summary>A video or pictures for people, of the person or driven by them, with the sidecar.</summary>
    Export,

    /// <summary>A file of <c>detect enroll</c>, by which the person is told again.</summary>
    Person,

    /// <summary>A split that names the person; it is rewritten without them.</summary>
    Split,

    /// <summary>A report of an experiment or of <c>detect evaluate</c> in which the person took part, its cache included.</summary>
    Experiment,

    /// <summary>A detector that learnt from a store with the person.</summary>
    Detector,

    /// <summary>A training run of a generator that learnt from a store with the person.</summary>
    Training,
}

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
