using System.Globalization;
using Known = ForensicHeads.Detector.Conditions.FrameConditions;

namespace ForensicHeads.Experiments.Protocols;

/// <summary>Runs one generalisation protocol over stores and writes <c>results.json</c>, <c>results.md</c> and the scores.</summary>
public sealed record ProtocolRun
{
    private const string CrossCondition = "cross-condition";

    private const string ContainerSees = "width, height, frame rate, bit rate, frame count and codec of the file";
    private const string TrivialPixels = "seven global statistics, mean over the clip's frames";

    // Half of a stand-alone training's: there is one training a round.
    private const int PairsOfNetworks = 8;

    /// <summary>The protocols by name.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. LeaveOneOut.All.Select(rule => rule.Protocol), "cross-mode", "cross-shots", CrossCondition];

    /// <summary>The feature families that <see cref="Families"/> may name.</summary>
    public static IReadOnlyList<string> MeasurableFamilies => DetectorRecipe.Measurable;

    /// <summary>One of <see cref="Names"/>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Stores whose real clips take part.</summary>
    public required IReadOnlyList<FrameStore> Real { get; init; }

    /// <summary>Stores whose generated clips take part.</summary>
    public required IReadOnlyList<FrameStore> Generated { get; init; }

    /// <summary>The detector's families; empty for the default ones.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];

    /// <summary>Conditions of <c>cross-condition</c>; empty for clean and jpeg-50.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>Folders with the source files, for <c>container_only</c>.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Of measured features; null to keep none.</summary>
    public ContentCache? Cache { get; init; }

    /// <summary>Sampling and seed.</summary>
    public ProtocolOptions Options { get; init; } = new();

    /// <summary>Files of detectors of others that stand beside ours where something is left out; empty for the published MesoNets that
    /// <c>models fetch</c> brought. Those that are missing are left out with a warning.</summary>
    public IReadOnlyList<string> Detectors { get; init; } = [];

    /// <summary>Lists of finished scores, CSV, that stand beside ours where something is left out (<see cref="DetectorFile.OfScores"/>).
    /// Default none.</summary>
    public IReadOnlyList<string> Imports { get; init; } = [];

    /// <summary>Folder where the published MesoNets are looked for first; null for the usual places.</summary>
    public string? Models { get; init; }

    /// <summary>What the detector learns from besides the clips; the baselines do not. Default nothing.</summary>
    public TeachingCopies Copies { get; init; } = new();

    /// <summary>Where, and in which numbers, the networks of the rounds learn.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    /// <summary>Whether other ways to combine the families are scored beside the detector. Default false.</summary>
    public bool Variants { get; init; }

    /// <summary>Whether results and scores hold numbers in place of the names of clips, people and groups. Default false.</summary>
    public bool Numbered { get; init; }

    /// <summary>Told what a user should know.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    private IReadOnlyList<string> Crossed =>
        Protocol != CrossCondition ? ["clean"] : Conditions.Count > 0 ? Conditions : ["clean", "jpeg-50"];

    // A codec predicts a frame from its neighbours, so all conditions that are crossed with one see neighbouring frames.
    private bool Successive => Options.Equalise is not null
        || Crossed.Any(condition => Known.ByName(condition, Options.Seed) is H264Condition);

    private ISequenceCondition Clean => Known.ByName("clean", Options.Seed);

    private LeaveOneOut? Rule => LeaveOneOut.Find(Protocol);

    private string PrimaryEndpoint => Rule switch
    {
        { Noun: var noun } =>
            $"macro AUC of clips over the {noun}s with at least {Generalisation.LeastClips} clips, each left out of training in turn, "
            + $"detector minus the best baseline by that same mean; paired by {noun} and real person, two-way interval",
        null => $"AUC of clips for every pair of {Protocol[(Protocol.IndexOf('-', StringComparison.Ordinal) + 1)..]} trained on and tested "
            + "on, people never trained on; interval over people",
    };

