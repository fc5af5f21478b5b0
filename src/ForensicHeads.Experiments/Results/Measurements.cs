using System.Text.Json;

namespace ForensicHeads.Experiments.Results;

/// <summary>What was there before anything was detected.</summary>
/// <param name="Config">The experiment.</param>
/// <param name="Store">The real frames.</param>
/// <param name="Plans">Shots and drivers of everybody.</param>
/// <param name="Folds">Who has which role.</param>
/// <param name="Failures">What programs of others did not make.</param>
/// <param name="SeparateTrainings">Whether the weights of feed-forward and of fine-tuned heads say of themselves that each was trained for
/// its purpose.</param>
internal sealed record ExperimentGround(
    ExperimentConfig Config, FrameStore Store, IReadOnlyDictionary<string, PersonPlan> Plans, IReadOnlyList<Fold> Folds,
        IReadOnlyList<FailureRow> Failures, bool SeparateTrainings);

/// <summary>Everything measured, before it becomes results.json.</summary>
internal sealed record Measurements
{
    private static readonly string[] AttributeNames = ["skin_tone", "sex", "age", "glasses", "beard"];

    public required IReadOnlyList<ScoredItem> Items { get; init; }

    /// <summary>Items of the second true sequences.</summary>
    public required IReadOnlyList<ScoredItem> Spares { get; init; }

    public required IReadOnlyList<RobustnessScores> Ladder { get; init; }

    /// <summary>Items of the detectors that know the person, by number of references.</summary>
    public required IReadOnlyList<(int References, ScoredItem Item)> Surface { get; init; }

    public required IReadOnlyList<CompressionRow> Compression { get; init; }

    public required IReadOnlyList<StepCapRow> StepCaps { get; init; }

    /// <summary>How the networks of the detectors were taught for the headline's condition.</summary>
    public required IReadOnlyList<FigureTable> Training { get; init; }

    /// <summary>Each family alone, then all together.</summary>
    public required IReadOnlyList<(string Family, int Columns, ScoredItem Item)> Families { get; init; }

    public required IReadOnlyList<SpreadRow> Spread { get; init; }

    /// <summary>The headline's.</summary>
    public required string Condition { get; init; }

    public required IReadOnlyList<CrossShotRow> CrossShot { get; init; }

    public required Controls Controls { get; init; }

    public required QualitySummary Quality { get; init; }

    public required IReadOnlyList<FoldScores> Folds { get; init; }

    /// <summary>Whether the true frames were reduced to the generator's size.</summary>
    public required bool Resized { get; init; }

    public required SplitSummary Split { get; init; }

