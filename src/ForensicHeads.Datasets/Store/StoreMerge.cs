using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace ForensicHeads.Datasets.Store;

/// <summary>Joins stores, such as the shards of a divided ingest, to one.</summary>
public static class StoreMerge
{
    /// <summary>Copies all frames, rejected inputs and sidecars into one store; pictures keep their bytes.</summary>
    /// <param name="stores">Stores of one size, crop, encode path and rate, with disjoint keys; their order is the order of the
    /// frames.</param>
    /// <param name="path">Where the new store will lie.</param>
    /// <param name="name">Its name; the folder's when null.</param>
    /// <param name="progress">Frames copied.</param>
    /// <param name="cancellation">Stops between frames; nothing is left then.</param>
    /// <exception cref="UserErrorException">The stores do not fit together, or the target cannot be written.</exception>
    public static FrameStore Run(IReadOnlyList<FrameStore> stores, string path, string? name = null,
        IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stores);
        if (stores.Count == 0) throw new UserErrorException("There is nothing to merge. Name at least one store.", exitCode: 2);
        Check(stores);
        var records = Consent(stores);
        var first = stores[0].Info;
        using var writer = StoreWriter.Create(path, new StoreInfo
        {
            Name = name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))),
            Size = first.Size,
            CropSpecification = first.CropSpecification,
            EncodePath = first.EncodePath,
            FramesPerSecond = first.FramesPerSecond,
            LicenceSummary = string.Join("; ", stores.Select(store => store.Info.LicenceSummary).Distinct(StringComparer.Ordinal)),
            Arguments = ["datasets", "merge", .. stores.Select(store => $"{store.Info.Name}@{store.ContentHash}")],
            Properties = new SortedDictionary<string, string>(stores.SelectMany(store => store.Info.Properties).DistinctBy(pair => pair.Key)
                .Where(Agreed).ToDictionary(), StringComparer.Ordinal),
        });
        var total = stores.Sum(store => (long)store.Count);
        foreach (var store in stores)
        {
            foreach (var frame in store.Rows().Select(row => row.Frame))
            {
                cancellation.ThrowIfCancellationRequested();
                StoreCopy.Frame(store, frame, writer);
                if (writer.Count % 256 == 0) progress?.Report(new StepProgress("merging", writer.Count, total, "frames"));
            }

            foreach (var rejected in store.ReadRejected()) writer.Reject(rejected);
        }

        foreach (var sidecar in stores.SelectMany(store => store.Sidecars).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            writer.WriteSidecar(sidecar, sidecar == ConsentFile.Name ? ConsentFile.ToJson(records) : Join(stores, sidecar));
        }

        foreach (var split in stores.SelectMany(store => store.Splits).GroupBy(split => split.Name, StringComparer.Ordinal))
            writer.WriteSplit(split.Aggregate(OfficialParts.Join));
        return writer.Complete();

        bool Agreed(KeyValuePair<string, string> property) =>
            stores.All(store => store.Info.Properties.TryGetValue(property.Key, out var value) && value == property.Value);
    }

    private static void Check(IReadOnlyList<FrameStore> stores)
    {
        var first = stores[0];
        var sources = new Dictionary<(Label, string), (string Hash, FrameStore Store)>();
        foreach (var store in stores)
        {
            (string What, object? A, object? B)[] facts =
            [
                ("size", first.Info.Size, store.Info.Size),
                    ("crop specification", first.Info.CropSpecification, store.Info.CropSpecification),
                ("encode path", first.Info.EncodePath, store.Info.EncodePath),
                    ("frame rate", first.Info.FramesPerSecond, store.Info.FramesPerSecond),
            ];
            foreach (var (what, a, b) in facts.Where(fact => !Equals(fact.A, fact.B)))
            {
                throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
                    $"{first.Path} and {store.Path} differ in {what} ('{a ?? "none"}' and '{b ?? "none"}') and cannot be merged. Make "
                    + $"them with the same arguments."));
            }

            foreach (var clip in store.Clips.Select(clip => clip.Row))
            {
                var source = sources.GetValueOrDefault((clip.Origin.Label, clip.Video), (Hash: clip.SourceSha256, Store: store));
                if (source.Hash != clip.SourceSha256 && source.Store != store)
                {
                    throw new UserErrorException(
                        $"{source.Store.Path} and {store.Path} both have a video '{clip.Video}', from different sources. Rename one and "
                        + "make its store again.");
                }

                sources.TryAdd((clip.Origin.Label, clip.Video), source);
            }
        }

        CheckKeys(stores);
    }

    // Of a key that is there once, nothing but a hash is in memory.
    private static void CheckKeys(IReadOnlyList<FrameStore> stores)
    {
        var (seen, twice) = (new HashSet<ulong>(), new HashSet<ulong>());
        foreach (var (_, key) in Keys()) if (!seen.Add(HashOf(key))) twice.Add(HashOf(key));
        if (twice.Count == 0) return;
        var holders = new Dictionary<string, FrameStore>(StringComparer.Ordinal);
        foreach (var (store, key) in Keys().Where(one => twice.Contains(HashOf(one.Key))))
        {
            if (!holders.TryAdd(key, store)) throw new UserErrorException(
                $"{holders[key].Path} and {store.Path} both hold the key '{key}'. Merge stores with different frames, each once.");
        }

        IEnumerable<(FrameStore Store, string Key)> Keys() =>
            stores.SelectMany(store => store.Rows(landmarks: false).Select(row => (store, row.Frame.Key)));

        static ulong HashOf(string key) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key.AsSpan()));
    }

    // A record speaks for the people of its own store. A name that several stores hold is one person only where all of them say the same of
    // it.
    private static List<ConsentRecord> Consent(IReadOnlyList<FrameStore> stores)
    {
        var kept = new Dictionary<string, (FrameStore Store, ConsentRecord? Record)>(StringComparer.Ordinal);
        foreach (var store in stores)
        {
            var records = ConsentFile.Read(store).ToDictionary(record => record.Identity, StringComparer.Ordinal);
            foreach (var person in store.Identities)
            {
                var record = records.GetValueOrDefault(person);
                if (!kept.TryAdd(person, (store, record)) && CanonicalJson.ToLine(kept[person].Record) != CanonicalJson.ToLine(record))
                {
                    throw new UserErrorException(
                        $"{kept[person].Store.Path} and {store.Path} both hold '{person}', with different consent records "
                            + $"({Said(kept[person].Record)}; {Said(record)}), so they may be two people, and consent of one is none of "
                            + "the other. "
                        + "If they are one, give both stores the same record; else rename one and make its store again.");
                }
            }
        }

        return [.. kept.Values.Select(one => one.Record).OfType<ConsentRecord>()];

        static string Said(ConsentRecord? record) =>
            record is null ? "none" : $"{record.Basis.ToString().ToLowerInvariant()} for {string.Join(", ", record.Scope)}";
    }

    private static string Join(IReadOnlyList<FrameStore> stores, string sidecar)
    {
        var texts = stores.Select(store => store.ReadSidecar(sidecar)).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        if (texts.Length == 1) return texts[0];
        JsonNode? joined = null;
        foreach (var store in stores)
        {
            if (store.ReadSidecar(sidecar) is { } text) joined = Join(joined, StoreCopy.ParseSidecar(store, sidecar, text), store, sidecar);
        }

        return CanonicalJson.ToText(joined);
    }

    /// <summary>Objects are joined name by name, lists end to end without repetition; anything else must agree.</summary>
    private static JsonNode? Join(JsonNode? a, JsonNode? b, FrameStore store, string where)
    {
        if (a is null) return b?.DeepClone();
        if (b is null || JsonNode.DeepEquals(a, b)) return a;
        if (a is JsonObject into && b is JsonObject from)
        {
            foreach (var (name, value) in from) into[name] = Join(into[name]?.DeepClone(), value, store, $"{where}: {name}");
            return into;
        }

        if (a is JsonArray list && b is JsonArray more)
        {
            foreach (var item in more)
            {
                if (!list.Any(other => JsonNode.DeepEquals(other, item))) list.Add(item?.DeepClone());
            }

            return list;
        }

        throw new UserErrorException(
            $"{where} in {store.Path} contradicts the stores before it. Make them agree, or remove the file from one.");
    }
}
