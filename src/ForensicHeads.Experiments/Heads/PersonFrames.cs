using System.Collections.Concurrent;

namespace ForensicHeads.Experiments.Heads;

/// <summary>
/// Makes one person's frames of an experiment. What no budget changes (true driver frames, ff, attackers, most anchors) lies in one store,
/// what is fine-tuned in one store an arm, so that an arm can be added to a finished experiment.
/// </summary>
/// <param name="config">The experiment.</param>
/// <param name="weights">What fine-tuning starts from.</param>
/// <param name="forwardWeights">What feed-forward heads come from; the same where one meta-training serves both.</param>
/// <param name="autoEncoder">Of the <c>reconstruct</c> anchor.</param>
/// <param name="label">Which of several generators this is: <c>g1</c>, <c>g2</c> …, of which all but the first make what depends on them
/// alone; empty for the only one.</param>
public sealed class PersonFrames(ExperimentConfig config, GeneratorWeights weights, GeneratorWeights forwardWeights,
    FrameAutoEncoder autoEncoder, string label = "")
{
    /// <summary>Label of the first of several generators.</summary>
    public const string FirstLabel = "g1";

    /// <summary>Part of the cache key: raise it when the same inputs would give other frames.</summary>
    private const string CodeVersion = "person-frames-5";

    /// <summary>Folder of the store of what no budget changes.</summary>
    private const string Common = "common";

    /// <summary>Folder of the store of the second true sequence.</summary>
    private const string Spare = "spare";

    private readonly ConcurrentQueue<FailureRow> failed = [];

    /// <summary>In which numbers heads are learnt and rendered; where is where the weights lie.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    private GeneratorTools Tools => field ??= new()
    {
        Weights = weights,
        ForwardWeights = forwardWeights,
        AutoEncoder = autoEncoder,
        Adapt = config.Adapt,
        ContentFiles = ShippedFaces.ContentLoss(),
        Compute = Compute,
    };

    /// <summary>The other generators; the caller's, who opens them once for all folds. Opened here where nobody gave them.</summary>
    internal OtherGenerators Others { get => field ??= OtherGenerators.Open(config); init; }

    /// <summary>What programs of others failed to make, one line a job, of everybody made so far.</summary>
    internal IReadOnlyCollection<FailureRow> Failed => failed;

    /// <summary>The log of the run, which notes what is kept; null for none.</summary>
    public EvidenceLog? Log { get; init; }

    /// <summary>The frames of a person, from the cache where its inputs are unchanged.</summary>
    /// <param name="plan">Shots and drivers.</param>
    /// <param name="role">Anchors and other attackers are made for test people, the reconstruction for validation people too, attackers in
    /// training for those who train.</param>
    /// <param name="other">The next test person, whose vector is swapped in; null for none.</param>
    /// <param name="folder">Where the stores lie.</param>
    /// <param name="cancellation">Stops between fine-tuning steps.</param>
    public IReadOnlyList<ExperimentFrame> Make(PersonPlan plan, SplitRole role, PersonPlan? other, string folder,
        CancellationToken cancellation)
    {
        var common =
            Info(plan, role, "", other?.Hash() ?? "", forwardWeights.Sha256, autoEncoder.Sha256,
            string.Join(',', Own(role).Select(one => one.Name)),
            LearnsUnaware(role) ? Generators.The<SelfBlended>().Name : "");
        var spare = Info(plan, role, "", string.Join(',', plan.SpareFrames.Select(frame => frame.Key)));
        var arms = config.BudgetArms.Select(arm => (Arm: arm, Info: Info(plan, role, arm.Text(), CanonicalJson.ToLine(Counting(arm)))))
            .ToArray();
        var drivers = new Lazy<IReadOnlyList<Shot>>(plan.Drivers);
        var missing = arms.Where(arm => Cached(FolderOf(arm.Arm.Text()), arm.Info) is null).ToArray();
        if (Cached(FolderOf(Common), common) is null) MakeCommon(Fresh(FolderOf(Common), common), plan, drivers.Value, role, other,
            cancellation);
        if (missing.Length > 0) MakeArms(missing.ToDictionary(arm => arm.Arm, arm => Fresh(FolderOf(arm.Arm.Text()), arm.Info)), plan,
            drivers.Value, role, cancellation);
        var hasSpare = IsFirst && role == SplitRole.Test && plan.SpareFrames.Count > 0;
        if (hasSpare && Cached(FolderOf(Spare), spare) is null) MakeSpare(Fresh(FolderOf(Spare), spare), plan);
        string[] foreign = IsFirst ? [.. Foreign(plan, role, drivers, folder, cancellation)] : [];
        return [.. Frames(Common, null), .. foreign.SelectMany(name => Frames(name, null)),
            .. hasSpare ? Frames(Spare, null).Select(frame => frame with { IsSpare = true }) : [],
            .. arms.SelectMany(arm => Frames(arm.Arm.Text(), arm.Arm))];

        string FolderOf(string name) => Path.Combine(folder, name);

        IEnumerable<ExperimentFrame> Frames(string name, Arm? arm)
        {
            var store = FrameStore.Open(FolderOf(name));
            return store.Frames.Select(frame => new ExperimentFrame(
                frame with
                {
                    Origin = frame.Origin
                    with
                    { Arm = arm, Weights = MadeFrames.DependsOnWeights(frame.Origin.Generator) ? label : "" }
                }, store));
        }
    }

    private StoreInfo Info(PersonPlan plan, SplitRole role, string arm, params string[] arguments) => new()
    {
        Name = $"frames of {plan.Plan.Identity}{(arm.Length > 0 ? $", arm {arm}" : "")}",
        Size = weights.Preset.Size,
        CropSpecification = "experiment",
        Arguments =
            [CodeVersion, role.ToString(), arm, label, plan.Hash(), weights.Sha256,
            CanonicalJson.ToLine(new
            {
                config.Seed,
                Adaptation = config.Adapt.Seed,
                config.Shots,
                config.Draws,
                config.DriverFrames,
                config.DriverRule,
            }), .. config.Draws > 1 ? ["draws of test people below the most shots"] : Array.Empty<string>(), .. arguments],
        LicenceSummary = "as the source store",
    };

    // Further draws show how much the choice of shots matters where it does: to those who are tested, below the most shots, of which two
    // draws are nearly the same.
    private MadeFrames MadeFor(PersonPlan plan, SplitRole role, string? logs = null) => new(Tools, config.Adapt.Seed, label)
    {
        Logs = logs,
        IsWanted = (draw, count) => draw == 0
            || (role == SplitRole.Test && (count < plan.Plan.PossibleShotCounts[^1] || plan.Plan.PossibleShotCounts.Count == 1)),
    };

    private bool IsFirst => label is "" or FirstLabel;

    private bool LearnsUnaware(SplitRole role) => config.Unaware && role != SplitRole.Test;

    // Another budget in the other arm must not make this one again.
    private AdaptOptions Counting(Arm arm) =>
        arm == Arm.Updates ? config.Adapt with { Arm = arm, Epochs = 0 } : config.Adapt with { Arm = arm, Updates = 0 };

    private static StoreWriter Fresh(string folder, StoreInfo info)
    {
        var place = ChosenPath.Of(folder);
        OwnFiles.Delete(place.Folder, place.Name);
        return StoreWriter.Create(folder, info);
    }

    private FrameStore? Cached(string folder, StoreInfo info) => KeptStore.Find(Log, folder, info.Arguments);

    private void MakeCommon(StoreWriter writer, PersonPlan plan, IReadOnlyList<Shot> drivers, SplitRole role, PersonPlan? other,
        CancellationToken cancellation)
    {
        using var _ = writer;
        if (IsFirst) MadeFrames.WriteTruth(writer, plan, drivers);
        Write([new(Generators.FewShot, Mode.Ff), .. Anchors(role, ShotNeed.None).Where(anchor => anchor.Generator.NeedsWeights)]);
        if (IsFirst)
        {
            // Stand-ins are given no shots here, whatever they can do with some.
            Write([.. Generators.All.All.Where(IsOwn).OrderByDescending(generator => generator.Rank)
                .Select(generator => new Making(generator) { Shots = ShotNeed.None })]);
            Write([.. Own(role).Select(one => new Making(one)), new(Generators.The<SwappedEmbedding>())]);
        }

        KeptStore.Note(Log, writer.Complete());

        bool IsOwn(GeneratorEntry generator) => generator.StandsIn
            ? LearnsUnaware(role) || (role != SplitRole.Train && generator.Part == GeneratorPart.Anchor)
            : generator is { Part: GeneratorPart.Anchor, Shots: ShotNeed.None, NeedsWeights: false };

        void Write(IReadOnlyList<Making> makings) =>
            MadeFor(plan, role).Write(plan, drivers, makings, _ => writer, [], other, cancellation);
    }

    private void MakeSpare(StoreWriter writer, PersonPlan plan)
    {
        using var _ = writer;
        MadeFrames.WriteSpare(writer, plan);
        KeptStore.Note(Log, writer.Complete());
    }

    private void MakeArms(
        IReadOnlyDictionary<Arm, StoreWriter> writers, PersonPlan plan, IReadOnlyList<Shot> drivers, SplitRole role,
            CancellationToken cancellation)
    {
        try
        {
            Making[] makings = [new(Generators.FewShot, Mode.Ft), .. Anchors(role, ShotNeed.Everything)];
            MadeFor(plan, role).Write(plan, drivers, makings, arm => writers[arm!.Value], [.. writers.Keys], null, cancellation);
            foreach (var writer in writers.Values) KeptStore.Note(Log, writer.Complete());
        }
        finally
        {
            foreach (var writer in writers.Values) writer.Dispose();
        }
    }

    private static IEnumerable<Making> Anchors(SplitRole role, ShotNeed shots) => role != SplitRole.Test
        ? []
        : Generators.Of(GeneratorPart.Anchor).Where(anchor => anchor.Shots == shots).Select(anchor => new Making(anchor));

    private IReadOnlyList<GeneratorEntry> Own(SplitRole role) => Others.For(Others.Own, role, one => one.Name);

    // A store for each, so that one that is added or changed leaves the others as they are.
    private IEnumerable<string> Foreign(PersonPlan plan, SplitRole role, Lazy<IReadOnlyList<Shot>> drivers, string folder,
        CancellationToken cancellation)
    {
        foreach (var program in Others.For(Others.Programs, role, one => one.Name))
        {
            yield return Kept("by-" + program.Name, [program.Key], program.Name, writer =>
                MadeFor(plan, role, Path.Combine(folder, $"by-{program.Name}-log")).Write(
                    plan, drivers.Value, [.. Making.Of(program, program.Modes)], _ => writer, [], null, cancellation));
        }

        foreach (var fakes in Others.For(Others.Fakes, role, one => one.Title))
        {
            FrameRecord[] frames = [.. fakes.Of(plan, config.DriverFrames)];
            if (frames.Length == 0) continue;
            string[] made = [fakes.Store.ContentHash, .. frames.Select(frame => frame.Key)];
            yield return Kept("of-" + PathPart.Of(fakes.Title), made, fakes.Title, writer =>
                MadeFrames.WriteFinished(writer, fakes.Store, frames, weights.Preset.Size, cancellation));
        }

        string Kept(string name, string[] arguments, string generator, Action<StoreWriter> make)
        {
            var (place, info) = (Path.Combine(folder, name), Info(plan, role, "", arguments));
            var store = Cached(place, info);
            if (store is null)
            {
                using var writer = Fresh(place, info);
                make(writer);
                KeptStore.Note(Log, store = writer.Complete());
            }

            foreach (var line in store.ReadRejected()) failed.Enqueue(new FailureRow
            {
                Name = generator,
                Identity = plan.Plan.Identity,
                Job = line.File,
                Frames = plan.Plan.DriverFrames.Count,
                Reason = line.Reason,
            });
            return name;
        }
    }
}