    public required IReadOnlyDictionary<string, float> NearestShotDistances { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Attributes { get; init; }

    public required EmbeddingSwap? Swap { get; init; }

    public required IReadOnlyList<FailureRow> Failures { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Limitations { get; init; }

    /// <summary>True and made frames of test people; of several generators, the first's.</summary>
    public static IReadOnlyList<ExperimentFrame> FirstOf(IEnumerable<FoldResult> folds) =>
        [.. folds.SelectMany(fold => fold.TestFrames).Where(frame => frame.Origin.Weights is "" or PersonFrames.FirstLabel)];

    /// <summary>Pools what the folds gave.</summary>
    /// <param name="ground">What was there before.</param>
    /// <param name="folds">What was detected.</param>
    /// <param name="checks">The controls, as many.</param>
    /// <param name="headline">The headline's condition.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="quality">How good the frames are.</param>
    /// <param name="notes">What else must be said beside the numbers, a line each: what audits found without stopping, and such.</param>
    /// <param name="stepCaps">The step caps that were tried.</param>
    public static Measurements Of(
        ExperimentGround ground,
        IReadOnlyList<FoldResult> folds,
        IReadOnlyList<FoldChecks> checks,
        HeadlineCondition headline,
        ExperimentFeatures columns,
        MeasuredQuality quality,
        IReadOnlyList<string> notes,
        IReadOnlyList<StepCapRow> stepCaps)
    {
        var (config, store) = (ground.Config, ground.Store);
        FailureRow[] failures = [.. ground.Failures, .. folds.SelectMany(fold => fold.Failures)];
        FoldScores[] scores = [.. folds.SelectMany(fold => fold.Scores)];
        ScoredItem[] items = [.. scores.SelectMany(fold => fold.Items)];
        var tested = folds.SelectMany(fold => fold.TestFrames);
        var families = checks.SelectMany(fold => fold.Families).ToArray();
        var conditions = families.SelectMany(family => family.Items).Select(item => item.Condition).Distinct(StringComparer.Ordinal)
            .ToArray();
        var artefact = items.Where(item =>
            item.Detector == Detectors.Artefact && conditions.Contains(item.Condition) && FamilyRow.IsShown(item));
        var repetitions = Enumerable.Range(0, config.DetectorSeeds)
            .Select(i => folds.Where(fold => fold.Repeated.Count > 0).SelectMany(fold => fold.Repeated[i]).ToArray());
        return new Measurements
        {
            Items = items,
            Spares = [.. scores.SelectMany(fold => fold.Spares)],
            Ladder = [.. folds.SelectMany(fold => fold.Ladder)],
            Surface = [.. folds.SelectMany(fold => fold.Surface).SelectMany(part => part.Items.Select(item => (part.References, item)))],
            Compression = Results.Compression.Rows(folds.SelectMany(fold => fold.Coded), columns.Size),
            StepCaps = stepCaps,
            Training =
                [.. folds.SelectMany(fold => fold.Taught).Where(network => network.Condition == headline.Condition)
                .Select(network => network.Curve)],
            Families =
            [
                .. families.SelectMany(family => family.Items.Select(item => (family.Family, family.Columns, item))),
                .. artefact.Select(item => (FamilyRow.All, columns.ColumnNames.Count, item)),
            ],
            Spread = [.. config.DetectorSeeds > 1 ? SpreadRow.Of(SpreadRow.DetectorSeed, [.. repetitions]) : [],
                .. BetweenGenerators(items)],
            Condition = headline.Condition,
            CrossShot = CrossShotRow.Of(
                checks.SelectMany(fold => fold.CrossShot).Select(part => (part.Mode, part.Arm, part.TrainShots, part.Items)), config.Shots,
                    headline.Condition),
            Controls = ControlScores.Pool([.. checks.Select(fold => fold.Controls)], headline.Condition),
            Quality = new QualitySummary(quality.Items, quality.Models),
            Folds = scores,
            Resized = store.Info.Size != columns.Size,
            Split = Summary(config, ground.Folds),
            NearestShotDistances = tested.Where(frame => frame.Record.NearestShotDistance is not null)
                .ToDictionary(frame => frame.Record.Key, frame => frame.Record.NearestShotDistance!.Value, StringComparer.Ordinal),
            Attributes = AttributesOf(store),
            Swap = SwapMeasure.Of(ground.Folds, FirstOf(folds)) is not { } swap ? null : swap with
            {
                IdentityOwnToSelf = quality.Swap?.OwnToSelf,
                IdentitySwappedToSelf = quality.Swap?.SwappedToSelf,
                IdentitySwappedToOther = quality.Swap?.SwappedToOther,
            },
            Failures = failures,
            Warnings =
                [.. FailureRow.Warnings(failures), .. Notes.Warnings(config, ground.Folds, ground.Plans),
                .. folds.SelectMany(fold => fold.Notes).Distinct(), .. notes,
                .. headline.Warning is { } warning ? new[] { warning } : []],
            Limitations = [headline.Reason, .. Notes.Limitations(config, store.Info, ground.SeparateTrainings), .. quality.Notes],
        };
    }

    // The same true frames against each generator's own.
    private static IReadOnlyList<SpreadRow> BetweenGenerators(IReadOnlyList<ScoredItem> items)
    {
        var labels = items.Select(item => item.Origin.Weights).Where(label => label.Length > 0).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return SpreadRow.Of(SpreadRow.Generator,
            [.. labels.Select(label => items.Where(item => !item.Generated || item.Origin.Weights == label).ToArray())]);
    }

    private static SplitSummary Summary(ExperimentConfig config, IReadOnlyList<Fold> folds) => new()
    {
        Name = config.People is { } given ? given.Name : folds.Count == 1
            ? "one split"
            : FormattableString.Invariant($"cross-fitting in {folds.Count} folds (largest counts of a fold; every person is tested once)"),
        Seed = config.Seed,
        Generator = config.Generator.Continue is null ? 0 : folds.Max(fold => fold.People(SplitRole.Train).Count),
        Train = folds.Max(fold => fold.People(SplitRole.Train).Count),
        Validation = folds.Max(fold => fold.People(SplitRole.Validation).Count),
        Calibration = folds.Max(fold => fold.People(SplitRole.Calibration).Count),
        Test = folds.Sum(fold => fold.People(SplitRole.Test).Count),
        GeneratorEqualsTrain = config.Generator.Continue is not null,
    };

    private static Dictionary<string, IReadOnlyDictionary<string, string>> AttributesOf(FrameStore store)
    {
        var result = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        if (store.ReadSidecar("attributes.json") is not { } json) return result;
        using var document = JsonDocument.Parse(json);
        foreach (var person in document.RootElement.EnumerateObject())
        {
            string Text(string name)
            {
                var value = person.Value.GetProperty(name);
                return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetBoolean() ? "yes" : "no";
            }

            result[IdentityName.Canonical(person.Name)] =
                new SortedDictionary<string, string>(AttributeNames.ToDictionary(name => name, Text), StringComparer.Ordinal);
        }

        return result;
    }
}

/// <summary>Measures what swapping ê between two people does to the face.</summary>
internal static class SwapMeasure
{
    public static EmbeddingSwap? Of(IReadOnlyList<Fold> folds, IReadOnlyList<ExperimentFrame> frames)
    {
        var pairs = folds.SelectMany(fold =>
            fold.Roles.Keys.Order(StringComparer.Ordinal).Select(person => (Person: person, Other: SwapPartner.Of(fold, person))))
            .Where(pair => pair.Other is not null).ToArray();
        var measured = pairs.Select(pair => Pair(frames, pair.Person, pair.Other!)).OfType<double[]>().ToArray();
        if (measured.Length == 0) return null;
        double Mean(int column) => measured.Average(row => row[column]);
        return new EmbeddingSwap(measured.Length, Mean(0), Mean(1), Mean(2), Mean(3), measured.Average(row => row[3] > row[2] ? 1.0 : 0));
    }

    private static double[]? Pair(IReadOnlyList<ExperimentFrame> frames, string person, string other)
    {
        var own = frames.Where(frame => frame.Record.Identity == person && !frame.Origin.Is<SwappedEmbedding>()).ToArray();
        var truth = own.Where(frame => frame.IsReal).ToDictionary(frame => frame.Driver, StringComparer.Ordinal);
        var others = frames.Where(frame => frame.IsReal && frame.Record.Identity == other).ToArray();
        var most = own.Where(frame => frame.Origin.Method == Method.Ff).Select(frame => frame.Origin.Shots).DefaultIfEmpty(null).Max();
        var straight = own.Where(frame =>
            frame.Origin.Method == Method.Ff && frame.Origin.Shots == most && frame.Origin.Draw == 0).ToArray();
        var videos = truth.Values.Select(frame => frame.Record.Video).ToHashSet(StringComparer.Ordinal);
        var swapped = frames.Where(frame => frame.Origin.Is<SwappedEmbedding>() && frame.Record.Identity == other
            && videos.Contains(frame.Record.DriverVideo!)).ToArray();
        if (straight.Length == 0 || swapped.Length == 0 || others.Length == 0) return null;
        double ToSelf(ExperimentFrame[] made) =>
            made.Average(frame => ImageSimilarity.Ssim(frame.Read(), truth[frame.Driver].Read()));
        double ToOther(ExperimentFrame[] made) =>
            made.Average(frame => ImageSimilarity.Ssim(frame.Read(), Nearest(others, frame.Record.Landmarks).Read()));
        return [ToSelf(straight), ToOther(straight), ToSelf(swapped), ToOther(swapped)];
    }

    private static ExperimentFrame Nearest(ExperimentFrame[] frames, Landmarks68 landmarks) =>
        frames.MinBy(frame => frame.Record.Landmarks.Values.Zip(landmarks.Values, (a, b) => (a - b) * (a - b)).Sum())!;
}