    /// <summary>What <see cref="Execute"/> will measure, without measuring anything.</summary>
    /// <exception cref="UserErrorException">Unknown names, or values outside their range.</exception>
    public ProtocolPlan Plan()
    {
        if (!Names.Contains(Protocol)) throw Unknown();
        foreach (var condition in Crossed) Known.ByName(condition, Options.Seed);
        if (DetectorRecipe.Twice(Crossed)
            is { } twice) throw new UserErrorException(
                $"Condition '{twice}' is named twice and would count every clip twice; name it once.", exitCode: 2);
        if (Options.Equalise is not null && Protocol == CrossCondition) throw new UserErrorException(
            $"--equalise would change every frame before the conditions of {CrossCondition} do. Leave it out there.", exitCode: 2);
        if (Protocol == CrossCondition && Families.FirstOrDefault(name => FeatureFamilies.OfPairs.Find(name) is not null) is { } pair)
            throw new UserErrorException(
                $"Family {pair} also looks at the frame before, which {CrossCondition} does not change; leave it out.", exitCode: 2);
        Copies.Validate();
        if (Copies.Names.Count > 0 && Rule is null) throw new UserErrorException(
            $"Copies teach in {string.Join(" and ", LeaveOneOut.All.Select(rule => rule.Protocol))} alone; leave --copies out.",
            exitCode: 2);
        if (Detectors.Count + Imports.Count > 0 && Rule is null) throw new UserErrorException(
            $"Detectors of others take part in {string.Join(" and ", LeaveOneOut.All.Select(rule => rule.Protocol))} alone; leave "
            + $"{(Detectors.Count > 0 ? "--detectors" : "--import")} out.", exitCode: 2);
        return new ProtocolPlan
        {
            Protocol = Protocol,
            PrimaryEndpoint = PrimaryEndpoint,
            Families = DetectorRecipe.Chosen(Families),
            Conditions = Crossed,
            Options = Options.Validated(),
            Models = Rule is not null ? OthersHashes() : new Dictionary<string, string>(),
            Stores = [.. Real.Concat(Generated).DistinctBy(store => store.ContentHash)
                .Select(store => new ProtocolInput(store.Info.Name, store.ContentHash, store.Count))],
        };
    }

    /// <summary>Runs and writes.</summary>
    /// <returns>The content of <c>results.json</c> and of <c>results.md</c>.</returns>
    /// <exception cref="UserErrorException">Unknown names, too few clips, people or generators.</exception>
    public (object Document, string Table) Execute(string folder, IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var set = NearDuplicateClips.Link(ClipSet.Load(Real, Generated, Options, Successive), progress, cancellation);
        if (set.NearDuplicates.Count > 0)
            Warn($"{set.NearDuplicates.Count} pairs of clips without a common person, group, driver or source have frames that look the "
                + $"same, so they are kept on one side: {set.NearDuplicates[0]}. results.json lists all.");
        var stores = Real.Concat(Generated).Select(store => store.ContentHash).Distinct().ToArray();
        using var made = new TemporaryFolder();
        if (Options.Equalise is { } crf) set = EqualisedClips.Of(set, crf, made.Path, progress, cancellation);
        set = set.With(Copies, made.Path, progress, cancellation);
        if (Rule is { } rule)
        {
            var recipe = Recipe(set, Clean, progress, cancellation);
            var remarks = new List<string>();
            IReadOnlyList<IClipScorer> scorers =
                [recipe.Detector(rule), .. Variants ? recipe.Variants() : [], .. Baselines(rule, set, remarks, progress, cancellation),
                .. Networks(set, remarks, progress, cancellation)];
            var (results, scores) =
                Generalisation.Run(rule, set, Options, recipe.Families, stores, scorers, remarks, progress, cancellation);
            if (Numbered)
            {
                var numbers = new NumberedClips(set.Clips, Options.Seed);
                (results, scores) = (numbers.Of(results), numbers.Of(scores));
            }

            ProtocolScoreFile.Write(folder, scores);
            return Write(folder, results, ProtocolTables.Of(results));
        }

        var cross = Cross(set, stores, progress, cancellation);
        return Write(folder, cross, ProtocolTables.Of(cross));
    }

    private static (object, string) Write<T>(string folder, T results, string table)
        where T : class
    {
        AtomicFile.WriteText(folder, "results.json", CanonicalJson.ToText(results));
        AtomicFile.WriteText(folder, "results.md", table);
        return (results, table);
    }

