namespace ForensicHeads.Datasets.Store;

/// <summary>Makes a store of a part of another.</summary>
public static class StoreSelect
{
    /// <summary>Writes the frames wanted, with what the sidecars and the list of rejected inputs say of their people.</summary>
    /// <param name="store">The store to choose from; it stays as it is.</param>
    /// <param name="selection">Which frames, and how large.</param>
    /// <param name="path">Where the new store will lie.</param>
    /// <param name="name">Its name; the folder's when null.</param>
    /// <param name="progress">Frames copied.</param>
    /// <param name="cancellation">Stops between frames; nothing is left then.</param>
    /// <exception cref="UserErrorException">Nothing is wanted, a value is out of range, or the target cannot be written.</exception>
    public static FrameStore Run(FrameStore store, StoreSelection selection, string path, string? name = null,
        IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(selection);
        var frames = selection.Validated(store).Of(store);
        if (frames.Count == 0) throw new UserErrorException(
            $"None of the {store.Count} frames in {store.Path} is what was asked for: {CanonicalJson.ToLine(selection)}. Ask for "
            + "less.");
        var size = selection.Size ?? store.Info.Size;
        using var writer = StoreWriter.Create(path, store.Info with
        {
            Name = name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))),
            Size = size,
            // Pictures that were resampled twice differ from those that were cut at this size, and from those reduced from another.
            EncodePath = size == store.Info.Size ? store.Info.EncodePath
                : FormattableString.Invariant($"{store.Info.EncodePath}, reduced from {store.Info.Size} px"),
            Arguments = ["datasets", "select", $"{store.Info.Name}@{store.ContentHash}", CanonicalJson.ToLine(selection)],
            LicenceSummary = string.Join("; ",
                frames.Select(frame => frame.Licence.Length == 0 ? "not stated" : frame.Licence).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)),
        });
        foreach (var frame in frames)
        {
            cancellation.ThrowIfCancellationRequested();
            StoreCopy.Frame(store, frame, writer);
            if (writer.Count % 256 == 0) progress?.Report(new StepProgress("selecting", writer.Count, frames.Count, "frames"));
        }

        var kept = frames.Select(frame => frame.Identity).ToHashSet(StringComparer.Ordinal);
        foreach (var line in store.ReadRejected().Where(line => line.Identity is { } person && kept.Contains(person))) writer.Reject(line);
        string[] gone = [.. store.Identities.Where(person => !kept.Contains(person))];
        foreach (var sidecar in store.Sidecars) writer.WriteSidecar(sidecar, Without(store, sidecar, gone));
        foreach (var split in store.Splits) writer.WriteSplit(split.Among(kept));
        return writer.Complete();
    }

    // A part that leaves people out says nothing of them.
    private static string Without(FrameStore store, string sidecar, string[] gone)
    {
        var text = store.ReadSidecar(sidecar)!;
        if (gone.Length == 0) return text;
        var node = StoreCopy.ParseSidecar(store, sidecar, text);
        foreach (var person in gone) Revocation.Strip(node, person);
        return CanonicalJson.ToText(node);
    }
}

/// <summary>Which frames of a store are wanted, and how large. What is null asks for nothing.</summary>
public sealed record StoreSelection
{
    /// <summary>Real or generated.</summary>
    public Label? Label { get; init; }

    /// <summary>Beginnings of licences, such as <c>open</c>; the case of letters does not count.</summary>
    public IReadOnlyList<string>? Licences { get; init; }

    /// <summary>People to take.</summary>
    public IReadOnlyList<string>? People
    {
        get;
        init => field = value?.Select(IdentityName.Canonical).ToArray();
    }

    /// <summary>People to leave out.</summary>
    public IReadOnlyList<string>? Without
    {
        get;
        init => field = value?.Select(IdentityName.Canonical).ToArray();
    }

    /// <summary>Generators whose frames are taken; real frames are not asked.</summary>
    public IReadOnlyList<string>? Generators { get; init; }

    /// <summary>Only frames that may be generated from.</summary>
    public bool MayGenerate { get; init; }

    /// <summary>At most so many frames of a track, evenly spaced; 0 takes all.</summary>
    public int FramesPerTrack { get; init; }

    /// <summary>Side in pixels to which the pictures are reduced, at most the store's; null keeps them as they are, to the byte.</summary>
    public int? Size { get; init; }

    /// <summary>The frames that are wanted, in the store's order.</summary>
    public IReadOnlyList<FrameRecord> Of(FrameStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (FramesPerTrack == 0) return [.. store.Rows(new RowChoice(IsWanted)).Select(row => row.Frame)];
        // A first look at the numbers alone, so that only what is taken comes into memory.
        var taken = store.Rows(new RowChoice(IsWanted), landmarks: false)
            .GroupBy(row => (row.Frame.Identity, row.Frame.Video, row.Frame.Track, row.Frame.Origin),
                row => (row.Frame.FrameNumber, row.Number))
            .SelectMany(track => Evenly.Spread([.. track.Order()], FramesPerTrack)).Select(frame => frame.Number).ToHashSet();
        return [.. store.Rows(new RowChoice(Number: taken.Contains)).Select(row => row.Frame)];
    }

    /// <summary>Checks the values against a store.</summary>
    /// <exception cref="UserErrorException">A value outside its range, or a name that the store does not hold.</exception>
    public StoreSelection Validated(FrameStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (FramesPerTrack is < 0 or > 1_000_000)
            throw new UserErrorException($"{FramesPerTrack} frames a track are outside 0 … 1000000; 0 takes all.",
                exitCode: 2);
        if (Size is { } size && (size < 8 || size > store.Info.Size))
            throw new UserErrorException(
                $"Size {size} px is outside 8 … {store.Info.Size} px, the store's own; pictures are reduced, never enlarged.", exitCode: 2);
        Known("person", [.. People ?? [], .. Without ?? []], [.. store.Identities]);
        Known("generator", Generators ?? [], [.. store.Generators]);
        return this;

        void Known(string what, IReadOnlyList<string> named, HashSet<string> there)
        {
            // A misspelt name to leave out would leave the person in.
            foreach (var name in named.Where(name => !there.Contains(name)))
                throw new UserErrorException(
                    $"{store.Path} holds no {what} '{name}'. It holds {there.Count}: "
                    + $"{string.Join(", ", there.Order(StringComparer.Ordinal).Take(8))}{(there.Count > 8 ? " …" : "")}.", exitCode: 2);
        }
    }

    private bool IsWanted(FrameRecord frame) =>
        (Label is null || frame.Origin.Label == Label)
        && (Licences is null || Licences.Any(licence => frame.Licence.StartsWith(licence, StringComparison.OrdinalIgnoreCase)))
        && (People is null || People.Contains(frame.Identity))
        && Without?.Contains(frame.Identity) != true
        && (Generators is null || frame.Origin.Generator is null || Generators.Contains(frame.Origin.Generator))
        && (!MayGenerate || frame.MayGenerate);
}
