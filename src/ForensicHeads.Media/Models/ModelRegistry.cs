namespace ForensicHeads.Media.Models;

/// <summary>Finds, checks, copies and downloads the models of <see cref="FaceModels"/>. A file whose SHA-256 is not the pinned one is never
/// used.</summary>
/// <remarks>
/// Folders searched, in this order: the one given (<c>--models DIR</c>), the environment variable <c>FORENSICHEADS_MODELS</c>, the user's
/// own (<c>~/.local/share/forensicheads/models</c>).
/// </remarks>
public static class ModelRegistry
{
    /// <summary>The environment variable that names a models folder.</summary>
    public const string EnvironmentVariable = "FORENSICHEADS_MODELS";

    /// <summary>The user's own models folder, where <c>models fetch</c> puts files.</summary>
    public static string UserFolder { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "forensicheads",
        "models");

    /// <summary>The folders searched, first match wins.</summary>
    /// <param name="folder">The folder of <c>--models</c>, or null.</param>
    public static IReadOnlyList<string> Folders(string? folder = null) =>
        [.. new[] { folder, Environment.GetEnvironmentVariable(EnvironmentVariable), UserFolder }.OfType<string>()
            .Where(f => f.Length > 0)];

    /// <summary>Every known model with the place and state of its file.</summary>
    public static IReadOnlyList<ModelEntry> List(string? folder = null) => [.. FaceModels.All.Select(model => Look(model, folder))];

    /// <summary>Checks that every needed model is there and that no file found has another content.</summary>
    /// <exception cref="UserErrorException">A needed model is missing, or a file does not match its SHA-256.</exception>
    public static IReadOnlyList<ModelEntry> Verify(string? folder = null)
    {
        var entries = List(folder);
        foreach (var entry in entries)
        {
            if (entry.State == ModelState.Mismatch) throw Mismatch(entry);
            if (entry.State == ModelState.Missing && entry.Model.Needed) throw Missing(entry.Model);
        }

        return entries;
    }

    /// <summary>Reads a model; the bytes returned are the bytes that were checked.</summary>
    /// <exception cref="UserErrorException">Missing, unreadable, or another content than the pinned one.</exception>
    public static byte[] Load(FaceModel model, string? folder = null)
    {
        var path = Find(model, folder) ?? throw Missing(model);
        var bytes = ReadBounded(path, model);
        var hash = Hashes.Of(bytes);
        return hash == model.Sha256 ? bytes : throw Mismatch(new ModelEntry(model, ModelState.Mismatch, path, hash));
    }

    /// <summary>Copies the known models that <paramref name="source"/> holds into <paramref name="target"/>, each checked before it takes
    /// its name.</summary>
    /// <param name="source">Folder to take them from.</param>
    /// <param name="target">Folder to put them in; null for <see cref="UserFolder"/>.</param>
    /// <exception cref="UserErrorException">No such folder, a needed model is not in it, or a file does not match.</exception>
    public static IReadOnlyList<ModelEntry> FetchFrom(string source, string? target = null)
    {
        if (!Directory.Exists(
            source)) throw new UserErrorException($"--from {source} is not a folder; name the folder that holds the model files.",
            2);
        var absent = FaceModels.All.FirstOrDefault(model => model.Needed && !File.Exists(Path.Combine(source, model.File)));
        if (absent
            is not null) throw new UserErrorException(
                $"{absent.File} is not in {source}; it is needed. It can be had from {absent.Address}.");
        var fetched = new List<ModelEntry>();
        foreach (var model in FaceModels.All)
        {
            var path = Path.Combine(source, model.File);
            if (File.Exists(path)) fetched.Add(Accept(model, ReadBounded(path, model), path, target ?? UserFolder));
        }

        return fetched;
    }