    private CrossResults Cross(ClipSet set, string[] stores, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var notes = new List<string>();
        var slices = Slices(set, condition => Recipe(set, condition, progress, cancellation).Candidates[0]);
        var container = DetectorRecipe.Trainers(Container(set, notes, cancellation))[0];
        var pixels = Slices(set, condition => DetectorRecipe.Trainers(Pixels(set, condition, progress, cancellation))[0]);
        IReadOnlyList<CrossCell> Cells(IReadOnlyList<CrossSlices.Slice> ofOne) =>
            CrossSlices.Run(set.Clips, ofOne, Options.Folds, Options.Seed, progress, cancellation);
        return new CrossResults
        {
            Protocol = Protocol,
            Options = Options,
            Successive = Successive,
            Stores = stores,
            Families = DetectorRecipe.Chosen(Families),
            RealPeople = set.Clips.Where(clip => !clip.Generated).Select(clip => clip.Identity).Distinct().Count(),
            LeftOut = set.LeftOut,
            NearDuplicates = set.NearDuplicates,
            Slices = [.. slices.Select(slice => slice.Name)],
            Cells = Cells(slices),
            Baselines =
            [
                new CrossBaseline(TrivialPixelsFamily.FamilyName, TrivialPixels + "; a linear model like the detector's", Cells(pixels)),
                new CrossBaseline(Generalisation.ContainerOnly,
                    ContainerSees + "; a linear model like the detector's; no condition changes it", Cells(Slices(set, _ => container))),
            ],
            Notes = notes,
        };
    }

    private IReadOnlyList<CrossSlices.Slice> Slices(ClipSet set, Func<ISequenceCondition, ClipCandidate> candidate) => Protocol switch
    {
        CrossCondition => [.. Crossed.Select(name => new CrossSlices.Slice(name, _ => true, candidate(Known.ByName(name, Options.Seed))))],
        "cross-mode" => CrossSlices.By("mode", set.Clips, clip => clip.Origin.Mode?.Text(), candidate(Clean)),
        "cross-shots" =>
            CrossSlices.By("shot count", set.Clips, clip => clip.Origin.Shots?.ToString(CultureInfo.InvariantCulture), candidate(Clean)),
        _ => throw Unknown(),
    };

    private UserErrorException Unknown() => new($"There is no protocol '{Protocol}'; choose from {string.Join(", ", Names)}.", exitCode: 2);

    private DetectorRecipe Recipe(ClipSet set, ISequenceCondition condition, IProgress<StepProgress>? progress,
        CancellationToken cancellation) =>
        DetectorRecipe.Of(set, Families, condition, Cache, Options.Seed, progress, cancellation);

    // Whoever reads the results did not see the run.
    private void Remark(string what, List<string> remarks)
    {
        Warn(what);
        remarks.Add(what);
    }

    private IReadOnlyList<IClipScorer> Baselines(LeaveOneOut rule, ClipSet set, List<string> remarks, IProgress<StepProgress>? progress,
        CancellationToken cancellation) =>
        [
        new NestedScorer(Generalisation.ContainerOnly, ContainerSees + "; the trainer is chosen as the detector's is",
            DetectorRecipe.Trainers(Container(set, remarks, cancellation)), rule),
        new NestedScorer(TrivialPixelsFamily.FamilyName, TrivialPixels + "; the trainer is chosen as the detector's is",
            DetectorRecipe.Trainers(Pixels(set, Clean, progress, cancellation)), rule),
    ];

    private ClipTable Container(ClipSet set, List<string> remarks, CancellationToken cancellation)
    {
        var (facts, missing) = ClipContainers.Read(set.Clips, Sources, cancellation);
        if (missing > 0)
            Remark($"{missing} of {set.Clips.Count} source files were not found by their SHA-256: container_only knows no bit rate of "
                + "those, and frames only up to the last sampled one. Name their folder with --sources.", remarks);
        return ClipTable.Container(facts);
    }

    private ClipTable Pixels(ClipSet set, ISequenceCondition condition, IProgress<StepProgress>? progress,
        CancellationToken cancellation) =>
        ClipTable.Measure(set.Clips, TrivialPixelsFamily.FamilyName, set.Size, condition, Cache, Options.Seed, progress, cancellation)
            .Means();

