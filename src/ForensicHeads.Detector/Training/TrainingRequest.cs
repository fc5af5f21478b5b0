namespace ForensicHeads.Detector.Training;

/// <summary>What a detector is to be trained on, and how.</summary>
public sealed record TrainingRequest
{
    /// <summary>Stores whose real frames are taken; at least one. Each kind of crop (size, rule, encode path) must be among
    /// <see cref="Generated"/>, too, and the other way round.</summary>
    public required IReadOnlyList<FrameStore> Real { get; init; }

    /// <summary>Stores whose generated frames are taken; at least one, which may be one of <see cref="Real"/>.</summary>
    public required IReadOnlyList<FrameStore> Generated { get; init; }

    /// <summary>Who trains, who validates, who calibrates. People of the roles generator and test, and people whom it does not name, are
    /// never read.</summary>
    public required Split Split { get; init; }

    /// <summary>What names the split in <c>detector.json</c>: the hash of its file, or how it was drawn.</summary>
    public required string SplitName { get; init; }

    /// <summary>Feature families in column order; null for the usual ones.</summary>
    public IReadOnlyList<string>? Families { get; init; }

    /// <summary>Width = height in pixels to which the crops are reduced, 8 … 2048; null for that of the smallest store.</summary>
    public int? Size { get; init; }

    /// <summary>Trainer and seed.</summary>
    public DetectorOptions Options { get; init; } = new();

    /// <summary>Most frames a video that are taken, evenly spaced; 0 takes all. Default 0.</summary>
    public int FramesPerVideo { get; init; }

    /// <summary>What is learnt from besides the clips themselves. Default nothing.</summary>
    public TeachingCopies Copies { get; init; } = new();

    /// <summary>Rounds that leave collections or generators out. Where there are any, every clip teaches that teaches in one of them:
    /// threshold, calibrator and range come from what the rounds said of clips that they left out, and clips that no round names take no
    /// part. Default: none.</summary>
    public IReadOnlyList<TrainingRound> Rounds { get; init; } = [];

    /// <summary>What the rounds are called in <c>detector.json</c>; null without rounds.</summary>
    public string? Protocol { get; init; }

    /// <summary>Finds landmarks again in the crops, for families over time; null where none is named.</summary>
    public ILandmarkFinder? Landmarks { get; init; }

    /// <summary>How the network of the family <c>cnn</c> is trained; its seed is that of <see cref="Options"/>.</summary>
    public NetworkTrainingOptions Network { get; init; } = new();

    /// <summary>Where, and in which numbers, that network learns.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    /// <summary>Folds of training people for the rows of <c>cnn</c>, 2 … 20. Default 3.</summary>
    public int NetworkFolds { get; init; } = 3;

    /// <summary>What near-duplicate real frames in two roles mean. Default: they stop the training.</summary>
    public NearDuplicateRule NearDuplicates { get; init; } = NearDuplicateRule.Stop;

    /// <summary>A remark that is read with every score, at most 1,000 characters; see <see cref="DetectorManifest.Remark"/>.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Every store once.</summary>
    internal IReadOnlyList<FrameStore> Stores => [.. Real.Concat(Generated).DistinctBy(store => store.Path, StringComparer.Ordinal)];

    /// <summary>Width = height of the smallest store's crops in pixels: what the pictures are reduced to where <see cref="Size"/> does not
    /// say.</summary>
    internal int SmallestStore => Stores.Min(store => store.Info.Size);

    /// <summary>The store whose crops are the largest, the first of them: as its faces were cut, those of a file are.</summary>
    internal StoreInfo Largest => Stores.Select(store => store.Info).MaxBy(info => info.Size)!;

    /// <summary>Checks what can be checked without reading a picture.</summary>
    /// <exception cref="UserErrorException">A value outside its range, no store, or stores that do not fit one another.</exception>
    public void Validate()
    {
        Options.Validated();
        if (FramesPerVideo is < 0 or > 1_000_000)
            throw new UserErrorException($"{FramesPerVideo} frames a video are outside 0 … 1000000; 0 takes all.",
                exitCode: 2);
        if (Real.Count == 0 || Generated.Count == 0)
            throw new UserErrorException(
                "A detector needs at least one store of real and one of generated frames; both may be the same.", exitCode: 2);
        CropKinds.Check([.. Real.Select(store => (store.Info, Label.Real)), .. Generated.Select(store => (store.Info, Label.Generated))]);
        if (Remark.Length > 1000) throw new UserErrorException(
            $"The remark has {Remark.Length} characters, and every score carries it; 1000 at most.", exitCode: 2);
        Copies.Validate();
        Network.Validated();
        foreach (var family in Families ?? []) FeatureFamilies.Check(family);
        if (Rounds.Count > 0 && FeatureFamilies.TrainedOf(Families ?? []) is { } taught) throw new UserErrorException(
            $"Family {taught.Name} is a network of its own, and every round would have to teach it again; calibrate on people, or leave "
            + "the family out.", exitCode: 2);
        if (Landmarks is null && (Families ?? []).FirstOrDefault(family => FeatureFamilies.OverTime.Find(family) is not null) is { } track)
            throw new UserErrorException(
                $"Family {track} needs a finder of landmarks, and none was given; leave the family out or give one.", exitCode: 2);
        if (Size > SmallestStore)
            throw new UserErrorException(
                $"Size {Size} px is above the stores' {SmallestStore} px; crops are reduced, never enlarged. Choose a smaller size.",
                exitCode: 2);
    }
}