    /// <summary>Downloads every model that is not yet whole in <paramref name="target"/>, each checked before it takes its name.</summary>
    /// <exception cref="UserErrorException">No network, a refusal of the server, or another content than the pinned one.</exception>
    public static async Task<IReadOnlyList<ModelEntry>> FetchFromNetwork(
        HttpClient client, string? target = null, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var folder = target ?? UserFolder;
        var fetched = new List<ModelEntry>();
        foreach (var model in FaceModels.All)
        {
            progress?.Report(new StepProgress("models", fetched.Count, FaceModels.All.Count, "files", model.File));
            var path = Path.Combine(folder, model.File);
            if (File.Exists(path) && Hashes.OfFile(path) == model.Sha256)
            {
                fetched.Add(new ModelEntry(model, ModelState.Ok, path, model.Sha256));
                continue;
            }

            fetched.Add(Accept(model, await Download(client, model, cancellation).ConfigureAwait(false), model.Address.ToString(), folder));
        }

        progress?.Report(new StepProgress("models", fetched.Count, FaceModels.All.Count, "files"));
        return fetched;
    }

    private static async Task<byte[]> Download(HttpClient client, FaceModel model, CancellationToken cancellation)
    {
        try
        {
            using var response = await client.GetAsync(model.Address, HttpCompletionOption.ResponseHeadersRead, cancellation)
                .ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            await using var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            // One byte more than pinned is enough to see that the content is another.
            var bytes = new byte[model.Bytes + 1];
            var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            return bytes[..length];
        }
        catch (Exception error)
            when (error is HttpRequestException or IOException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new UserErrorException(
                $"Cannot download {model.File} from {model.Address}: {error.Message.TrimEnd('.')}. Without a network, run "
                    + "./forensicheads models fetch --from DIR with a folder that holds it.",
                inner: error);
        }
    }

    private static ModelEntry Accept(FaceModel model, byte[] bytes, string origin, string folder)
    {
        var hash = Hashes.Of(bytes);
        if (hash != model.Sha256) throw Mismatch(new ModelEntry(model, ModelState.Mismatch, origin, hash));
        AtomicFile.WriteBytes(folder, model.File, bytes);
        return new ModelEntry(model, ModelState.Ok, Path.Combine(folder, model.File), hash);
    }

    private static ModelEntry Look(FaceModel model, string? folder)
    {
        var path = Find(model, folder);
        if (path is null) return new ModelEntry(model, ModelState.Missing, null, null);
        var hash = Hashes.OfFile(path);
        return new ModelEntry(model, hash == model.Sha256 ? ModelState.Ok : ModelState.Mismatch, path, hash);
    }

    private static string? Find(FaceModel model, string? folder) =>
        Folders(folder).Select(f => Path.Combine(f, model.File)).FirstOrDefault(File.Exists);

    private static byte[] ReadBounded(string path, FaceModel model) => PlainFile.Reading($"the model {path}", () =>
    {
        using var stream = PlainFile.Open(path);
        var bytes = new byte[Math.Min(stream.Length, model.Bytes + 1)];
        stream.ReadExactly(bytes);
        return bytes;
    });

    private static UserErrorException Missing(FaceModel model) => new(
        $"The model {model.File} ({model.Role}) is in none of {string.Join(", ", Folders())}; run ./forensicheads models fetch --from "
            + "DIR, or name its folder with --models DIR.");

    private static UserErrorException Mismatch(ModelEntry entry) => new(
        $"{entry.Path} is not the model it should be: its SHA-256 starts {entry.Sha256![..12]}, {entry.Model.Sha256[..12]} is pinned. It "
            + "was refused; remove it and run ./forensicheads models fetch again.");
}

/// <summary>One line of <c>models list</c> and <c>models verify</c>.</summary>
/// <param name="Model">The model.</param>
/// <param name="State">Whether it is there and whole.</param>
/// <param name="Path">Where it lies; null when missing.</param>
/// <param name="Sha256">SHA-256 of the file found; null when missing.</param>
public sealed record ModelEntry(FaceModel Model, ModelState State, string? Path, string? Sha256);

/// <summary>How a model file was found.</summary>
public enum ModelState
{
    /// <summary>There, and its content is the pinned one.</summary>
    Ok,

    /// <summary>In none of the models folders.</summary>
    Missing,

    /// <summary>There, but with another content; it will not be loaded.</summary>
    Mismatch,
}
