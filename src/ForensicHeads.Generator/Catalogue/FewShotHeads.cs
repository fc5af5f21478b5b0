namespace ForensicHeads.Generator.Catalogue;

/// <summary>The few-shot generator of Zakharov et al. 2019: heads from T shots, as predicted or fine-tuned.</summary>
public sealed class FewShotHeads() : GeneratorEntry(OriginText.FewShot, GeneratorPart.Subject, rank: 30, ShotNeed.Drawn)
{
    /// <inheritdoc/>
    public override string Step => Name;

    /// <inheritdoc/>
    public override IReadOnlyList<Mode> Modes { get; } = [Mode.Ff, Mode.Ft];

    /// <inheritdoc/>
    public override bool NeedsWeights => true;

    /// <inheritdoc/>
    public override string? Sha256(GeneratorTools tools, Mode? mode) => tools.Heads(mode ?? Mode.Ff).Sha256;

    /// <inheritdoc/>
    public override IReadOnlyList<MadePart> Make(GeneratorTools tools, GeneratorTask task, CancellationToken cancellation) =>
        Adapted(tools, task, task.Mode ?? Mode.Ff, task.Seed + task.Draw, cancellation);

    /// <summary>Frames of heads under each budget. Budgets that come to as many updates share their head.</summary>
    internal static IReadOnlyList<MadePart> Adapted(GeneratorTools tools, GeneratorTask task, Mode mode, long seed,
        CancellationToken cancellation)
    {
        var options = tools.Adapt with { Mode = mode, Seed = seed };
        if (mode == Mode.Ff || task.Arms.Count == 0)
        {
            using var head = tools.FewShot(options).Adapt(task.Shots, null, cancellation);
            return MadePart.Of(head.Render(task.Landmarks));
        }

        var updates = task.Arms.Select(arm => (options with { Arm = arm }).StepsFor(task.Shots.Count)).ToArray();
        int[] counts = [.. updates.Distinct().Order()];
        var heads = tools.FewShot(options).FineTuneTo(task.Shots, counts, null, cancellation);
        try
        {
            var images = heads.Select(head => head.Render(task.Landmarks)).ToArray();
            return [.. task.Arms.Select((arm, i) => new MadePart(arm, images[Array.IndexOf(counts, updates[i])]))];
        }
        finally
        {
            foreach (var head in heads) head.Dispose();
        }
    }
}

/// <summary>Anchor: the mean training ê, nobody's face.</summary>
public sealed class NobodysHead() : GeneratorEntry("t0", GeneratorPart.Anchor, rank: 60, ShotNeed.None)
{
    /// <inheritdoc/>
    public override string Step => Generators.FewShot.Step;

    /// <inheritdoc/>
    public override bool NeedsWeights => true;

    /// <inheritdoc/>
    public override string? Sha256(GeneratorTools tools, Mode? mode) => tools.Heads(Mode.Ff).Sha256;

    /// <inheritdoc/>
    public override IReadOnlyList<MadePart> Make(GeneratorTools tools, GeneratorTask task, CancellationToken cancellation)
    {
        using var nobody = tools.FewShot(tools.Adapt with { Mode = Mode.Ff }).Nobody();
        return MadePart.Of(nobody.Render(task.Landmarks));
    }
}

/// <summary>Anchor: fine-tuned on all of the person's frames, the tested ones too.</summary>
public sealed class HeadOfEverything() : GeneratorEntry("t_all", GeneratorPart.Anchor, rank: 40, ShotNeed.Everything)
{
    /// <inheritdoc/>
    public override string Step => Generators.FewShot.Step;

    /// <inheritdoc/>
    public override bool NeedsWeights => true;

    /// <inheritdoc/>
    public override string? Sha256(GeneratorTools tools, Mode? mode) => tools.Heads(Mode.Ft).Sha256;

    /// <inheritdoc/>
    public override IReadOnlyList<MadePart> Make(GeneratorTools tools, GeneratorTask task, CancellationToken cancellation) =>
        FewShotHeads.Adapted(tools, task, Mode.Ft, task.Seed, cancellation);
}

/// <summary>Check of the embedder: the driver's landmarks with the vector of somebody else.</summary>
public sealed class SwappedEmbedding() : GeneratorEntry("swapped-embedding", GeneratorPart.Check, rank: 90, ShotNeed.SomebodyElse)
{
    /// <inheritdoc/>
    public override bool NeedsWeights => true;

    /// <inheritdoc/>
    public override string? Sha256(GeneratorTools tools, Mode? mode) => tools.Heads(Mode.Ff).Sha256;

    /// <inheritdoc/>
    public override IReadOnlyList<MadePart> Make(GeneratorTools tools, GeneratorTask task, CancellationToken cancellation) =>
        FewShotHeads.Adapted(tools, task, Mode.Ff, task.Seed, cancellation);
}
