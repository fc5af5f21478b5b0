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
    public static FrameStore Run(FrameStore store, StoreSelection selection, string path, string? name = null, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(selection);
        var frames = selection.Validated(store).Of(store);
        if (frames.Count == 0) throw new UserErrorException($"None of the {store.Frames.Count} frames in {store.Path} is what was asked for: {CanonicalJson.ToLine(selection)}. Ask for less.");
        var size = selection.Size ?? store.Info.Size;
        using var writer = StoreWriter.Create(path, store.Info with
        {
            Name = name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))),
            Size = size,
            // Pictures that were resampled twice differ from those that were cut at this size, and from those reduced from another.
            EncodePath = size == store.Info.Size ? store.Info.EncodePath : FormattableString.Invariant($"{store.Info.EncodePath}, reduced from {store.Info.Size} px"),
            Arguments = ["datasets", "select", $"{store.Info.Name}@{store.ContentHash}", CanonicalJson.ToLine(selection)],
            LicenceSummary = string.Join("; ", frames.Select(frame => frame.Licence.Length == 0 ? "not stated" : frame.Licence).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
        });
        foreach (var frame in frames)
        {
            cancellation.ThrowIfCancellationRequested();
            if (size == store.Info.Size) StoreCopy.Frame(store, frame, writer);
            else writer.Add(frame with { Landmarks = frame.Landmarks.Resize(store.Info.Size, size) }, ImageResize.Area(store.ReadImage(frame), size, size));
            if (writer.Count % 256 == 0) progress?.Report(new StepProgress("selecting", writer.Count, frames.Count, "frames"));
        }

        var kept = frames.Select(frame => frame.Identity).ToHashSet(StringComparer.Ordinal);
        foreach (var line in store.ReadRejected().Where(line => line.Identity is { } person && kept.Contains(person))) writer.Reject(line);
        string[] gone = [.. store.Identities.Where(person => !kept.Contains(person))];
        foreach (var sidecar in store.Sidecars) writer.WriteSidecar(sidecar, Without(store, sidecar, gone));
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
