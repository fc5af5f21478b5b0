using ForensicHeads.Datasets;
using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Experiments.Detection;
using ForensicHeads.Experiments.Plan;
using ForensicHeads.Foundation;
using ForensicHeads.Generator.Baselines;
using ForensicHeads.Generator.Frames;
using ForensicHeads.Generator.Heads;
using ForensicHeads.Generator.Training;

namespace ForensicHeads.Experiments.Heads;

/// <summary>
/// Makes one person's frames of an experiment. What no budget changes (true driver frames, ff, attackers, most anchors) lies in one store,
/// what is fine-tuned in one store an arm, so that an arm can be added to a finished experiment.
/// </summary>
/// <param name="config">The experiment.</param>
/// <param name="weights">What fine-tuning starts from.</param>
/// <param name="forwardWeights">What feed-forward heads come from; the same where one meta-training serves both.</param>
/// <param name="autoEncoder">Of the <c>reconstruct</c> anchor.</param>
/// <param name="label">Which of several generators this is: <c>g1</c>, <c>g2</c> …, of which all but the first make what depends on them alone; empty for the only one.</param>
public sealed class PersonFrames(ExperimentConfig config, GeneratorWeights weights, GeneratorWeights forwardWeights, FrameAutoEncoder autoEncoder, string label = "")
{
    /// <summary>Label of the first of several generators.</summary>
    public const string FirstLabel = "g1";

    /// <summary>Part of the cache key: raise it when the same inputs would give other frames.</summary>
    private const string CodeVersion = "person-frames-5";

    /// <summary>Folder of the store of what no budget changes.</summary>
    private const string Common = "common";

    /// <summary>Folder of the store of the second true sequence.</summary>
    private const string Spare = "spare";

    /// <summary>The log of the run, which notes what is kept; null for none.</summary>
    public EvidenceLog? Log { get; init; }

    /// <summary>The frames of a person, from the cache where its inputs are unchanged.</summary>
    /// <param name="plan">Shots and drivers.</param>
    /// <param name="role">Anchors and other attackers are made for test people, the reconstruction for validation people too, attackers in training for those who train.</param>
    /// <param name="other">The next test person, whose vector is swapped in; null for none.</param>
    /// <param name="folder">Where the stores lie.</param>
    /// <param name="cancellation">Stops between fine-tuning steps.</param>
    public IReadOnlyList<ExperimentFrame> Make(PersonPlan plan, SplitRole role, PersonPlan? other, string folder, CancellationToken cancellation)
    {
        var common = Info(plan, role, "", other?.Hash() ?? "", forwardWeights.Sha256, autoEncoder.Sha256, string.Join(',', AttackersFor(role)), LearnsUnaware(role) ? FakeKind.SelfBlend : "");
        var spare = Info(plan, role, "", string.Join(',', plan.SpareFrames.Select(frame => frame.Key)));
        var arms = config.BudgetArms.Select(arm => (Arm: arm, Info: Info(plan, role, ArmName.Of(arm), CanonicalJson.ToLine(Counting(arm))))).ToArray();
        var drivers = new Lazy<IReadOnlyList<Shot>>(plan.Drivers);
        var missing = arms.Where(arm => Cached(FolderOf(ArmName.Of(arm.Arm)), arm.Info) is null).ToArray();
        if (Cached(FolderOf(Common), common) is null) MakeCommon(Fresh(FolderOf(Common), common), plan, drivers.Value, role, other, cancellation);
        if (missing.Length > 0) MakeArms(missing.ToDictionary(arm => arm.Arm, arm => Fresh(FolderOf(ArmName.Of(arm.Arm)), arm.Info)), plan, drivers.Value, role, cancellation);
        var hasSpare = IsFirst && role == SplitRole.Test && plan.SpareFrames.Count > 0;
        if (hasSpare && Cached(FolderOf(Spare), spare) is null) MakeSpare(Fresh(FolderOf(Spare), spare), plan);
        return [.. Frames(Common, ""), .. hasSpare ? Frames(Spare, "").Select(frame => frame with { IsSpare = true }) : [], .. arms.SelectMany(arm => Frames(ArmName.Of(arm.Arm), ArmName.Of(arm.Arm)))];

        string FolderOf(string name) => Path.Combine(folder, name);

        IEnumerable<ExperimentFrame> Frames(string name, string arm)
        {
            var store = FrameStore.Open(FolderOf(name));
            return store.Frames.Select(frame => new ExperimentFrame(frame, store, arm) { Weights = frame.Generator is FakeKind.FewShot or FakeKind.Nobody or FakeKind.AllFrames ? label : "" });
        }
    }

