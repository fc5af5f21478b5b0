using ForensicHeads.Fuzz.Targets;

namespace ForensicHeads.Fuzz;

/// <summary>The targets by name.</summary>
internal static class FuzzTargets
{
    private static readonly SortedDictionary<string, Func<FuzzTarget>> Makers = new(StringComparer.Ordinal)
    {
        ["consent"] = () => new ConsentTarget(),
        ["detector-json"] = () => new DetectorManifestTarget(),
        ["evidence-log"] = () => new EvidenceLogTarget(),
        ["experiment"] = () => new ExperimentTarget(),
        ["manifest"] = () => new ManifestTarget(),
        ["mp4-facts"] = () => new MediaFactsTarget(MediaFactsTarget.Mp4),
        ["onnx-header"] = () => new OnnxHeaderTarget(),
        ["parquet-index"] = () => new StoreTarget("index.parquet"),
        ["picture-facts"] = () => new MediaFactsTarget(MediaFactsTarget.Pictures),
        ["safetensors"] = () => new SafetensorsTarget(),
        ["split"] = () => new SplitTarget(),
        ["store-json"] = () => new StoreTarget("store.json"),
        ["tar-shard"] = () => new StoreTarget("shards/000000.tar"),
        ["xmp"] = () => new XmpTarget(),
    };

    /// <summary>All names, in ordinal order.</summary>
    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <summary>Makes the target of that name, its good files included.</summary>
    /// <exception cref="UserErrorException">No such target.</exception>
    public static FuzzTarget Open(string name) => Makers.TryGetValue(name, out var make)
        ? make()
        : throw new UserErrorException($"There is no target '{name}'; choose from {string.Join(", ", Names)}.", exitCode: 2);
}