    private DetectorFile[] Others()
    {
        DetectorFile[] files =
        [
            .. (Detectors.Count > 0 ? Detectors
                : MesoDetectors.Published.Select(model => MesoDetectors.Find(model, Models)).OfType<string>()).Select(DetectorFile.Read),
            .. Imports.Select(DetectorFile.OfScores),
        ];
        string[] ours = ["detector", Generalisation.ContainerOnly, TrivialPixelsFamily.FamilyName, RetrainedMeso4.ScorerName,
            RetrainedCnn.ScorerName];
        if (DetectorRecipe.Twice([.. ours, .. files.Select(ForeignScorer.NameOf)]) is { } twice) throw new UserErrorException(
            $"Two detectors are called '{twice}'. Give the one of --detectors another \"name\" in its file, or that of --import another "
            + "file name.", exitCode: 2);
        return files;
    }

    private Dictionary<string, string> OthersHashes() => Others().ToDictionary(file => file.Name, file =>
    {
        using var detector = ForeignDetectors.Open(file);
        return detector.Sha256;
    }, StringComparer.Ordinal);

    private IEnumerable<IClipScorer> Networks(ClipSet set, List<string> remarks, IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        var missing = Detectors.Count > 0 ? []
            : MesoDetectors.Published.Where(model => MesoDetectors.Find(model, Models) is null).ToArray();
        if (missing.Length > 0) Remark(
            $"The published detectors {string.Join(", ", missing.Select(model => model.Name))} are not here, so these baselines are left "
            + "out; bring them with 'models fetch' or name their folder with --models.", remarks);
        foreach (var file in Others())
        {
            using var detector = ForeignDetectors.Open(file);
            if (ForeignScorer.Of(detector, set.Clips, Cache, remark => Remark(remark, remarks), !Numbered, progress,
                cancellation) is { } scorer)
                yield return scorer;
        }

        if (Options.CnnSteps > 0) yield return new RetrainedCnn(
            new NetworkTrainingOptions { Steps = Options.CnnSteps, Pairs = PairsOfNetworks }, Cache)
        {
            Compute = Compute,
        };
        if (Options.MesoSteps == 0) remarks.Add("The baseline meso4_retrained was left out by --meso-steps 0.");
        else yield return new RetrainedMeso4(Meso4Training.Defaults with { Steps = Options.MesoSteps, Pairs = PairsOfNetworks }, Cache)
        {
            Compute = Compute,
        };
    }
}

/// <summary>The detector that the protocols measure: candidates fixed beforehand, the choice among them made inside each training
/// side.</summary>
/// <param name="Families">Its families.</param>
/// <param name="Candidates">The candidates, the preferred one first.</param>
internal sealed record DetectorRecipe(IReadOnlyList<string> Families, IReadOnlyList<ClipCandidate> Candidates)
{
    /// <summary>The sets of families to choose among when nothing else is asked for: coarse residuals, fine ones, all of
    /// these.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<string>> Sets =
    [
        ["residual_lags", "chroma_detail"], ["npr_stats", FaceRegions.Detail, FaceRegions.Tone],
        ["residual_lags", "chroma_detail", "npr_stats", FaceRegions.Detail, FaceRegions.Tone],
    ];

    private static readonly double[] Penalties = [3, 1, 10];
    private static readonly DetectorOptions Trees = new() { Trees = 60, Leaves = 4, RowsPerLeaf = 5, LearningRate = 0.1, ColumnShare = 1 };

    /// <summary>The scorer where something is left out.</summary>
    public IClipScorer Detector(LeaveOneOut rule) =>
        new NestedScorer("detector",
        $"{string.Join(", ", Families)}: a linear model each on means over the clip's frames (face_tone: deviations too), scores "
        + $"averaged; {(Candidates.DistinctBy(candidate => candidate.Tables.Count).Count() > 1 ? "families, " : "")}penalty and weights "
        + $"of generators chosen by leaving out one more {rule.Noun} inside the training side", Candidates, rule)
        { LearnsFromCopies = true };

