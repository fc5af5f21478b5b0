using ForensicHeads.Detector;
using ForensicHeads.Foundation;
using ForensicHeads.Neural.Files;

namespace ForensicHeads.Experiments.Detection;

/// <summary>The features of all frames of a fold under one condition, cached by content.</summary>
internal static class FeatureTable
{
    private const string CodeVersion = "features-1";

    /// <summary>Where a fold's folder keeps the features of a condition.</summary>
    public static string FileIn(string folder, IPixelCondition condition) => Path.Combine(folder, $"features-{condition.Name}.safetensors");

    public static float[][] Measure(
        IReadOnlyList<ExperimentFrame> frames, IPixelCondition condition, FeatureLayout layout, string cacheFile, long seed, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var stores = string.Join('\n', frames.Select(frame => frame.Store.ContentHash).Distinct(StringComparer.Ordinal));
        var key = Hashes.OfText($"{CodeVersion}\n{condition.Name}\n{seed}\n{layout.Size}\n{string.Join(',', layout.Families)}\n{stores}");
        if (Cached(cacheFile, key, frames.Count, layout.Length) is { } cached) return cached;
        var rows = FeatureExtractor.Extract(frames.Count, i => condition.Apply(frames[i].Read(), frames[i].Record.Key, frames[i].Record.Video), layout, progress, cancellation);
        SafetensorsFile.Write(cacheFile, [new NamedTensor("features", [rows.Length, layout.Length], rows.SelectMany(row => row).ToArray())], new Dictionary<string, string> { ["key"] = key });
        return rows;
    }

    private static float[][]? Cached(string file, string key, int rows, int columns)
    {
        if (!File.Exists(file)) return null;
        try
        {
            var content = SafetensorsFile.Read(file);
            if (content.Metadata.GetValueOrDefault("key") != key) return null;
            var values = NetworkFile.Find(content, "features", [rows, columns], file).Values;
            return Enumerable.Range(0, rows).Select(row => values[(row * columns)..((row + 1) * columns)]).ToArray();
        }
        catch (UserErrorException)
        {
            // A damaged entry is measured again, not used.
            return null;
        }
    }
}
