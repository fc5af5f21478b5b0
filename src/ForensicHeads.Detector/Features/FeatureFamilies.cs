namespace ForensicHeads.Detector.Features;

/// <summary>The feature families by name. To add one, write a class and name it here, or add it from an assembly of your own.</summary>
public static class FeatureFamilies
{
    /// <summary>The families that measure a picture by itself and need no training.</summary>
    public static Catalogue<IFeatureFamily> OfPictures { get; } = new(
        "feature family of pictures",
        new ChromaDetailFamily(), new CooccurrenceFamily(), new DctBetaFamily(), new JpegFamily(), new NprStatsFamily(),
        new NprStatsFamily(resized: true), new PatchFamily(new ChromaDetailFamily()), new PatchFamily(new DctBetaFamily()),
        new PatchFamily(new NprStatsFamily()), new PatchFamily(new ResidualLagsFamily()), new PatchFamily(new SrmFamily()),
        new ResidualLagsFamily(), new SpectrumFamily(), new SrmFamily(), new TrivialPixelsFamily());

    /// <summary>The families that measure a face over time.</summary>
    public static Catalogue<ITrackFamily> OverTime { get; } = new("feature family over time", new LandmarksFamily());

    /// <summary>The families that measure two pictures of a face a fifth of a second apart.</summary>
    public static Catalogue<IPairFamily> OfPairs { get; } = new(
        "feature family of pairs", new DetailFlickerFamily(), new StillNoiseFamily(), new TextureMotionFamily());

    /// <summary>The families whose network each detector teaches anew.</summary>
    public static Catalogue<TrainedFamilyEntry> Trained { get; } = new("trained feature family", new CnnEntry());

    /// <summary>Names of the families of pictures, in ordinal order.</summary>
    public static IReadOnlyList<string> Names => [.. OfPictures.Names.Order(StringComparer.Ordinal)];

    /// <summary>Names of every family a detector can have, in ordinal order: those of pictures, of pairs, those over time and the trained
    /// ones.</summary>
    public static IReadOnlyList<string> All =>
        [.. OfPictures.Names.Concat(OfPairs.Names).Concat(OverTime.Names).Concat(Trained.Names).Order(StringComparer.Ordinal)];

    /// <summary>The families a detector uses when nothing else is asked for: <c>spectrum</c>, <c>dct_beta</c>, <c>npr_stats</c>.</summary>
    public static IReadOnlyList<string> Default { get; } = ["spectrum", "dct_beta", "npr_stats"];

    /// <summary>
    /// What a family is called on pictures that were resized or not: the residual of neighbouring pixels is then that of the filter as
    /// well, the other families keep their names.
    /// </summary>
    public static string NameOf(string family, bool resized) =>
        resized && OfPictures.Find(family + "_resized") is { } other ? other.Name : family;

    /// <summary>The trained one among some families; null for none.</summary>
    /// <exception cref="UserErrorException">There are several.</exception>
    public static TrainedFamilyEntry? TrainedOf(IEnumerable<string> families)
    {
        var trained = families.Select(Trained.Find).OfType<TrainedFamilyEntry>().Distinct().ToArray();
        return trained.Length < 2 ? trained.FirstOrDefault() : throw new UserErrorException(
            $"The families {string.Join(" and ", trained.Select(family => family.Name))} each teach a network; a detector takes one.", 2);
    }

    /// <summary>Checks a name.</summary>
    /// <exception cref="UserErrorException">Not one of <see cref="All"/>.</exception>
    public static void Check(string name)
    {
        if (!All.Contains(name)) throw new UserErrorException($"There is no feature family '{name}'; choose from {string.Join(", ", All)}.",
            exitCode: 2);
    }
}