    /// <summary>Other ways to combine the last set of families, each fixed beforehand and scored beside the detector.</summary>
    public IReadOnlyList<IClipScorer> Variants()
    {
        var widest = Candidates.MaxBy(candidate => candidate.Tables.Count)!;
        return
        [
            Fixed("fixed_mean", "mean of the families' scores", widest),
            Fixed("fixed_ranks", "mean of the families' ranks among training clips", widest with { Ranks = true }),
            Fixed("fixed_generators", "as fixed_mean, every generator with the same weight",
                widest with { Weighting = Weighting.Generators }),
            Fixed("fixed_worst", "as fixed_mean, generators weighted by how badly they are told (group DRO)",
                widest with { Weighting = Weighting.WorstGenerator }),
            Fixed("fixed_trees", "trees on each family, mean of their scores", widest with { Trees = Trees }),
        ];

        static NestedScorer Fixed(string name, string what, ClipCandidate candidate) =>
            new(name, what + "; nothing is chosen", [candidate]) { LearnsFromCopies = true, IsRival = false };
    }

    /// <summary>The families that can be measured on single frames, or pairs of them, without being taught first: <c>landmarks</c> looks at
    /// all frames of a face, <c>cnn</c> learns.</summary>
    public static readonly IReadOnlyList<string> Measurable =
        [.. FeatureFamilies.Names.Concat(FeatureFamilies.OfPairs.Names).Concat([FaceRegions.Detail, FaceRegions.Tone])
            .Order(StringComparer.Ordinal)];

    /// <summary>The families that were asked for, or all that are chosen among.</summary>
    /// <exception cref="UserErrorException">A family that is not among <see cref="Measurable"/>, or one that is named twice.</exception>
    public static IReadOnlyList<string> Chosen(IReadOnlyList<string> families)
    {
        if (families.FirstOrDefault(family => !Measurable.Contains(family)) is { } other)
            throw new UserErrorException($"Family '{other}' cannot be measured here; choose from {string.Join(", ", Measurable)}.",
                exitCode: 2);
        if (Twice(families)
            is { } twice) throw new UserErrorException($"Family '{twice}' is named twice and would count twice; name it once.",
            exitCode: 2);
        return families.Count > 0 ? families : Sets[^1];
    }

    /// <summary>The first name that is there more than once; null where none is.</summary>
    public static string? Twice(IReadOnlyList<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1)?.Key;

    /// <summary>Measures all families and lists the candidates.</summary>
    public static DetectorRecipe Of(ClipSet set, IReadOnlyList<string> families, ISequenceCondition condition, ContentCache? cache,
        long seed, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var names = Chosen(families);
        var tables = names.ToDictionary(family => family, Table, StringComparer.Ordinal);
        var sets = families.Count > 0 ? [families] : Sets;
        var resized = IsResized(set);
        ClipCandidate[] candidates =
        [
            .. from chosen in sets
               let what = sets.Count > 1 ? string.Join(" + ", chosen.Select(Named)) + ", " : ""
               from weights in (Weighting[])[Weighting.People, Weighting.Generators]
               from penalty in Penalties
               let equal = weights == Weighting.Generators ? ", equal generators" : ""
               select new ClipCandidate(FormattableString.Invariant($"{what}penalty {penalty}{equal}"),
                   [.. chosen.Select(name => tables[name])], penalty) { Weighting = weights },
        ];
        return new DetectorRecipe([.. names.Select(Named)], candidates);

        string Named(string family) => FeatureFamilies.NameOf(family, resized);

        // How the tone changes over a clip tells of the light on a head that really turns; elsewhere the means alone carry further.
        ClipTable Table(string family)
        {
            var table = ClipTable.Measure([.. set.Clips, .. set.Copies], family, set.Size, condition, cache, seed, progress, cancellation);
            return family == FaceRegions.Tone ? table : table.Means();
        }
    }

    // Crops that were cut at another size than they are stored at went through a filter.
    private static bool IsResized(ClipSet set) =>
        set.Clips.Any(clip => clip.Frames.Any(frame => frame.Record.CropW is > 0 and var side && Math.Abs(side - set.Size) > 0.5));

    /// <summary>The trainers on one table: what a baseline may choose from.</summary>
    public static IReadOnlyList<ClipCandidate> Trainers(ClipTable table) =>
        [.. Penalties.Select(penalty => new ClipCandidate(FormattableString.Invariant($"linear, penalty {penalty}"), [table], penalty)),
            new ClipCandidate("trees", [table], 1, Trees)];
}
