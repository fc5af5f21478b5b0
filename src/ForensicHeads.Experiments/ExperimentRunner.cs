namespace ForensicHeads.Experiments;

/// <summary>The whole line: store → folds → heads → features → detector → results → report. Finished steps are taken from the
/// cache.</summary>
/// <param name="config">The checked configuration.</param>
/// <param name="folder">The report's folder; <c>work/</c> inside holds the cached steps.</param>
/// <param name="command">The command that reproduces the report, without paths of this machine.</param>
/// <param name="time">The clock of the log.</param>
public sealed class ExperimentRunner(ExperimentConfig config, string folder, string command, TimeProvider time)
{
    // How each generator was trained, as far as that is known.
    private readonly List<FigureTable> trained = [];

    /// <summary>Where, and in which numbers, networks learn and render.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    /// <summary>Where the networks of content losses lie.</summary>
    public ContentLossFiles ContentFiles { get; init; } = ShippedFaces.ContentLoss();

    /// <summary>Said to the user while the run goes on.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Folders in which other machines made heads of this experiment, by <see cref="MakePartAsync"/>; what is missing there is
    /// made here.</summary>
    public IReadOnlyList<string?> Finished { get; init; } = [];

    /// <summary>Hash of the last line of the finished run's log, which stands for the whole folder; null before.</summary>
    public string? Head { get; private set; }