    private StoreInfo Info(PersonPlan plan, SplitRole role, string arm, params string[] arguments) => new()
    {
        Name = $"frames of {plan.Plan.Identity}{(arm.Length > 0 ? $", arm {arm}" : "")}",
        Size = weights.Preset.Size,
        CropSpecification = "experiment",
        Arguments = [CodeVersion, role.ToString(), arm, label, plan.Hash(), weights.Sha256, CanonicalJson.ToLine(new { config.Seed, config.Shots, config.Draws, config.DriverFrames, config.DriverRule }), .. arguments],
        LicenceSummary = "as the source store",
    };

    private bool IsFirst => label is "" or FirstLabel;

    private bool LearnsUnaware(SplitRole role) => config.Unaware && role != SplitRole.Test;

    // Another budget in the other arm must not make this one again.
    private AdaptOptions Counting(BudgetArm arm) => arm == BudgetArm.Updates ? config.Adapt with { Arm = arm, Epochs = 0 } : config.Adapt with { Arm = arm, Updates = 0 };

    private static StoreWriter Fresh(string folder, StoreInfo info)
    {
        var place = ChosenPath.Of(folder);
        OwnFiles.Delete(place.Folder, place.Name);
        return StoreWriter.Create(folder, info);
    }

    private FrameStore? Cached(string folder, StoreInfo info) => KeptStore.Find(Log, folder, info.Arguments);

    private void MakeCommon(StoreWriter writer, PersonPlan plan, IReadOnlyList<Shot> drivers, SplitRole role, PersonPlan? other, CancellationToken cancellation)
    {
        using var _ = writer;
        var truth = drivers.Select(driver => driver.Image).ToArray();
        if (IsFirst) MadeFrames.Write(writer, plan, truth, new Made(null, null));
        var generator = new FewShotGenerator(forwardWeights, config.Adapt with { Mode = AdaptMode.Ff }) { ContentFiles = ShippedFaces.ContentLoss() };
        foreach (var (draw, count) in Cells(plan))
        {
            using var head = generator.Adapt(plan.Shots(draw, count), null, cancellation);
            MadeFrames.Write(writer, plan, Render(head, drivers), new Made(FakeKind.FewShot, forwardWeights.Sha256) { Mode = "ff", Shots = count, Draw = draw, Label = label });
        }

        if (role == SplitRole.Test)
        {
            using (var nobody = generator.Nobody()) MadeFrames.Write(writer, plan, Render(nobody, drivers), new Made(FakeKind.Nobody, forwardWeights.Sha256) { Label = label });
        }

        if (!IsFirst)
        {
            KeptStore.Note(Log, writer.Complete());
            return;
        }

        MadeFrames.Write(writer, plan, Array.ConvertAll(truth, FrameTensor.PassThrough), new Made(FakeKind.Passthrough, null));
        if (role != SplitRole.Train || LearnsUnaware(role)) MadeFrames.Write(writer, plan, autoEncoder.Reconstruct(truth), new Made(FakeKind.Reconstruct, autoEncoder.Sha256));
        if (LearnsUnaware(role))
        {
            var random = new SeededRandom(config.Seed, "self-blend/" + plan.Plan.Identity);
            MadeFrames.Write(writer, plan, [.. drivers.Select(driver => SelfBlend.Of(driver, new SelfBlendOptions(), random))], new Made(FakeKind.SelfBlend, null));
        }

        OtherAttackers(writer, plan, drivers, AttackersFor(role), cancellation);
        if (other is not null)
        {
            using var head = generator.Adapt(other.Shots(other.Plan.Draws[0], other.Plan.PossibleShotCounts[^1]), null, cancellation);
            MadeFrames.Write(writer, plan, Render(head, drivers), new Made(FakeKind.Swapped, forwardWeights.Sha256) { Shown = other.Plan.Identity });
        }

        KeptStore.Note(Log, writer.Complete());
    }

