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

    private static readonly SortedDictionary<string, ITrackFamily> TrackRegistry = new(
        new ITrackFamily[] { new LandmarksFamily() }.ToDictionary(family => family.Name), StringComparer.Ordinal);

    /// <summary>The families that measure a picture by itself and need no training, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Registry.Keys];

    /// <summary>The families that measure a face over time, in ordinal order.</summary>
    public static IReadOnlyList<string> TrackNames { get; } = [.. TrackRegistry.Keys];

    /// <summary>Every family a detector can have, in ordinal order: <see cref="Names"/>, <see cref="TrackNames"/> and the trained network <c>cnn</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Concat(TrackNames).Append(CnnFamily.FamilyName).Order(StringComparer.Ordinal)];

    /// <summary>The families a detector uses when nothing else is asked for: <c>spectrum</c>, <c>dct_beta</c>, <c>npr_stats</c>.</summary>
    public static IReadOnlyList<string> Default { get; } = ["spectrum", "dct_beta", "npr_stats"];

    /// <summary>What a family is called on pictures that were resized or not: the residual of neighbouring pixels is then that of the filter as well, the other families keep their names.</summary>
    public static string NameOf(string family, bool resized) => resized && family == "npr_stats" ? "npr_stats_resized" : family;

    /// <summary>The family over time called <paramref name="name"/>; null where there is none of that name.</summary>
    public static ITrackFamily? OverTime(string name) => TrackRegistry.GetValueOrDefault(name);

    /// <summary>Checks a name.</summary>
    /// <exception cref="UserErrorException">Not one of <see cref="All"/>.</exception>
    public static void Check(string name)
    {
        if (!All.Contains(name)) throw new UserErrorException($"There is no feature family '{name}'; choose from {string.Join(", ", All)}.", exitCode: 2);
    }

    /// <summary>The family of pictures called <paramref name="name"/>.</summary>
    /// <exception cref="UserErrorException">No such family.</exception>
    public static IFeatureFamily ByName(string name) => Registry.TryGetValue(name, out var family)
        ? family
        : throw new UserErrorException($"There is no feature family '{name}'; choose from {string.Join(", ", All)}.", exitCode: 2);
}
