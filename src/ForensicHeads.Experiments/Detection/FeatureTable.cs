using ForensicHeads.Detector;
using ForensicHeads.Foundation;
using ForensicHeads.Neural.Files;

namespace ForensicHeads.Experiments.Detection;

/// <summary>The features of frames under one condition, cached by content.</summary>
internal static class FeatureTable
{
    private const string CodeVersion = "features-2";

    /// <summary>Where a fold's folder keeps the features of a condition.</summary>
    /// <param name="folder">The fold's folder.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="of">Which frames, where not all of the fold.</param>
    public static string FileIn(string folder, ISequenceCondition condition, string of = "") => Path.Combine(folder, $"features-{(of.Length > 0 ? of + "-" : "")}{condition.Name}.safetensors");

    public static MeasuredFrames Measure(
        IReadOnlyList<ExperimentFrame> frames, ISequenceCondition condition, FeatureLayout layout, ICropLandmarks? finder, string cacheFile, long seed, bool decibels, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var stores = string.Join('\n', frames.Select(frame => frame.Store.ContentHash).Distinct(StringComparer.Ordinal));
        var keys = Hashes.OfText(string.Join('\n', frames.Select(frame => frame.Record.Key)));
        var key = Hashes.OfText($"{CodeVersion}\n{condition.Name}\n{seed}\n{decibels}\n{layout.Size}\n{string.Join(',', layout.Families)}{(finder is null ? "" : "\n" + finder.Name)}\n{keys}\n{stores}");
        return Kept(cacheFile, key, frames.Count, layout.Length, () => ConditionedFrames.Measure(frames, condition, layout, finder, null, decibels, progress, cancellation));
    }

    /// <summary>The rows that a file keeps under a key, else measured and kept.</summary>
    public static MeasuredFrames Kept(string cacheFile, string key, int rows, int columns, Func<MeasuredFrames> measure)
    {
        if (Cached(cacheFile, key, rows, columns) is { } cached) return cached;
        var measured = measure();
        NamedTensor[] tensors =
        [
            new NamedTensor("features", [rows, columns], [.. measured.Rows.SelectMany(row => row)]),
            .. measured.BitsPerFrame is { } bits ? [new NamedTensor("bits_per_frame", [bits.Length], bits)] : Array.Empty<NamedTensor>(),
            .. measured.Decibels is { } psnr ? [new NamedTensor("decibels", [psnr.Length], psnr)] : Array.Empty<NamedTensor>(),
        ];
        SafetensorsFile.Write(cacheFile, tensors, new Dictionary<string, string> { ["key"] = key });
        return measured;
    }

    private static MeasuredFrames? Cached(string file, string key, int rows, int columns)
    {
        if (!File.Exists(file)) return null;
        try
        {
            var content = SafetensorsFile.Read(file);
            if (content.Metadata.GetValueOrDefault("key") != key) return null;
            var values = NetworkFile.Find(content, "features", [rows, columns], file).Values;
            float[]? Column(string name) => content.Tensors.ContainsKey(name) ? NetworkFile.Find(content, name, [rows], file).Values : null;
            return new MeasuredFrames([.. Enumerable.Range(0, rows).Select(row => values[(row * columns)..((row + 1) * columns)])], Column("bits_per_frame"), Column("decibels"));
        }
        catch (UserErrorException)
        {
            // A damaged entry is measured again, not used.
            return null;
        }
    }
}
