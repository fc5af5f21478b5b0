using System.Text.Json.Serialization;
using System.Text.Json;
using Entries = ForensicHeads.Detector.Catalogue.Detectors;
using Known = ForensicHeads.Detector.Conditions.FrameConditions;
using Makers = ForensicHeads.Generator.Catalogue.Generators;

namespace ForensicHeads.Experiments.Configuration;

/// <summary>A whole experiment in one JSON file; every value has a default, and unknown names are refused.</summary>
public sealed record ExperimentConfig
{
    /// <summary>Where an editor finds the form of the file, as <c>experiment schema</c> writes it; plays no part in the run.</summary>
    [JsonPropertyName("$schema"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Schema { get; init; }

    /// <summary>Name, for the report's title: letters, digits, '-' and '_'.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence on what the experiment is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>Procedural heads to render, or null where <see cref="Store"/> is used.</summary>
    public ProceduralOptions? Procedural { get; init; }

    /// <summary>A store to read, or <c>{store}</c> for the one named on the command line.</summary>
    public string? Store { get; init; }

    /// <summary>Where the generator comes from.</summary>
    public GeneratorSource Generator { get; init; } = new();

    /// <summary>People per role.</summary>
    public RoleCounts Roles { get; init; } = new();

    /// <summary>A split file that gives the roles in place of <see cref="Roles"/>, relative to the experiment file, so that people stay
    /// where they are when a seed changes; null to draw them.</summary>
    public string? Split { get; init; }

    /// <summary>That split, read; null where there is none.</summary>
    [JsonIgnore]
    public Datasets.Splits.Split? People { get; init; }

    /// <summary>Shot counts T, ascending.</summary>
    public IReadOnlyList<int> Shots { get; init; } = [1, 8, 32];

    /// <summary>Independent draws of the shots of those who are tested; at the most shots, and of everybody else, the first alone is
    /// used.</summary>
    public int Draws { get; init; } = 1;

    /// <summary>
    /// Where driver frames come from: <c>other_video_else_gap</c>, the fair choice for detection; <c>same_video</c>, at least a second
    /// away from every shot, for the quality measures of self-reenactment (another video has another background, which no shot shows).
    /// </summary>
    public DriverRule DriverRule { get; init; } = DriverRule.OtherVideoElseGap;

    /// <summary>Contiguous driver frames a clip.</summary>
    public int DriverFrames { get; init; } = 16;

    /// <summary>Driver clips a person, in different videos or at least a second apart. Where everybody tested has two, the headline is of
    /// videos: frames of one clip are worth about one frame.</summary>
    public int DriverClips { get; init; } = 1;

    /// <summary>Fine-tuning: budget, rates and loss weights.</summary>
    public AdaptOptions Adapt { get; init; } = new();

    /// <summary>
    /// Budget arms: how many updates fine-tuning gets at each T. <c>updates</c>: the same number for every T; <c>epochs</c>: the same
    /// number of passes over the T shots, as in the paper. Null: only <see cref="AdaptOptions.Arm"/>, which is the headline's in any case.
    /// </summary>
    public IReadOnlyList<Arm>? Arms { get; init; }

    /// <summary>
    /// Step caps to try on validation people, ascending: the one whose heads come nearest to the truth replaces
    /// <see cref="AdaptOptions.StepCap"/>, for every shot count. Null: that one as it stands.
    /// </summary>
    public IReadOnlyList<int>? StepCaps { get; init; }

    /// <summary>How shots and drivers are drawn.</summary>
    [JsonIgnore]
    public ShotOptions ShotOptions => new()
    {
        ShotCounts = Shots,
        Draws = Draws,
        DriverFrames = DriverFrames,
        DriverClips = DriverClips,
        DriverRule = DriverRule,
        KeepsReferences = Person,
        Seed = Seed,
    };

    /// <summary>The arms that are run, the headline's first.</summary>
    [JsonIgnore]
    public IReadOnlyList<Arm> BudgetArms => [Adapt.Arm, .. (Arms ?? []).Where(arm => arm != Adapt.Arm)];

    /// <summary>
    /// What makes fakes: <c>few-shot</c>, whose shot counts make the curve, and others, made from the same shots for the test people and
    /// scored in rows of their own: an attacker of the catalogue, a <c>NAME.generator.json</c>, or the finished fakes of a store
    /// (<c>{ "store": …, "generator": … }</c>).
    /// </summary>
    public IReadOnlyList<GeneratorReference> Generators { get; init; } =
        [Makers.FewShot.Name, .. Makers.Of(GeneratorPart.Attacker).Where(one => one.IsRival).Select(one => (GeneratorReference)one.Name)];

    /// <summary>The generators beside the few-shot one.</summary>
    [JsonIgnore]
    public IEnumerable<GeneratorReference> Others => Generators.Where(one => one.Title != Makers.FewShot.Name);

    /// <summary>Their names in tables.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Attackers => [.. Others.Select(one => one.Title)];

    /// <summary>Those of the other generators whose frames also train the detector; none, so that it meets them unprepared.</summary>
    public IReadOnlyList<string> AttackersInTraining { get; init; } = [];

    /// <summary>The networks that measure how good the made frames are; null for none.</summary>
    [JsonConverter(typeof(QualitySource.NullIsNone))]
    public QualitySource Quality { get; init; } = new();

    /// <summary>Whether a second detector is trained without the few-shot generator: on self-blended images and the auto-encoder of the
    /// same people.</summary>
    public bool Unaware { get; init; } = true;

    /// <summary>Whether detectors are run that know the person: with pictures of whom a clip claims to show, by the network of
    /// <see cref="QualitySource.Recogniser"/>.</summary>
    public bool Person { get; init; } = true;

    /// <summary>How many pictures of a person they hold, ascending; the curve is drawn for 4 or, without it, the last.</summary>
    public IReadOnlyList<int> References { get; init; } = [1, 2, 4, 8, 16];

    /// <summary>R of the curve.</summary>
    [JsonIgnore]
    internal int HeadlineReferences => References.Contains(4) ? 4 : References[^1];

    /// <summary>Further detectors: names of the catalogue, and detectors of others, each a <c>NAME.detector.json</c>.</summary>
    public IReadOnlyList<string> Detectors { get; init; } = [];

    /// <summary>The folder of the experiment file, beside which files are looked for first; null for none.</summary>
    [JsonIgnore]
    public string? Folder { get; init; }

    /// <summary>Where the detectors of others lie.</summary>
    [JsonIgnore]
    internal IEnumerable<string> DetectorFiles => Detectors.Where(DetectorFile.IsOne).Select(Near);

    /// <summary>The detectors that are taught, the headline's first.</summary>
    [JsonIgnore]
    internal IEnumerable<DetectorEntry> Chosen => new[] { Entries.Artefact }.Concat(Unaware ? [Entries.ArtefactUnaware] : [])
        .Concat(Detector.Augment ? [Entries.ArtefactAugmented] : [])
        .Concat(Person ? [Entries.Person, Entries.PersonUnaware, Entries.IdentityMoments] : [])
        .Concat(Detectors.Where(name => !DetectorFile.IsOne(name))).Distinct(StringComparer.Ordinal).Select(Entries.All.ByName);

    /// <summary>Trainings of every detector, each with a seed of its own, the experiment's first; their spread stands in the
    /// report.</summary>
    public int DetectorSeeds { get; init; } = 1;

    /// <summary>Steps of the robustness ladder; null for all, empty for none.</summary>
    public IReadOnlyList<string>? Ladder { get; init; }

    /// <summary>The steps that are run.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> LadderSteps => Ladder ?? Known.Ladder;

    /// <summary>Conditions, each applied to both classes: <c>clean</c>, <c>recaptured</c>, <c>face-only</c>, <c>jpeg-50</c>,
    /// <c>h264-crf23</c> …</summary>
    public IReadOnlyList<string> Conditions { get; init; } = ["clean", "recaptured", "jpeg-50"];

    /// <summary>
    /// Feature families of the detector. <c>landmarks</c> is measured on each sequence, by the finder of <see cref="Quality"/>; <c>cnn</c>
    /// teaches a network for each detector, condition and fold, which is most of an experiment's time, and stands beside at least one
    /// other.
    /// </summary>
    public IReadOnlyList<string> Families { get; init; } = ["spectrum", "dct_beta", "npr_stats"];

    /// <summary>How the networks of family <c>cnn</c> are taught; their seed is the detector's.</summary>
    public NetworkTrainingOptions Network { get; init; } = new();

    /// <summary>Folds of training people for the rows of family <c>cnn</c>.</summary>
    public int NetworkFolds { get; init; } = 3;

    /// <summary>The detector's trainer.</summary>
    public DetectorOptions Detector { get; init; } = new();

    /// <summary>The condition of the headline; null to choose it on validation people, 20 of whom are wanted for that.</summary>
    public string? PrimaryCondition { get; init; }

    /// <summary>Differences of AUC within ± this count as none, 0.01 … 0.2.</summary>
    public double EquivalenceMargin { get; init; } = 0.05;

    /// <summary>Permutations of the label-shuffle control, at least 200.</summary>
    public int Permutations { get; init; } = 200;

    /// <summary>Frames of real people that look alike across roles: <c>stop</c> the run, or only <c>report</c> them.</summary>
    public NearDuplicateRule NearDuplicates { get; init; } = NearDuplicateRule.Stop;

    /// <summary>Seed of every draw: people, shots, drivers, conditions, permutations. Adaptation and detectors take it, too, where
    /// <c>adapt.seed</c> and <c>detector.seed</c> say nothing else.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range; one line.</exception>
    public ExperimentConfig Validated()
    {
        foreach (var (option, names) in new[] { ("attackers_in_training", AttackersInTraining),
            ("conditions", Conditions), ("families", Families), ("detectors", Detectors), ("ladder", Ladder ?? []) })
            Check(names.All(one => one is not null), option, "a list with null", "a list of names");
        Check(Name.Length is > 0 and <= 60 && Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'), "name", Name,
            "1 to 60 letters, digits, '-' and '_'");
        Check((Procedural is null) != (Store is null), "source", Procedural is null ? "none" : "both", "either procedural or store");
        Check(Shots.Count > 0 && Shots.All(t => t >= 1) && Shots.Zip(Shots.Skip(1)).All(pair => pair.First < pair.Second), "shots",
            string.Join(", ", Shots), "one or more ascending numbers from 1");
        Check(Draws is >= 1 and <= 20, "draws", Draws, "1 to 20");
        Check(DriverClips is >= 1 and <= 20, "driver_clips", DriverClips, "1 to 20");
        Check(DriverFrames is >= 2 and <= 1000, "driver_frames", DriverFrames, "2 to 1000");
        Check(Arms is null || (Arms.Contains(Adapt.Arm) && Arms.Distinct().Count() == Arms.Count), "arms",
            string.Join(", ", (Arms ?? []).Select(arm => arm.Text())),
            $"each arm once, the headline's (adapt.arm, here {Adapt.Arm.Text()}) among them");
        Check(StepCaps is null
            || (StepCaps.Count > 1 && StepCaps[0] >= 1 && StepCaps.Zip(StepCaps.Skip(1)).All(pair => pair.First < pair.Second)),
            "step_caps", string.Join(", ", StepCaps ?? []), "two or more ascending numbers from 1");
        Check(Generators.All(one => one is { Name.Length: > 0, Store: not "" }), "generators", "a list with null", "a list of generators");
        IReadOnlyList<GeneratorReference> generators = [.. Generators.Select(one => one.Found(Near))];
        var known = Makers.Of(GeneratorPart.Attacker);
        string[] copies = [.. known.Where(attacker => attacker.GivesTrueFrames).Select(attacker => attacker.Name)];
        Check(generators.Any(one => one.Title == Makers.FewShot.Name) && generators.DistinctBy(one => one.Title).Count() == generators.Count
            && generators.All(one =>
                one.Path is not null || one.Title == Makers.FewShot.Name || known.Contains(Makers.All.Find(one.Title))),
            "generators", string.Join(", ", generators.Select(one => one.Name)),
            $"{Makers.FewShot.Name}, and beside it each at most once: {string.Join(", ", known.Select(attacker => attacker.Name))}, files "
            + $"that end in {GeneratorFile.Ending}, and stores of finished fakes");
        string[] also = [.. AttackersInTraining.Select(name => generators.FirstOrDefault(one => one.Name == name)?.Title
            ?? Makers.All.Find(name)?.Name ?? name)];
        Check(also.Distinct().Count() == also.Length && also.All(name => name != Makers.FewShot.Name && !copies.Contains(name)
            && generators.Any(one => one.Title == name)),
            "attackers_in_training", string.Join(", ", AttackersInTraining),
            $"some of the other generators, but not {string.Join(", ", copies)}, which is a true frame");
        Check(Conditions.Count > 0 && Conditions.Contains("clean"), "conditions", string.Join(", ", Conditions),
            "a list with 'clean' in it");
        foreach (var condition in Conditions) Known.All.ByName(condition);
        Check(References.Count > 0 && References[0] >= 1 && References[^1] <= 100
            && References.Zip(References.Skip(1)).All(pair => pair.First < pair.Second), "references", string.Join(", ", References),
            "one or more ascending numbers from 1 to 100");
        Check(PrimaryCondition is null || Conditions.Contains(PrimaryCondition), "primary_condition", PrimaryCondition ?? "",
            $"one of the conditions ({string.Join(", ", Conditions)}), or null to choose it on validation people");
        Check(EquivalenceMargin is >= 0.01 and <= 0.2, "equivalence_margin", EquivalenceMargin, "0.01 to 0.2");
        foreach (var name in Detectors.Where(name => !DetectorFile.IsOne(name))) Entries.All.ByName(name);
        string[] foreign = [.. DetectorFiles.Select(file => DetectorFile.Read(file).Name)];
        Check(foreign.Distinct(StringComparer.Ordinal).Count() == foreign.Length && foreign.All(name => Entries.All.Find(name) is null),
            "detectors", string.Join(", ", foreign), "names of files that no other detector has");
        Check(DetectorSeeds is >= 1 and <= 20, "detector_seeds", DetectorSeeds, "1 to 20");
        Check(LadderSteps.Distinct().Count() == LadderSteps.Count, "ladder", string.Join(", ", LadderSteps), "each step at most once");
        foreach (var step in LadderSteps) Known.Step(step);
        foreach (var family in Families) FeatureFamilies.Check(family);
        var trained = FeatureFamilies.TrainedOf(Families);
        Check(Families.Any(family => family != trained?.Name) && Families.Distinct(StringComparer.Ordinal).Count() == Families.Count,
            "families", string.Join(", ", Families),
            $"one or more families, each once, and a trained one beside at least one other (results.json then has it alone, too)");
        Check(NetworkFolds is >= 2 and <= 20, "network_folds", NetworkFolds, "2 to 20");
        Network.Validated();
        Check(Permutations is >= LabelShuffle.MinimumPermutations and <= 100_000, "permutations", Permutations,
            $"{LabelShuffle.MinimumPermutations} to 100000");
        Check(Generator.Weights.Count is >= 1 and <= 20
            && Generator.Weights.Distinct(StringComparer.Ordinal).Count() == Generator.Weights.Count, "generator.weights",
            string.Join(", ", Generator.Weights), "1 to 20 different weights");
        Check(Generator.ForwardWeights is null || Generator.ForwardWeights.Count == Generator.Weights.Count, "generator.forward_weights",
            string.Join(", ", Generator.ForwardWeights ?? []), $"as many as generator.weights, here {Generator.Weights.Count}");
        Check(Generator.ForwardWeights is null || Generator.Continue is null, "generator.forward_weights",
            string.Join(", ", Generator.ForwardWeights ?? []), "nothing beside generator.continue, which goes on with one meta-training");
        Procedural?.Validated();
        Adapt.Validated();
        Detector.Validated();
        Generator.Continue?.Validated();
        Roles.Validate();
        return this with { Generators = generators, AttackersInTraining = also };
    }

    // Beside the experiment first, then where the command runs.
    private string Near(string path) => Folder is not null && Path.Combine(Folder, path) is var near && Path.Exists(near) ? near : path;

    private static void Check(bool holds, string name, object value, string allowed)
    {
        if (!holds) throw new UserErrorException(FormattableString.Invariant(
            $"Experiment option {name} is '{value}'; allowed is {allowed}."), exitCode: 2);
    }
}

/// <summary>Where the generator's weights come from.</summary>
public sealed record GeneratorSource
{
    /// <summary>
    /// Name of shipped weights, or a path of a run folder or safetensors file. Several, seeds of the meta-training say, make heads of the
    /// same people each; the curve pools over them, and the report says how much they differ.
    /// </summary>
    [JsonConverter(typeof(OneOrSeveral))]
    public IReadOnlyList<string> Weights { get; init; } = ["heads-64"];

    /// <summary>Weights for feed-forward heads (and <c>t0</c>) from a meta-training of their own, as in the paper, one for each of the
    /// others; null where one serves both.</summary>
    [JsonConverter(typeof(OneOrSeveral))]
    public IReadOnlyList<string>? ForwardWeights { get; init; }

    /// <summary>Auto-encoder of the <c>reconstruct</c> anchor: name of shipped weights, that for the generator's size where the name has
    /// none, or a path.</summary>
    public string Autoencoder { get; init; } = "autoencoder";

    /// <summary>Meta-training to go on with, in every fold, on the people that are not tested; null to use the weights as they
    /// are.</summary>
    public TrainOptions? Continue { get; init; }

    /// <summary>At most so many frames a video go into that training; 0 for all.</summary>
    public int MaxFramesPerVideo { get; init; } = 100;
}

/// <summary>How many people serve which role.</summary>
public sealed record RoleCounts
{
    /// <summary>Detector training.</summary>
    public int Train { get; init; } = 8;

    /// <summary>Threshold and headline condition.</summary>
    public int Validation { get; init; } = 4;

    /// <summary>Calibrator.</summary>
    public int Calibration { get; init; } = 4;

    /// <summary>Every number reported.</summary>
    public int Test { get; init; } = 12;

    /// <summary>
    /// Cross-fitting over so many folds instead: every person is tested once, by a generator, detector and calibrator fitted without
    /// them. 0 for one fixed split.
    /// </summary>
    public int Folds { get; init; }

    internal void Validate()
    {
        if (Folds is < 0 or 1 or > 100)
            throw new UserErrorException($"Experiment option roles.folds is {Folds}; allowed is 0 (one split) or 2 to 100.",
                exitCode: 2);
        if (Folds > 0) return;
        foreach (var (name, count) in new[] { ("train", Train), ("validation", Validation), ("calibration", Calibration), ("test", Test) })
        {
            if (count < 1) throw new UserErrorException($"Experiment option roles.{name} is {count}; allowed is 1 or more.", exitCode: 2);
        }
    }
}

/// <summary>Reads a name or a list of names, and writes a single one as a name again.</summary>
internal sealed class OneOrSeveral : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return [reader.GetString()!];
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("a name or a list of names was expected.");
        return JsonSerializer.Deserialize<string[]>(ref reader, options) is { } names && names.All(name => name is not null) ? names
            : throw new JsonException("a list of names was expected, and one of them is null.");
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        if (value.Count == 1) writer.WriteStringValue(value[0]);
        else JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}

/// <summary>The networks that measure the quality of made frames.</summary>
public sealed record QualitySource
{
    /// <summary>No network: quality is not measured beyond the pixels.</summary>
    public static QualitySource None { get; } = new() { Judge = null, Landmarks = null };

    /// <summary>Judge of identity, whose features KID and FID are taken in: name of shipped weights, the largest for the frames' size
    /// where the name has none, or a path; or, for filmed people,
    /// <c>mobileface-v2</c> or <c>dlib-resnet</c> from <c>models fetch</c>, which give no features; null for none.</summary>
    public string? Judge { get; init; } = "identity-judge";

    /// <summary>The network by which the detectors that know the person know people, named as the judge is, so that it is not the one that
    /// judges quality; null for the judge.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Recogniser { get; init; }

    /// <summary>Landmark finder: name of shipped weights, chosen as the judge's, or a path; null for none.</summary>
    public string? Landmarks { get; init; } = "landmarks";

    /// <summary>Reads <c>null</c> as <see cref="None"/>.</summary>
    internal sealed class NullIsNone : JsonConverter<QualitySource>
    {
        public override bool HandleNull => true;

        public override QualitySource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? None : JsonSerializer.Deserialize<QualitySource>(ref reader, options)!;

        public override void Write(Utf8JsonWriter writer, QualitySource value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, options);
    }
}
