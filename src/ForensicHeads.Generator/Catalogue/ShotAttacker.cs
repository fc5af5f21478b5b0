namespace ForensicHeads.Generator.Catalogue;

/// <summary>An attacker that makes its frames from the nearest shots.</summary>
public abstract class ShotAttacker(string name, int rank) : GeneratorEntry(name, GeneratorPart.Attacker, rank, ShotNeed.Drawn)
{
    /// <inheritdoc/>
    public override IReadOnlyList<MadePart> Make(GeneratorTools tools, GeneratorTask task, CancellationToken cancellation)
    {
        using var head = Head(tools, task.Seed).Adapt(task.Shots, null, cancellation);
        return MadePart.Of(head.Render(task.Landmarks));
    }

    /// <summary>What makes heads of the shots.</summary>
    protected abstract IHeadGenerator Head(GeneratorTools tools, long seed);
}

/// <summary>The nearest shot as it is: a true frame, so what tells it from the driver's is no trace of making.</summary>
public sealed class NearestShot() : ShotAttacker("nearest-shot", rank: 0)
{
    /// <inheritdoc/>
    public override bool GivesTrueFrames => true;

    /// <inheritdoc/>
    public override bool IsRival => true;

    /// <inheritdoc/>
    protected override IHeadGenerator Head(GeneratorTools tools, long seed) => new NearestShotCopy();
}

/// <summary>The nearest shot warped to the driver's landmarks.</summary>
public sealed class WarpedShot() : ShotAttacker("affine-warp", rank: 10)
{
    /// <inheritdoc/>
    public override bool IsRival => true;

    /// <inheritdoc/>
    protected override IHeadGenerator Head(GeneratorTools tools, long seed) => new AffineWarp();
}

/// <summary>The same through an auto-encoder without adversarial loss.</summary>
public sealed class AutoEncodedShot() : ShotAttacker("auto-encoder", rank: 20)
{
    /// <inheritdoc/>
    public override bool NeedsAutoEncoder => true;

    /// <inheritdoc/>
    public override string? Sha256(GeneratorTools tools, Mode? mode) => tools.AutoEncoder!.Sha256;

    /// <inheritdoc/>
    protected override IHeadGenerator Head(GeneratorTools tools, long seed) => new AutoEncoderFace(tools.AutoEncoder!);
}

/// <summary>
/// A frame blended with a transformed copy of itself (Shiohara and Yamasaki, arXiv 2204.08376): the nearest shot where there are shots,
/// else the driver's own frame.
/// </summary>
public sealed class SelfBlended() : ShotAttacker("self-blend", rank: 20)
{
    /// <inheritdoc/>
    public override bool StandsIn => true;

    /// <inheritdoc/>
    public override IReadOnlyList<MadePart> Make(GeneratorTools tools, GeneratorTask task, CancellationToken cancellation)
    {
        if (task.Shots.Count > 0) return base.Make(tools, task, cancellation);
        var random = new SeededRandom(task.Seed, $"{Name}/{task.Identity}");
        return MadePart.Of(task.Drivers.Select(driver => SelfBlend.Of(driver, new SelfBlendOptions(), random)));
    }

    /// <inheritdoc/>
    protected override IHeadGenerator Head(GeneratorTools tools, long seed) => new SelfBlending(new SelfBlendOptions(), seed);
}

/// <summary>Anchor: the true frame through the output path.</summary>
public sealed class Passthrough() : GeneratorEntry("passthrough", GeneratorPart.Anchor, rank: 70, ShotNeed.None)
{
    /// <inheritdoc/>
    public override string Step => "pipeline";

    /// <inheritdoc/>
    public override IReadOnlyList<MadePart> Make(GeneratorTools tools, GeneratorTask task, CancellationToken cancellation) =>
        MadePart.Of(task.Drivers.Select(driver => FrameTensor.PassThrough(driver.Image)));
}

/// <summary>Anchor: the true frame through an auto-encoder whose decoder is built like G's.</summary>
public sealed class Reconstruction() : GeneratorEntry("reconstruct", GeneratorPart.Anchor, rank: 50, ShotNeed.None)
{
    /// <inheritdoc/>
    public override string Step => "decoder";

    /// <inheritdoc/>
    public override bool StandsIn => true;

    /// <inheritdoc/>
    public override bool NeedsAutoEncoder => true;

    /// <inheritdoc/>
    public override string? Sha256(GeneratorTools tools, Mode? mode) => tools.AutoEncoder!.Sha256;

    /// <inheritdoc/>
    public override IReadOnlyList<MadePart> Make(GeneratorTools tools, GeneratorTask task, CancellationToken cancellation) =>
        MadePart.Of(tools.AutoEncoder!.Reconstruct([.. task.Drivers.Select(driver => driver.Image)]));
}
