namespace ForensicHeads.Datasets.Store;

/// <summary>Which frames of a store are wanted, and how large. What is null asks for nothing.</summary>
public sealed record StoreSelection
{
    /// <summary>Real or generated.</summary>
    public Label? Label { get; init; }

    /// <summary>Beginnings of licences, such as <c>open</c>; the case of letters does not count.</summary>
    public IReadOnlyList<string>? Licences { get; init; }

    /// <summary>People to take.</summary>
    public IReadOnlyList<string>? People { get; init; }

    /// <summary>People to leave out.</summary>
    public IReadOnlyList<string>? Without { get; init; }

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
        var wanted = store.Frames.Where(IsWanted).ToArray();
        if (FramesPerTrack == 0) return wanted;
        var taken = wanted.GroupBy(frame => (frame.Identity, frame.Video, frame.Track, frame.Origin))
            .SelectMany(track => Evenly.Spread([.. track.OrderBy(frame => frame.FrameNumber)], FramesPerTrack)).Select(frame => frame.Key).ToHashSet(StringComparer.Ordinal);
        return [.. wanted.Where(frame => taken.Contains(frame.Key))];
    }

    /// <summary>Checks the values against a store.</summary>
    /// <exception cref="UserErrorException">A value outside its range, or a name that the store does not hold.</exception>
    public StoreSelection Validated(FrameStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (FramesPerTrack is < 0 or > 1_000_000) throw new UserErrorException($"{FramesPerTrack} frames a track are outside 0 … 1000000; 0 takes all.", exitCode: 2);
        if (Size is { } size && (size < 8 || size > store.Info.Size)) throw new UserErrorException($"Size {size} px is outside 8 … {store.Info.Size} px, the store's own; pictures are reduced, never enlarged.", exitCode: 2);
        Known("person", [.. People ?? [], .. Without ?? []], [.. store.Identities]);
        Known("generator", Generators ?? [], [.. store.Frames.Select(frame => frame.Origin.Generator).OfType<string>().Distinct(StringComparer.Ordinal)]);
        return this;

        void Known(string what, IReadOnlyList<string> named, HashSet<string> there)
        {
            // A misspelt name to leave out would leave the person in.
            foreach (var name in named.Where(name => !there.Contains(name)))
                throw new UserErrorException($"{store.Path} holds no {what} '{name}'. It holds {there.Count}: {string.Join(", ", there.Order(StringComparer.Ordinal).Take(8))}{(there.Count > 8 ? " …" : "")}.", exitCode: 2);
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
