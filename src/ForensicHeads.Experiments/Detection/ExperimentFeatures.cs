namespace ForensicHeads.Experiments.Detection;

/// <summary>The columns of an experiment's detectors: those that all of them share, measured on pictures and tracks, and last those of
/// the trained family, whose network each detector has of its own.</summary>
internal sealed class ExperimentFeatures
{
    private readonly ILandmarkFinder? finder;

    /// <summary>Lays the columns out.</summary>
    /// <param name="config">The experiment.</param>
    /// <param name="size">Side of the frames in pixels.</param>
    /// <param name="finder">Finds landmarks again in frames of both classes, for families over time; null for none.</param>
    /// <exception cref="UserErrorException">A family over time without a finder.</exception>
    public ExperimentFeatures(ExperimentConfig config, int size, ILandmarkFinder? finder)
    {
        this.finder = finder;
        (Size, Trained) = (size, FeatureFamilies.TrainedOf(config.Families));
        Shared = FeatureLayout.Of([.. config.Families.Where(name => name != Trained?.Name)], size, []);
        if (Shared.HasTracks
            && finder
            is null) throw new UserErrorException(
            "Family landmarks needs a finder of landmarks: name one under quality.landmarks, for frames of 64 px or more.", exitCode: 2);
        // Families of single pictures, for the controls that change the pixels.
        string[] still = [.. Shared.Families.Where(FeatureFamilies.Names.Contains)];
        Still = still.Length > 0 ? still : [TrivialPixelsFamily.FamilyName];
        ColumnNames = [.. Shared.ColumnNames, .. Trained?.Columns.Select(column => $"{Trained.Name}/{column}") ?? []];
    }

    /// <summary>Side of the frames in pixels.</summary>
    public int Size { get; }

    /// <summary>The families that all detectors share.</summary>
    public FeatureLayout Shared { get; }

    /// <summary>Those of them that measure a picture by itself; <c>trivial_pixels</c> where there are none.</summary>
    public IReadOnlyList<string> Still { get; }

    /// <summary>The family whose network each detector teaches; null for none.</summary>
    public TrainedFamilyEntry? Trained { get; }

    /// <summary>Every column, the trained family's last.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>The shared columns of frames under a condition, cached.</summary>
    public FeatureTable Measure(
        IReadOnlyList<ExperimentFrame> frames,
        ISequenceCondition condition,
        CacheSlot slot,
        long seed,
        bool decibels,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation) =>
        FeatureCache.Measure(frames, condition, Shared, Shared.HasTracks ? finder : null, slot, seed, decibels, progress, cancellation);
}
