using ForensicHeads.Foundation;

namespace ForensicHeads.Detector;

/// <summary>The feature families by name.</summary>
public static class FeatureFamilies
{
    private static readonly SortedDictionary<string, IFeatureFamily> Registry = new(
        new IFeatureFamily[]
        {
            new SpectrumFamily(), new DctBetaFamily(), new NprStatsFamily(), new NprStatsFamily(resized: true), new SrmFamily(), new CooccurrenceFamily(),
            new JpegFamily(), new TrivialPixelsFamily(),
        }.ToDictionary(family => family.Name),
        StringComparer.Ordinal);

    /// <summary>Every known name, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Registry.Keys];

    /// <summary>The families a detector uses when nothing else is asked for: <c>spectrum</c>, <c>dct_beta</c>, <c>npr_stats</c>.</summary>
    public static IReadOnlyList<string> Default { get; } = ["spectrum", "dct_beta", "npr_stats"];

    /// <summary>The family called <paramref name="name"/>.</summary>
    /// <exception cref="UserErrorException">No such family.</exception>
    public static IFeatureFamily ByName(string name) => Registry.TryGetValue(name, out var family)
        ? family
        : throw new UserErrorException($"There is no feature family '{name}'; choose from {string.Join(", ", Names)}.", exitCode: 2);
}
