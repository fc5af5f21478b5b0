using System.Globalization;

namespace ForensicHeads.Experiments.Withdrawal;

/// <summary>Finds, and on request removes, everything that derives from a person who withdrew: in stores, heads, exports, splits,
/// experiments, detectors and trainings.</summary>
/// <remarks>
/// What learnt from a store is known by the hash of the store, so the store must be among what is searched, as it was when it was learnt
/// from. Copies that lie elsewhere, or that lost their sidecar, cannot be known.
/// </remarks>
public static class DerivedFiles
{
    /// <summary>Searches folders and everything below them.</summary>
    /// <param name="places">Stores, or folders that hold any of these things; links are not followed.</param>
    /// <param name="identity">The person, as the stores name them.</param>
    /// <param name="warn">Told of what looks like one of these things but cannot be read.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>What was found, stores last, so that a removal that was cut off can be taken up.</returns>
    /// <exception cref="UserErrorException">A place is not there.</exception>
    public static IReadOnlyList<DerivedFile> Find(IReadOnlyList<string> places, string identity, Action<string>? warn = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentException.ThrowIfNullOrEmpty(identity);
        identity = IdentityName.Canonical(identity);
        var walk = new DerivedSearch(warn ?? (_ => { }), cancellation);
        foreach (var place in places)
        {
            if (!Directory.Exists(place)) throw new UserErrorException(
                $"There is no folder {place}. Name stores, or folders that hold stores, heads, exports or reports.", exitCode: 2);
            walk.Visit(Path.TrimEndingDirectorySeparator(Path.GetFullPath(place)));
        }

        var stores = Revocation.Find(walk.Stores, identity);
        // A store of generated frames carries the name, too; whoever learnt from it learnt from the person.
        var hashes = stores.SelectMany(finding => new[] { HashOf(finding.Store, warn, cancellation), finding.Store.IndexSha256 })
            .OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. walk.Things(identity, hashes).OrderBy(thing => thing.Path, StringComparer.Ordinal), .. stores.Select(Describe)];
    }

    // A damaged store must not hide what derives from it: then its own word has to do, which here only finds more.
    private static string? HashOf(FrameStore store, Action<string>? warn, CancellationToken cancellation)
    {
        try
        {
            return store.HashContent(null, cancellation);
        }
        catch (UserErrorException error)
        {
            warn?.Invoke(error.Message);
            return store.Info.ContentSha256;
        }
    }

    /// <summary>Removes things: stores and splits are rewritten without the person, each whole or not at all; of everything else the files
    /// are deleted that are confirmed as ours.</summary>
    /// <exception cref="UserErrorException">Something cannot be removed; what came before it is gone, and the same search finds the
    /// rest.</exception>
    public static void Remove(IReadOnlyList<DerivedFile> things, string identity, IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(things);
        foreach (var thing in things)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                Remove(thing, identity, progress, cancellation);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserErrorException(
                    $"Cannot remove {thing.Path}: {error.Message.TrimEnd('.')}. Mend that and run the command again; it goes on with the "
                    + "rest.", inner: error);
            }
        }
    }

    private static void Remove(DerivedFile thing, string identity, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        if (!thing.IsRemovable) return;
        // It may have gone with a folder above it.
        if (!Directory.Exists(thing.Path) && !File.Exists(thing.Path)) return;
        if (thing.Store is { } finding)
        {
            Revocation.Remove([finding], identity, progress, cancellation);
        }
        else if (thing.Kind == DerivedKind.Split)
        {
            var split = Split.Load(thing.Path);
            (split with { Identities = split.Identities.Where(pair => !IdentityName.Same(pair.Key, identity)).ToDictionary() })
                .Save(thing.Path);
        }
        else if (thing.Files is { } files)
        {
            foreach (var file in files) OwnFiles.Delete(thing.Path, file);
            RemoveEmptied(thing.Path, files);
        }
        else
        {
            var (folder, name) = ChosenPath.Of(thing.Path);
            OwnFiles.Delete(folder, name);
        }
    }

    // Folders that held files of ours and now hold nothing, the innermost first; then the thing's own.
    private static void RemoveEmptied(string root, IReadOnlyList<string> files)
    {
        var folders = files.SelectMany(file =>
            file.Split('/').SkipLast(1).Index().Select(part => string.Join('/', file.Split('/').Take(part.Index + 1))))
            .Distinct(StringComparer.Ordinal);
        foreach (var folder in folders.OrderByDescending(folder => folder.Length)) OwnFiles.DeleteIfEmpty(root, folder);
        var place = ChosenPath.Of(root);
        OwnFiles.DeleteIfEmpty(place.Folder, place.Name);
    }

    private static DerivedFile Describe(RevocationFinding finding) => new(
        finding.Store.Path,
        DerivedKind.Store,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{finding.Shown.Count} frames of them, {finding.Driven.Count} of others driven by them, {finding.RejectedLines} rejected "
                + $"inputs, files: {(finding.Sidecars.Count == 0 ? "none" : string.Join(", ", finding.Sidecars))}"))
    {
        Store = finding,
        Left = finding.Store.Foreign is { } foreign
            ? [new(finding.Store.Path,
            $"it also holds '{foreign}', which is no part of a store and would be lost; move that elsewhere, then run the command again")]
            : [],
    };
}

/// <summary>One thing that derives from a person.</summary>
/// <param name="Path">The file, or the folder that is one thing.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Why">How it is known to derive from the person, in words.</param>
public sealed record DerivedFile(string Path, DerivedKind Kind, string Why)
{
    /// <summary>Of a store, what it holds of the person.</summary>
    public RevocationFinding? Store { get; init; }

    /// <summary>Of a folder, names of the files in it that a hash, a mark or the log confirms as ours; of a single file, null.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>What a removal leaves, because nothing confirms that this toolkit made it.</summary>
    public IReadOnlyList<UnconfirmedFile> Left { get; init; } = [];

    /// <summary>Whether a removal takes anything of it.</summary>
    public bool IsRemovable => Files is { Count: > 0 } || (Files is null && Left.Count == 0);

    /// <summary>Whether it is a model that learnt from the person among others.</summary>
    public bool IsModel => Kind is DerivedKind.Detector or DerivedKind.Training;
}

/// <summary>A file or folder that a removal does not touch.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Why">Why not, in words without a full stop.</param>
public sealed record UnconfirmedFile(string Path, string Why);