    /// <summary>Runs everything and writes the report.</summary>
    /// <returns>Path of report.html.</returns>
    /// <exception cref="UserErrorException">Something the user can mend, in one line.</exception>
    public async Task<string> RunAsync(IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        (await RunAsync(null, progress, cancellation).ConfigureAwait(false))!;

    /// <summary>Makes a part of the heads, which take by far the most of the time, and no report: <see cref="Finished"/> of a later run
    /// takes them over.</summary>
    /// <param name="part">Which of the people of every fold and generator; where a generator is trained or its step cap chosen first, all
    /// people of a fold stay together.</param>
    /// <param name="progress">Steps done.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <inheritdoc cref="RunAsync(IProgress{StepProgress}, CancellationToken)"/>
    public Task MakePartAsync(WorkPart part, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        RunAsync(part, progress, cancellation);

    private async Task<string?> RunAsync(WorkPart? part, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        TorchRuntime.EnsureLoaded();
        foreach (var content in new[] { config.Adapt.Content, config.Generator.Continue?.Content }.OfType<string>()
            .Distinct(StringComparer.Ordinal)) ContentLosses.Require(content, ContentFiles);
        using var log = ExperimentLog.Open(folder, time);
        Begin(log);
        using var generators = ChosenGenerators.Load(config.Generator, Compute);
        foreach (var one in generators.All.Where(one => one.Weights.FineTuningDoubt is not null)) Warn?.Invoke(
            $"{one.Name} was {one.Weights.FineTuningDoubt} (generator.forward_weights).");
        trained.AddRange(OwnRuns(generators));
        var weights = generators.All[0].Weights;
        using var autoEncoder = FrameAutoEncoder.Load(
            FileOf(ShippedWeights.Resolve(config.Generator.Autoencoder, weights.Preset.Size)), weights.Preset);
        autoEncoder.To(Compute);
        using var faces = FaceNetworks.Load(config.Quality, weights.Preset.Size, config.Procedural is not null, Compute);
        using var others = OtherGenerators.Open(config);
        using var foreign = new OpenDetectors(config.DetectorFiles);
        var features = new ExperimentFeatures(config, weights.Preset.Size, faces.Finder);
        var card = await NvidiaCard.OfAsync(Compute, cancellation).ConfigureAwait(false);
        if (Compute.Name != Compute.Cpu.Name) log.Note("device", new { device = Compute.Name, card });
        log.Note("models", new { hashes = Hash(generators, autoEncoder, faces, others, foreign) });
        var store = log.Time("store", () => OpenStore(weights.Preset.Size, log.Evidence, progress, cancellation));
        foreach (var fakes in others.Fakes) fakes.CheckBeside(store, weights.Preset.Size);
        log.Note("input", new { store = store.Info.Name, content_sha256 = store.ContentHash, frames = store.Count });
        var plans = log.Time("plan", () =>
            new ShotPlans(config.ShotOptions, store, time).Make(weights.Preset.Size, (_, why) => Warn?.Invoke(why), cancellation));
        var folds = FoldMaker.Make(store, plans.Keys.ToArray(), config.Roles, config.Seed, config.People);
        foreach (var generator in generators.All) RefuseLearnt(generator, store, folds);

        // Before anything is trained or made, on all frames of everybody: shots and training frames count as much as drivers.
        var leaks = folds.Select(fold => log.Time($"audit {fold.Name}", () => AuditSource(fold, store, progress, cancellation)))
            .OfType<string>().ToArray();
        if (Finished.Count > 0) log.Time("take over", () => FinishedParts.Take(Finished, folder, log.Evidence, cancellation));
        var cells = 0;
        var (filled, results, stepCaps, failures) =
            (new List<FoldFrames>(), new List<FoldResult>(), new List<StepCapRow>(), new List<FailureRow>());
        foreach (var fold in folds)
        {
            var frames = new List<ExperimentFrame>();
            foreach (var generator in generators.All)
            {
                var people = People(fold);
                if (people.Length == 0) continue;
                using var own = config.Generator.Continue is null ? null
                    : await ContinueAsync(generator, store, fold, log.Evidence, progress, cancellation).ConfigureAwait(false);
                var caps = log.Time($"step cap {fold.Name}{(generator.Label.Length > 0 ? " " + generator.Label : "")}", () =>
                    StepCaps(fold, plans, own ?? generator.Weights, generator.Label, log.Evidence, cancellation));
                stepCaps.AddRange(caps);
                var fitted = caps.FirstOrDefault(row => row.Chosen) is { } chosen
                    ? config with { Adapt = config.Adapt with { StepCap = chosen.Cap } } : config;
                var maker = new PersonFrames(fitted, own ?? generator.Weights, generator.Forward ?? own ?? generator.Weights, autoEncoder,
                    generator.Label)
                { Log = log.Evidence, Others = others, Compute = Compute };
                frames.AddRange(log.Time($"heads {fold.Name}{(generator.Label.Length > 0 ? " " + generator.Label : "")}", () =>
                    MakeHeads(fold, people, store, plans, maker, generator.Folder, progress, cancellation)));
                FailureRow[] failed =
                    [.. maker.Failed.OrderBy(row => (row.Name, row.Identity)).ThenBy(row => row.Job, StringComparer.Ordinal)];
                failures.AddRange(failed);
                foreach (var warning in FailureRow.Warnings(failed)) Warn?.Invoke(warning);
            }

            if (part is not null) continue;
            log.Time($"audit heads {fold.Name}", () => AuditMade(fold, frames, cancellation));
            filled.Add(new FoldFrames(
                fold, [.. frames.Where(frame => !frame.IsSpare)], [.. frames.Where(frame => frame.IsSpare)],
                    new ContentCache(Work(fold.Name), log.Evidence)));
            results.Add(log.Time($"detection {fold.Name}", () => new FoldRun(config, filled[^1], features)
            {
                Compute = Compute,
                Keep = new KeptDetectors(folder, config, store),
                Person = config.Chosen.Any(entry => entry.NeedsReferences || entry.MeasuresIdentity) && faces.Recogniser is not null
                    ? new PersonRun(config, filled[^1], plans, faces) : null,
                Foreign = foreign.All.Count > 0 ? new ForeignRun(config, filled[^1], foreign.All) : null,
            }.Run(progress, cancellation)));
        }

        if (part is not null)
        {
            log.Finish();
            return null;
        }

        var headline = HeadlineCondition.Of(config, results,
            folds.SelectMany(fold => fold.People(SplitRole.Validation)).Distinct().Count());
        var checks = log.Time("controls", () =>
            filled.Select(fold => new FoldControls(config, fold, features) { Compute = Compute }
                .Run(headline.Condition, progress, cancellation)).ToArray());
        var tested = Measurements.FirstOf(results);
        var quality = log.Time("quality", () => new FrameMeasurer(faces).Measure(tested, plans, progress, cancellation));
        var ground = new ExperimentGround(config, store, plans, folds, failures, generators.AreSeparate);
        string[] notes = [.. leaks, .. others.Notes([.. folds.SelectMany(fold => fold.People(SplitRole.Test)).Select(one => plans[one])])];
        var measured = Measurements.Of(ground, results, checks, headline, features, quality, notes, stepCaps);
        var path = log.Time("report", () =>
            Report(ResultBuilder.Build(config, measured), measured, tested, store,
                Hash(generators, autoEncoder, faces, others, foreign), card));
        log.Finish();
        Head = log.Head;
        return path;

        // By role first, so that those who are tested, and take the longest, are dealt out evenly.
        string[] People(Fold fold)
        {
            string[] all = [.. fold.Roles.OrderBy(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Key)];
            if (part is null) return all;
            if (config.Generator.Continue is not null || config.StepCaps is not null) return part.Takes(cells++) ? all : [];
            return [.. all.Where(_ => part.Takes(cells++))];
        }
    }

    // What is to be shown and how, before anything is scored.
    private void Begin(ExperimentLog log)
    {
        var plan = new
        {
            primary_endpoint =
                $"Δ = AUC at T = {config.Shots[0]} minus AUC at T = {config.Shots[^1]} of fine-tuned heads (arm {config.Adapt.Arm.Text()}) "
                + "against real frames, paired over test people, for each headline detector, in "
                + (config.PrimaryCondition is { } given ? $"condition {given}" : "the condition chosen on validation people")
                + FormattableString.Invariant($"; none within ±{config.EquivalenceMargin}"),
            config = config with
            {
                Store = config.Store is null ? null : ExperimentFile.StoreParameter,
                Arms = config.BudgetArms,
                Split = config.Split is null ? null : Path.GetFileName(config.Split),
                Generators = [.. config.Generators.Select(one => one.Shown())],
                Detectors = [.. config.Detectors.Select(one => DetectorFile.IsOne(one) ? Path.GetFileName(one) : one)],
            },
        };
        var text = CanonicalJson.ToText(plan);
        AtomicFile.WriteText(folder, "experiment.json", text);
        log.Note("start",
            new
            {
                tool = "forensicheads",
                tool_version = ExperimentEnvironment.ToolVersion,
                command,
                plan.primary_endpoint,
                experiment_sha256 = Hashes.OfText(text),
                parameters = plan.config
            });
    }

    private static ReportFact[] Hash(ChosenGenerators generators, FrameAutoEncoder autoEncoder, FaceNetworks faces,
        OtherGenerators others, OpenDetectors foreign) =>
        [.. generators.Facts, new ReportFact("auto-encoder", autoEncoder.Sha256), .. faces.Facts, .. others.Facts, .. foreign.Facts];

    // Made at once, so that no link within the run's folder leads the work elsewhere. Names out of data become plain parts.
    private string Work(params string[] parts) =>
        OwnFiles.CreateFolder(folder, string.Join('/', parts.Select(PathPart.Of).Prepend("work")));

    private static string FileOf(string path) => Directory.Exists(path) ? Path.Combine(path, "autoencoder.safetensors") : path;

    private FrameStore OpenStore(int size, EvidenceLog log, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        if (config.Procedural is not { } procedural)
        {
            var given = FrameStore.Open(config.Store!);
            if (given.Info.Size < size) throw new UserErrorException(
                $"{given.Path} holds frames of {given.Info.Size} px, but the generator works at {size} px, and true frames are never "
                + $"enlarged. Make the store with --size {size} or more.");
            if (given.Notice is { } notice) Warn?.Invoke(notice);
            return given;
        }

        var path = Path.Combine(Work(), "source");
        if (KeptStore.Find(log, path, ProceduralStore.Arguments(procedural with { Size = size })) is { } existing) return existing;
        OwnFiles.Delete(folder, "work/source");
        var rendered = ProceduralStore.Render(procedural with { Size = size }, path, progress, cancellation);
        KeptStore.Note(log, rendered);
        return rendered;
    }

    // Meta-training goes on, on the people this fold trains its detector with: generator equals train, and the report says so.
    private async Task<GeneratorWeights> ContinueAsync(GeneratorChoice generator, FrameStore store, Fold fold, EvidenceLog log,
        IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var people = fold.People(SplitRole.Train).ToHashSet(StringComparer.Ordinal);
        var start = GeneratorWeights.Load(ShippedWeights.Resolve(generator.Name));
        var data = StoreVideos.Load(
            store, start.Preset.Size, frame => people.Contains(frame.Identity), config.Generator.MaxFramesPerVideo, cancellation);
        var options = config.Generator.Continue!;
        var name = Hashes.OfText($"{start.Sha256}\n{data.Hash}\n{CanonicalJson.ToLine(options)}")[..16];
        var run = new RunFolder(Work(fold.Name, "training", name)) { Written = file => log.NoteKept(file, Hashes.OfFile(file)) };
        using (start)
        {
            bool IsKept(string? file) => file is not null && FileKinds.Of(file) == FileKind.Plain && log.IsKept(file, Hashes.OfFile(file));
            if (IsKept(run.WeightsFile)) return Trained();
            // A kill between a checkpoint and its note costs the steps since the one before.
            while (run.HasCheckpoint && !IsKept(run.LastCheckpoint))
            {
                Warn?.Invoke(
                    $"{run.LastCheckpoint} is not as the log notes it; the training goes on from the checkpoint before, or begins again.");
                run.DropLastCheckpoint();
            }

            var training = new MetaTraining(data, start, options,
                run)
            {
                Metadata = new Dictionary<string, string> { ["licence"] = "not for release: trained on real people" },
                Warn = Warn,
                ContentFiles = ContentFiles,
                Compute = Compute,
            };
            await training.RunAsync(run.HasCheckpoint, progress, cancellation).ConfigureAwait(false);
        }

        return Trained();

        GeneratorWeights Trained()
        {
            trained.AddRange(Curve($"generator-{fold.Name}{(generator.Label.Length > 0 ? "-" + generator.Label : "")}", run.Path));
            return GeneratorWeights.Load(run.Path).To(Compute);
        }
    }

    // One cap for all shot counts, chosen on people that nothing is reported of.
    private IReadOnlyList<StepCapRow> StepCaps(
        Fold fold, IReadOnlyDictionary<string, PersonPlan> plans, GeneratorWeights weights, string label, EvidenceLog log,
            CancellationToken cancellation)
    {
        if (config.StepCaps is null) return [];
        PersonPlan[] people = [.. fold.People(SplitRole.Validation).Order(StringComparer.Ordinal).Select(person => plans[person])];
        var cache = new ContentCache(Work(fold.Name, "step-caps"), log);
        var rows = OneThreadEach.Run(() => new StepCapChoice(config, weights) { Compute = Compute }.Measure(people, cache, cancellation));
        return [.. rows.Select(row => row with { Fold = fold.Name, Weights = label })];
    }

    private List<ExperimentFrame> MakeHeads(
        Fold fold, IEnumerable<string> some, FrameStore store, IReadOnlyDictionary<string, PersonPlan> plans, PersonFrames maker,
        string framesFolder, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var people = some.Order(StringComparer.Ordinal).ToArray();
        var made = new IReadOnlyList<ExperimentFrame>[people.Length];
        var done = 0;
        OneThreadEach.Run(people.Length, Compute, i =>
        {
            var role = fold.Roles[people[i]];
            var partner = SwapPartner.Of(fold, people[i]) is { } next && SwapPartner.IsAllowed(store, next, time)
                && SwapPartner.IsAllowed(store, people[i], time) ? plans[next] : null;
            made[i] = maker.Make(plans[people[i]], role, partner, Work(fold.Name, framesFolder, people[i]), cancellation);
            progress?.Report(new StepProgress($"making heads ({fold.Name})", Interlocked.Increment(ref done), people.Length, "people"));
        }, cancellation);
        return [.. made.SelectMany(frames => frames)];
    }

    // What the audit of a fold's real frames found without stopping, in a line; null for nothing.
    private string? AuditSource(Fold fold, FrameStore store, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var options = new LeakAuditOptions { NearDuplicates = config.NearDuplicates, RealFramesOnly = true };
        var report = LeakAudit.Run([store], SplitOf(fold), options, progress, cancellation);
        report.ThrowIfAny();
        var found = report.Leaks.Where(leak => !leak.Stops).ToArray();
        if (found.Length == 0) return null;
        var count = found.Length < report.Options.MaximumFindings ? $"{found.Length}" : $"at least {found.Length}";
        return FormattableString.Invariant(
            $"Leak audit ({fold.Name}): {count} pairs of real frames of different people and roles look alike and did not stop ")
            + FormattableString.Invariant($"this run (near_duplicates: report); first: {found[0].What}.");
    }

    // Nobody here may have taught a generator: strangers are what the curve is about.
    private static void RefuseLearnt(GeneratorChoice generator, FrameStore store, IReadOnlyList<Fold> folds)
    {
        var people = folds.SelectMany(fold => fold.Roles.Keys).ToHashSet(StringComparer.Ordinal);
        var frames = store.Frames.Where(frame => people.Contains(frame.Identity)).ToArray();
        if (LearntPeople.Doubt(LearntPeople.Among([generator.Weights.Learnt, generator.Forward?.Learnt], frames),
            Path.GetFileName(Path.TrimEndingDirectorySeparator(generator.Name))) is { } doubt)
            throw new UserErrorException($"{doubt} An experiment does not run with them.");
    }

    // What was made must not differ from what is true in size, crop or encoding, and must not cross the roles.
    private void AuditMade(Fold fold, List<ExperimentFrame> frames, CancellationToken cancellation) =>
        LeakAudit.Run(frames.Select(frame => frame.Store).Distinct().ToArray(), SplitOf(fold),
            new LeakAuditOptions { NearDuplicates = NearDuplicateRule.Ignore }, null, cancellation).ThrowIfAny();

    private Split SplitOf(Fold fold) =>
        new()
        {
            Name = fold.Name,
            Seed = config.Seed,
            Identities = new SortedDictionary<string, SplitRole>(fold.Roles.ToDictionary(), StringComparer.Ordinal)
        };

    private string Report(ExperimentResults results, Measurements measured, IReadOnlyList<ExperimentFrame> testFrames, FrameStore store,
        IReadOnlyList<ReportFact> models, NvidiaCard? card)
    {
        var environment = ExperimentEnvironment.Facts(Compute, card);
        AtomicFile.WriteText(folder, "quality.csv", measured.Quality.PeopleTable().ToCsv());
        ScoreFile.Write(folder, measured.Items);
        ReportFact[] hashes =
        [
            .. models, new ReportFact("source store", store.ContentHash),
            new ReportFact("renderer", config.Procedural is { } people ? RendererVersions.NameOf(people.Renderer) : "none"),
        ];
        AtomicFile.WriteText(folder, "environment.json", CanonicalJson.ToText(new { environment, hashes }));
        return ReportWriter.Write(folder, results, new ReportInputs
        {
            Title = $"ForensicHeads: {config.Name}",
            Command = command,
            Environment = environment,
            Hashes = hashes,
            Training = Notes.Training(config),
            Tables =
            [
                .. trained, .. measured.Training, .. ReportSections.Tables(new HeadlineScores(
                    [.. measured.Items.Where(item => item.Detector == Detectors.Artefact)], results.Headline.Condition,
                    results.Headline.Level, config.Adapt.Arm)),
            ],
            Grids = [.. HeadGrid.Draw(config, testFrames), .. ErrorGrid.Draw(results.WorstErrors, testFrames)],
        });
    }

    // Weights given as the folder of a run bring their own curve; read before hours are spent on the folds.
    private IEnumerable<FigureTable> OwnRuns(ChosenGenerators generators) =>
        generators.All.SelectMany(one => Curve($"generator{(one.Label.Length > 0 ? "-" + one.Label : "")}", one.Name));

    // A curve is no reason to give up the rest.
    private IEnumerable<FigureTable> Curve(string variant, string path)
    {
        if (!TrainingReport.IsRun(path)) return [];
        try
        {
            return TrainingReport.Tables(variant, path);
        }
        catch (UserErrorException error)
        {
            Warn?.Invoke($"the report goes without the curve of {variant}: {error.Message}");
            return [];
        }
    }
}
