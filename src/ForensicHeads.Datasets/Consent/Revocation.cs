using System.Text.Json.Nodes;

namespace ForensicHeads.Datasets.Consent;

/// <summary>Finds, and on request removes, what derives from a person who withdrew.</summary>
/// <remarks>
/// Drivers are known by the name of their video, so the store with the person's real frames must be among those searched. What lies outside
/// of stores is found by the room of experiments, which knows heads, exports and reports, too.
/// </remarks>
public static class Revocation
{
    /// <summary>Lists what the stores hold of a person; stores that hold nothing are left out.</summary>
    public static IReadOnlyList<RevocationFinding> Find(IReadOnlyList<FrameStore> stores, string identity)
    {
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentException.ThrowIfNullOrEmpty(identity);
        identity = IdentityName.Canonical(identity);
        var videos = stores.SelectMany(store => store.FramesOf(identity)).Where(frame => frame.IsReal).Select(frame => frame.Video)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. stores.Select(store => new RevocationFinding(
                store,
                [.. store.Frames.Where(frame => frame.Identity == identity)],
                [.. store.Frames.Where(frame => frame.Identity != identity
                    && (frame.DriverIdentity == identity || frame.TargetIdentity == identity || frame.SourceIdentity == identity
                        || frame.SourceVideos.Any(videos.Contains)))],
                [
                    .. store.Sidecars.Where(name => Without(store, name, identity) is not null),
                    .. store.Splits.Where(split => split.RoleOf(identity) is not null).Select(split => StoreLayout.SplitEntry(split.Name)),
                ],
                store.ReadRejected().Count(line => IdentityName.Same(line.Identity, identity))))
            .Where(finding => !finding.IsEmpty),
        ];
    }

    /// <summary>Rewrites every store found without the person, each whole or not at all; the other frames keep their rows and
    /// bytes.</summary>
    /// <returns>The stores as they are afterwards.</returns>
    /// <exception cref="UserErrorException">A store cannot be read or written; it is then as it was.</exception>
    public static IReadOnlyList<FrameStore> Remove(IReadOnlyList<RevocationFinding> findings, string identity,
        IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return [.. findings.Select(finding => Rewrite(finding, identity, progress, cancellation))];
    }

    private static FrameStore Rewrite(RevocationFinding finding, string identity, IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        var store = finding.Store;
        var gone = finding.Shown.Concat(finding.Driven).Select(frame => frame.Key).ToHashSet(StringComparer.Ordinal);
        using var writer = StoreWriter.Create(store.Path, store.Info);
        foreach (var frame in store.Frames.Where(frame => !gone.Contains(frame.Key)))
        {
            cancellation.ThrowIfCancellationRequested();
            StoreCopy.Frame(store, frame, writer);
            if (writer.Count % 256 == 0) progress?.Report(new StepProgress("rewriting", writer.Count, store.Count - gone.Count,
                "frames"));
        }

        foreach (var line in store.ReadRejected().Where(line => !IdentityName.Same(line.Identity, identity))) writer.Reject(line);
        foreach (var name in store.Sidecars) writer.WriteSidecar(name, Without(store, name, identity) ?? store.ReadSidecar(name)!);
        foreach (var split in store.Splits)
            writer.WriteSplit(split.Among(split.Identities.Keys.Where(person => !IdentityName.Same(person, identity)).ToHashSet()));
        return writer.Complete();
    }

    /// <summary>The sidecar without the person, or null when it does not name them.</summary>
    private static string? Without(FrameStore store, string name, string identity)
    {
        var node = StoreCopy.ParseSidecar(store, name, store.ReadSidecar(name)!);
        return Strip(node, identity) ? CanonicalJson.ToText(node) : null;
    }

    /// <summary>Removes entries under the person's name, and list items that are the name or an object whose <c>identity</c> it
    /// is.</summary>
    internal static bool Strip(JsonNode? node, string identity)
    {
        var changed = false;
        if (node is JsonObject map)
        {
            foreach (var name in map.Select(entry => entry.Key).Where(name => IdentityName.Same(name, identity)).ToArray())
                changed |= map.Remove(name);
            foreach (var (_, value) in map) changed |= Strip(value, identity);
        }
        else if (node is JsonArray list)
        {
            changed =
                list.RemoveAll(item => IsText(item, identity) || (item is JsonObject entry && IsText(entry["identity"], identity))) > 0;
            foreach (var value in list) changed |= Strip(value, identity);
        }

        return changed;
    }

    private static bool IsText(JsonNode? node, string text) =>
        node is JsonValue value && value.TryGetValue<string>(out var found) && IdentityName.Same(found, text);
}

/// <summary>What one store holds of a person.</summary>
/// <param name="Store">The store.</param>
/// <param name="Shown">Frames whose identity is the person, real or generated.</param>
/// <param name="Driven">Frames of other people that the person drove, or gave shots for.</param>
/// <param name="Sidecars">JSON files beside the index that name the person.</param>
/// <param name="RejectedLines">Lines of <c>rejected.jsonl</c> that name the person.</param>
public sealed record RevocationFinding(FrameStore Store, IReadOnlyList<FrameRecord> Shown, IReadOnlyList<FrameRecord> Driven,
    IReadOnlyList<string> Sidecars, int RejectedLines)
{
    /// <summary>Whether the store holds nothing of the person.</summary>
    public bool IsEmpty => Shown.Count == 0 && Driven.Count == 0 && Sidecars.Count == 0 && RejectedLines == 0;
}
