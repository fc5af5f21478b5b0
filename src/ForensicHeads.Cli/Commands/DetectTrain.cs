using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>detect train</c>: stores to a detector.</summary>
internal sealed class DetectTrain : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var real = Options.Paths("--real", "Stores whose real frames are learnt from.", "STORE", required: true);
        var generated =
            Options.Paths("--generated", "Stores whose generated frames are learnt from; may name the same.", "STORE", required: true);
        var to = Options.Required<string>("--out", "The folder to make.", "DETECTOR");
        var file = Options.Optional<string?>("--split",
            "Who trains, validates and calibrates, as 'datasets split' makes it; its test people are not learnt from. Default: all "
            + "people, 60, 20 and 20 %, drawn by --seed.", "FILE");
        var rounds = Options.Optional<string?>("--calibrate-by",
            "Calibrate on what was never learnt from: the detector is trained again for every generator, or collection, without it and "
            + "without a fold of the real people. Everybody then teaches, so no --split. Default: people set aside.", "PROTOCOL",
            [.. LeaveOneOut.All.Select(rule => rule.Protocol)]);
        var teach = Options.Paths("--teach",
            "With --calibrate-by: only clips whose licence begins so teach, as 'open'; the others are scored alone. Default: all.", "TEXT");
        var families = Options.Default<string[]>("--families", [.. FeatureFamilies.Default],
            $"Feature families out of {string.Join(", ", FeatureFamilies.All)}.", "NAME", FeatureFamilies.All);
        var trainer = Options.Default("--trainer", TrainerName.LightGbm, "What learns.");
        var seed = Options.Default("--seed", 1L, "Seed of every random choice.", "N");
        var size = Options.Optional<int?>("--size", "Side in pixels to which crops are reduced; default: the stores' own.", "PIXELS");
        var frames = Options.Default("--frames", 0, "Most frames a video that are learnt from, evenly spaced; 0 takes all.", "N");
        var trees = Options.Default("--trees", new DetectorOptions().Trees, "Trees of lightgbm and fastforest, 1 to 10000.", "N");
        var l2 = Options.Default("--l2", new DetectorOptions().L2,
            "Penalty on the weights of logistic, or on the leaves of lightgbm, 0 to 1000000. Few clips and many columns want more.", "L2");
        var fusion = Options.Switch("--late-fusion",
            "One model for each family, their scores averaged, so that a long family does not drown a short one.");
        var weights = Options.Default("--weighting", WeightName.People,
            "Who counts alike among the fakes: people, generators, or the worst generator most (told from real worst).");
        var copies = new CopyOptions();
        var steps =
            Options.Default("--cnn-steps", new NetworkTrainingOptions().Steps, "Updates of each of the four networks behind family cnn.",
            "N");
        var models =
            Options.Optional<string?>("--models", "Folder to look for the face models in first; family landmarks needs them.", "DIR");
        var remark =
            Options.Optional<string?>("--remark", "Said with every score of the detector, such as how it did on generators it never saw.",
            "TEXT");
        var near = Options.Default("--near-duplicates", NearDuplicateRule.Stop, "What near-duplicate real frames in two roles mean.");
        var compute = new ComputeOptions();
        var command = new CliCommand("train", "Trains a detector: sets its threshold and calibrates it, each on people of their own.",
            "forensicheads detect train --real data/real --generated data/fakes --split data/splits/default.json --out runs/detector")
        {
            real, generated, to, file, rounds, teach, families, trainer, seed, size, frames, trees, l2, fusion, weights, copies.Copies,
            copies.Decoders, steps, models,
            remark, near,
        }.Shows("--real", "--generated", "--out", "--split", "--calibrate-by", "--families", "--trainer", "--copies", "--seed");
        compute.AddTo(command);
        return command.Runs(context, run =>
        {
            var reals = DatasetsCommand.Open(run, run.Get(real));
            var fakes = DatasetsCommand.Open(run, run.Get(generated));
            var rule = LeaveOneOut.Find(run.Find(rounds));
            if (rule is not null && run.Find(file) is { } given) throw new UserErrorException(
                $"--split {given} sets people aside, and with --calibrate-by everybody teaches. Leave one of them out.", exitCode: 2);
            if (rule is null && run.IsGiven(teach)) throw new UserErrorException(
                "--teach needs --calibrate-by, whose rounds score what does not teach. Without it, choose clips with 'datasets select'.",
                exitCode: 2);
            var (split, splitName) = rule is null ? Split(run.Find(file), [.. reals, .. fakes], run.Get(seed))
                : (Everybody([.. reals, .. fakes]), rule.Protocol);
            using var landmarks = run.Get(families).Any(name => FeatureFamilies.OverTime.Find(name) is not null)
                ? CropLandmarks.Load(run.Find(models)) : null;
            var chosen = compute.Apply(run);
            var asked = copies.Of(run, run.Get(seed), chosen);
            var request = new TrainingRequest
            {
                Real = reals,
                Generated = fakes,
                Split = split,
                SplitName = splitName,
                Rounds = rule?.Rounds(reals, fakes, new ProtocolOptions { Seed = run.Get(seed) }, run.Get(teach) ?? [], run.Progress,
                    run.Cancellation) ?? [],
                Protocol = rule?.Protocol,
                Families = run.IsGiven(families) ? run.Get(families) : null,
                Landmarks = landmarks,
                Network = new NetworkTrainingOptions { Steps = run.Get(steps), JpegShare = asked.Has(TeachingCopies.Changed) ? 0.5 : 0 },
                Compute = chosen,
                Size = run.Find(size),
                Options = new DetectorOptions
                {
                    Model = (DetectorModelKind)run.Get(trainer),
                    Seed = run.Get(seed),
                    Trees = run.Get(trees),
                    L2 = run.Get(l2),
                    LateFusion = run.Get(fusion),
                    Weighting = (Weighting)run.Get(weights),
                },
                FramesPerVideo = run.Get(frames),
                Copies = asked,
                Remark = run.Find(remark) ?? "",
                NearDuplicates = run.Get(near),
            };
            var outcome = DetectorTraining.Run(request, run.Get(to), run.Progress, run.Cancellation);
            ValidationFigures[] figures = [.. outcome.Validation.Select(ValidationFigures.Of)];
            Say(run, outcome, figures);
            var unseen = RoundFigures.Of(rule, outcome);
            foreach (var line in unseen?.Lines() ?? []) run.Say(line);
            var folder = Path.GetFullPath(run.Get(to));
            run.Say($"detector: {folder}");
            return new CommandOutcome(new
            {
                detector = folder,
                manifest = outcome.Manifest,
                validation = new { frame_auc = outcome.FrameAuc, video_auc = outcome.VideoAuc, scorers = figures },
                calibrator = outcome.Calibrator,
                unseen,
                notes = outcome.Notes,
                scope = DetectorScope.Of(outcome.Manifest),
            });
        });
    }

    private static (Split Split, string Name) Split(string? file, FrameStore[] stores, long seed)
    {
        if (file is not null) return (Datasets.Splits.Split.Load(file), Hashes.OfFile(file));
        FrameStore[] once = [.. stores.DistinctBy(store => store.Path, StringComparer.Ordinal)];
        var options =
            new SplitOptions { Name = "detector", Seed = seed, Generator = 0, Train = 0.6, Validation = 0.2, Calibration = 0.2, Test = 0 };
        return (SplitMaker.Make(once, options),
            string.Create(CultureInfo.InvariantCulture, $"drawn: train 0.6, validation 0.2, calibration 0.2, seed {seed}"));
    }

    private static Split Everybody(FrameStore[] stores) => new()
    {
        Name = "everybody",
        Seed = 0,
        Identities = stores.SelectMany(store => store.Identities).Distinct(StringComparer.Ordinal)
            .ToDictionary(person => person, _ => SplitRole.Train, StringComparer.Ordinal),
    };

    private static void Say(CommandRun run, TrainingOutcome outcome, ValidationFigures[] figures)
    {
        var manifest = outcome.Manifest;
        var generated = manifest.TrainingFrames - manifest.RealTrainingFrames;
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"{manifest.TrainingPeople} people, {manifest.RealTrainingFrames} real and {generated} generated frames, "
            + $"{manifest.Columns} columns at {manifest.Size} px"));
        if (figures.Length > 0) run.Say(string.Create(CultureInfo.InvariantCulture,
            $"validation ({manifest.ValidationPeople} people; 95 % intervals by person; the threshold was chosen on them, so this is no "
            + $"test):"));
        foreach (var one in figures) run.Say(one.Line());
        foreach (var family in manifest.Importance) run.Say(
            string.Create(CultureInfo.InvariantCulture, $"  {family.Family,-20} AUC falls by {family.AucDrop:0.000} without it"));
        if (outcome.Calibrator is { } calibrator) run.Say(string.Create(CultureInfo.InvariantCulture,
            $"calibrated on {manifest.CalibrationPeople} people: log10 LR within {calibrator.LowerBound:0.00} … "
            + $"{calibrator.UpperBound:0.00}"));
        foreach (var note in outcome.Notes) run.Warn(note);
        if (ValidationFigures.Doubt(figures) is { } doubt) run.Warn(doubt);
    }
}
