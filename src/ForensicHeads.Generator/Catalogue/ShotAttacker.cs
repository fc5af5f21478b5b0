using System.Runtime.InteropServices;

namespace ForensicHeads.Generator.Catalogue;

/// <summary>An attacker that makes each frame from the shot whose landmarks are nearest to the driver's.</summary>
public abstract class ShotAttacker(string name, int rank) : GeneratorEntry(name, GeneratorPart.Attacker, rank, ShotNeed.Drawn)
{
    /// <inheritdoc/>
    public override IReadOnlyList<MadePart> Make(GeneratorTools tools, GeneratorTask task, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(task);
        return MadePart.Of([.. Frames(tools, task.Seed, [.. task.Landmarks.Select(driver => (Nearest(task.Shots, driver), driver))])]);
    }

    /// <summary>A frame of each pair.</summary>
    /// <param name="tools">The networks.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="pairs">A driver's landmarks, and the shot that is nearest to them.</param>
    protected abstract IEnumerable<RgbImage> Frames(GeneratorTools tools, long seed, (Shot Shot, Landmarks68 Driver)[] pairs);

    // By the mean squared distance of the landmarks.
    private static Shot Nearest(IReadOnlyList<Shot> shots, Landmarks68 driver) =>
        shots.MinBy(shot => shot.Landmarks.Values.Zip(driver.Values, (a, b) => (a - b) * (a - b)).Sum())!;
}

/// <summary>The nearest shot as it is: a true frame, so what tells it from the driver's is no trace of making.</summary>
public sealed class NearestShot() : ShotAttacker("nearest-shot", rank: 0)
{
    /// <inheritdoc/>
    public override bool GivesTrueFrames => true;

    /// <inheritdoc/>
    public override bool IsRival => true;

    /// <inheritdoc/>
    protected override IEnumerable<RgbImage> Frames(GeneratorTools tools, long seed, (Shot Shot, Landmarks68 Driver)[] pairs) =>
        pairs.Select(pair => pair.Shot.Image.Clone());
}

/// <summary>The nearest shot warped to the driver's landmarks.</summary>
public sealed class WarpedShot() : ShotAttacker("affine-warp", rank: 10)
{
    /// <inheritdoc/>
    public override bool IsRival => true;

    /// <inheritdoc/>
    protected override IEnumerable<RgbImage> Frames(GeneratorTools tools, long seed, (Shot Shot, Landmarks68 Driver)[] pairs) =>
        pairs.Select(pair => AffineWarp.Warp(pair.Shot, pair.Driver));
}

/// <summary>The same through an auto-encoder without adversarial loss: the network of the <c>reconstruct</c> anchor, one for everybody,
/// which cannot be driven. (The classic face swap with a decoder trained for each person would be a training a person.)</summary>
public sealed class AutoEncodedShot() : ShotAttacker("auto-encoder", rank: 20)
{
    /// <inheritdoc/>
    public override bool NeedsAutoEncoder => true;

    /// <inheritdoc/>
    public override string? Sha256(GeneratorTools tools, Mode? mode) => tools.AutoEncoder!.Sha256;

    /// <inheritdoc/>
    protected override IEnumerable<RgbImage> Frames(GeneratorTools tools, long seed, (Shot Shot, Landmarks68 Driver)[] pairs) =>
        tools.AutoEncoder!.Reconstruct([.. pairs.Select(pair => AffineWarp.Warp(pair.Shot, pair.Driver))]);
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
    /// <remarks>The stream is the driver's own, so that frames made one by one are those made together.</remarks>
    protected override IEnumerable<RgbImage> Frames(GeneratorTools tools, long seed, (Shot Shot, Landmarks68 Driver)[] pairs) =>
        pairs.Select(pair => SelfBlend.Of(pair.Shot, new SelfBlendOptions(),
            new SeededRandom(seed, "self-blend/" + Convert.ToHexString(MemoryMarshal.AsBytes<float>(pair.Driver.Values)))));
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
