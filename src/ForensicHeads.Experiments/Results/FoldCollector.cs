using System.Text.Json;
using ForensicHeads.Datasets;
using ForensicHeads.Detector;
using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Experiments.Detection;
using ForensicHeads.Experiments.Heads;
using ForensicHeads.Experiments.Plan;
using ForensicHeads.Experiments.Quality;
using ForensicHeads.Foundation;
using ForensicHeads.Reporting.Figures;
using ForensicHeads.Reporting.Results;
using ForensicHeads.Statistics;

namespace ForensicHeads.Experiments.Results;

/// <summary>Gathers what the folds measured.</summary>
internal sealed class FoldCollector(ExperimentConfig config)
{
    private static readonly string[] AttributeNames = ["skin_tone", "sex", "age", "glasses", "beard"];
    private readonly List<FoldScores> folded = [];
    private readonly List<(FoldDetection Detection, FoldNetworks? Networks, IReadOnlyList<ExperimentFrame> Frames, ContentCache Cache)> remembered = [];
    private readonly List<string> leaks = [];
    private readonly List<StepCapRow> stepCaps = [];
    private readonly List<(string Condition, FigureTable Curve)> taught = [];
    private readonly List<CrossShotScores> cross = [];
    private readonly List<ExperimentFrame> testFrames = [];
    private readonly List<RobustnessScores> ladder = [];
    private readonly List<(string Condition, ExperimentFrame Frame, float Bits)> coded = [];
    private readonly List<(int Repetition, IReadOnlyList<ScoredItem> Items)> repeated = [];

    private readonly ControlRuns controls = new(config);
    private readonly FamilyRuns families = new(config);

    /// <summary>Whether the weights of feed-forward and of fine-tuned heads say of themselves that each was trained for its purpose.</summary>
    public required bool SeparateTrainings { get; init; }

    /// <summary>True and made frames of test people; of several generators, the first's.</summary>
    public IReadOnlyList<ExperimentFrame> TestFrames => [.. testFrames.Where(frame => frame.Weights is "" or PersonFrames.FirstLabel)];

    /// <summary>Takes down what a detector said; repetitions after the first serve the spread alone.</summary>
    public void Add(int repetition, FoldScores scores)
    {
        if (repetition == 0) folded.Add(scores);
        if (config.DetectorSeeds > 1) repeated.Add((repetition, scores.Items));
    }

    public void Add(RobustnessScores scores) => ladder.Add(scores);

    /// <summary>Takes down how a network was taught for a condition.</summary>
    public void AddTraining(string condition, FigureTable curve) => taught.Add((condition, curve));

    /// <summary>Takes down what a codec spent on test people's frames.</summary>
    public void AddCompression(string condition, IReadOnlyList<ExperimentFrame> frames, IReadOnlyList<float> bitsPerFrame) => coded.AddRange(frames.Zip(bitsPerFrame, (frame, bits) => (condition, frame, bits)));

    /// <summary>Takes down the step caps that were tried.</summary>
    public void Add(IEnumerable<StepCapRow> rows) => stepCaps.AddRange(rows);

    public void AddTestFrames(IEnumerable<ExperimentFrame> frames) => testFrames.AddRange(frames);

    /// <summary>Takes down what the audit of a fold's real frames found without stopping.</summary>
    public void Add(Fold fold, LeakReport report)
    {
        var found = report.Leaks.Where(leak => !leak.Stops).ToArray();
        if (found.Length == 0) return;
        var count = found.Length < report.Options.MaximumFindings ? $"{found.Length}" : $"at least {found.Length}";
        leaks.Add(FormattableString.Invariant($"Leak audit ({fold.Name}): {count} pairs of real frames of different people and roles look alike and did not stop this run (near_duplicates: report); first: {found[0].What}."));
    }

    /// <summary>Keeps a fold for its controls, which wait for the choice of the headline's condition.</summary>
    public void Remember(FoldDetection detection, FoldNetworks? networks, IReadOnlyList<ExperimentFrame> frames, ContentCache cache) => remembered.Add((detection, networks, frames, cache));

    /// <summary>The headline's condition, once every fold was detected, and a warning where none is fit for it.</summary>
    public (string Condition, string? Warning) ChooseHeadline() =>
        HeadlineCondition.Choose([.. config.Conditions.Select(condition => (condition, OfReconstruct(condition)))]);

    private double? OfReconstruct(string condition) => Mean(folded.Where(fold => fold.Condition == condition && fold.Detector.Kind.Name == DetectorNames.Aware).Select(fold => fold.ReconstructAuc));

    private string Chosen(string condition) =>
        $"The headline's condition, {condition}, was chosen on validation people alone (no test score enters), by how well true frames through an auto-encoder (reconstruct) are told there: AUC {string.Join(", ", config.Conditions.Select(name => $"{NumberText.Prose(OfReconstruct(name))} in {name}"))}. Where that is trivial (above 0.90), the detector is not challenged, and a curve near 1.00 answers nothing.";

    /// <summary>Runs the controls of all folds and trains on single shot counts under the headline's condition, and each family alone under it and on clean frames.</summary>
    public void RunControls(string headline, ExperimentFeatures columns, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        foreach (var (detection, networks, frames, cache) in remembered)
        {
            foreach (var name in new[] { headline, RobustnessRow.Untouched }.Distinct(StringComparer.Ordinal))
            {
                var condition = Conditions.ByName(name, config.Seed);
                var shared = columns.Measure(frames, condition, FeatureTable.SlotIn(cache, condition), config.Seed, decibels: false, progress, cancellation).Rows;
                using var network = networks?.Teach(DetectorKind.Aware(config), [condition], config.Seed, progress, cancellation);
                var features = ExperimentFeatures.Join(shared, network?.Rows[0]);
                if (name == headline)
                {
                    controls.Add(detection, frames, shared, condition, columns, progress, cancellation);
                    cross.AddRange(detection.CrossShot(name, features, config.Seed));
                }

                families.Add(detection, features, columns.ColumnNames, name);
            }
        }
    }