    private void MakeSpare(StoreWriter writer, PersonPlan plan)
    {
        using var _ = writer;
        MadeFrames.WriteSpare(writer, plan);
        KeptStore.Note(Log, writer.Complete());
    }

    // Arms whose budgets come to the same number of updates get the same head; see FineTuneTo for what else is shared.
    private void MakeArms(IReadOnlyDictionary<BudgetArm, StoreWriter> writers, PersonPlan plan, IReadOnlyList<Shot> drivers, SplitRole role, CancellationToken cancellation)
    {
        try
        {
            foreach (var (draw, count) in Cells(plan))
            {
                FineTune(plan.Shots(draw, count), config.Seed + draw.Draw, new Made(FakeKind.FewShot, weights.Sha256) { Mode = "ft", Shots = count, Draw = draw, Label = label });
            }

            if (role == SplitRole.Test) FineTune(plan.Everything(), config.Seed, new Made(FakeKind.AllFrames, weights.Sha256) { Label = label });
            foreach (var writer in writers.Values) KeptStore.Note(Log, writer.Complete());
        }
        finally
        {
            foreach (var writer in writers.Values) writer.Dispose();
        }

        void FineTune(IReadOnlyList<Shot> shots, long seed, Made made)
        {
            var options = config.Adapt with { Mode = AdaptMode.Ft, Seed = seed };
            var updates = writers.Keys.ToDictionary(arm => arm, arm => (options with { Arm = arm }).StepsFor(shots.Count));
            int[] counts = [.. updates.Values.Distinct().Order()];
            var heads = new FewShotGenerator(weights, options) { ContentFiles = ShippedFaces.ContentLoss() }.FineTuneTo(shots, counts, null, cancellation);
            try
            {
                var images = heads.Select(head => Render(head, drivers)).ToArray();
                foreach (var (arm, writer) in writers) MadeFrames.Write(writer, plan, images[Array.IndexOf(counts, updates[arm])], made with { Arm = ArmName.Of(arm) });
            }
            finally
            {
                foreach (var head in heads) head.Dispose();
            }
        }
    }

    private IReadOnlyList<string> AttackersFor(SplitRole role) => role switch
    {
        SplitRole.Test => config.Attackers,
        SplitRole.Train => config.AttackersInTraining,
        _ => [],
    };

    private void OtherAttackers(StoreWriter writer, PersonPlan plan, IReadOnlyList<Shot> drivers, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var attackers = names.Select(name => Attackers.ByName(name, autoEncoder, config.Seed)).ToArray();
        foreach (var (draw, count) in Cells(plan))
        {
            foreach (var attacker in attackers)
            {
                using var head = attacker.Adapt(plan.Shots(draw, count), null, cancellation);
                MadeFrames.Write(writer, plan, Render(head, drivers), new Made(attacker.Name, attacker.Name == Attackers.AutoEncoder ? autoEncoder.Sha256 : null) { Shots = count, Draw = draw });
            }
        }
    }

    private static IEnumerable<(ShotDraw Draw, int Count)> Cells(PersonPlan plan) =>
        plan.Plan.Draws.SelectMany(draw => plan.Plan.PossibleShotCounts.Select(count => (draw, count)));

    private static RgbImage[] Render(ITalkingHead head, IReadOnlyList<Shot> drivers) => head.Render(drivers.Select(driver => driver.Landmarks).ToArray());
}