    public Measurements Finish((string Condition, string? Warning) headline, FrameStore store, IReadOnlyList<Fold> folds, IReadOnlyDictionary<string, PersonPlan> plans, ExperimentFeatures columns, MeasuredQuality quality)
    {
        ScoredItem[] items = [.. folded.SelectMany(fold => fold.Items)];
        return new Measurements
        {
            Items = items,
            Spares = [.. folded.SelectMany(fold => fold.Spares)],
            Ladder = ladder,
            Compression = Compression.Rows(coded, columns.Size),
            StepCaps = stepCaps,
            Training = [.. taught.Where(network => network.Condition == headline.Condition).Select(network => network.Curve)],
            Families = level => families.Rows([.. items.Where(item => item.Detector == DetectorNames.Aware)], columns.ColumnNames.Count, level),
            Spread = [.. SpreadRow.Of(SpreadRow.DetectorSeed, [.. repeated.GroupBy(part => part.Repetition).OrderBy(part => part.Key).Select(part => part.SelectMany(fold => fold.Items).ToArray())]), .. BetweenGenerators(items)],
            Condition = headline.Condition,
            CrossShot = CrossShot(headline.Condition),
            Controls = controls.Results(),
            Quality = new QualitySummary(quality.Items, quality.Models),
            Folds = folded,
            Resized = store.Info.Size != columns.Size,
            Split = Summary(folds),
            NearestShotDistances = testFrames.Where(frame => frame.Record.NearestShotDistance is not null).ToDictionary(frame => frame.Record.Key, frame => frame.Record.NearestShotDistance!.Value, StringComparer.Ordinal),
            Attributes = Attributes(store),
            Swap = SwapMeasure.Of(folds, TestFrames) is not { } swap ? null : swap with
            {
                IdentityOwnToSelf = quality.Swap?.OwnToSelf,
                IdentitySwappedToSelf = quality.Swap?.SwappedToSelf,
                IdentitySwappedToOther = quality.Swap?.SwappedToOther,
            },
            Warnings = [.. Notes.Warnings(config, folds, plans), .. leaks, .. headline.Warning is { } warning ? new[] { warning } : []],
            Limitations = [Chosen(headline.Condition), .. Notes.Limitations(config, SeparateTrainings), .. quality.Notes],
        };
    }

    // The same true frames against each generator's own.
    private static IReadOnlyList<SpreadRow> BetweenGenerators(IReadOnlyList<ScoredItem> items) => SpreadRow.Of(
        SpreadRow.Generator, [.. items.Select(item => item.Weights).Where(label => label.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(label => items.Where(item => !item.Generated || item.Weights == label).ToArray())]);

    private CrossShotRow[] CrossShot(string condition) =>
        cross.GroupBy(scores => (scores.Mode, scores.Arm, scores.TrainShots)).SelectMany(group => config.Shots.Select(test =>
        {
            var scores = group.SelectMany(fold => fold.Items).Where(item => item.Condition == condition && (!item.Generated || (item.Mode == group.Key.Mode && item.Arm == group.Key.Arm && item.Shots == test)));
            var auc = ClusteredAuc.Interval(scores.Select(item => new ClusteredScore(item.Identity, item.Generated, item.Score)));
            return new CrossShotRow { Mode = group.Key.Mode, Arm = group.Key.Arm, TrainShots = group.Key.TrainShots, TestShots = test, Auc = auc.Value, CiLow = auc.Low, CiHigh = auc.High };
        })).ToArray();

    private SplitSummary Summary(IReadOnlyList<Fold> folds) => new()
    {
        Name = folds.Count == 1 ? "one split" : FormattableString.Invariant($"cross-fitting in {folds.Count} folds (largest counts of a fold; every person is tested once)"),
        Seed = config.Seed,
        Generator = config.Generator.Continue is null ? 0 : folds.Max(fold => fold.People(SplitRole.Train).Count),
        Train = folds.Max(fold => fold.People(SplitRole.Train).Count),
        Validation = folds.Max(fold => fold.People(SplitRole.Validation).Count),
        Calibration = folds.Max(fold => fold.People(SplitRole.Calibration).Count),
        Test = folds.Sum(fold => fold.People(SplitRole.Test).Count),
        GeneratorEqualsTrain = config.Generator.Continue is not null,
    };

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Attributes(FrameStore store)
    {
        var result = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        if (store.ReadSidecar("attributes.json") is not { } json) return result;
        using var document = JsonDocument.Parse(json);
        foreach (var person in document.RootElement.EnumerateObject())
        {
            string Text(string name) => person.Value.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : person.Value.GetProperty(name).GetBoolean() ? "yes" : "no";
            result[person.Name] = new SortedDictionary<string, string>(AttributeNames.ToDictionary(name => name, Text), StringComparer.Ordinal);
        }

        return result;
    }

    private static double? Mean(IEnumerable<double?> values)
    {
        var known = values.OfType<double>().ToArray();
        return known.Length == 0 ? null : known.Average();
    }
}
