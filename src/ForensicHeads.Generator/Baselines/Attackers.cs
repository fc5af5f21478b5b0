using ForensicHeads.Foundation;
using ForensicHeads.Generator.Heads;

namespace ForensicHeads.Generator.Baselines;

/// <summary>The cheap attackers that stand beside the few-shot generator, by name.</summary>
public static class Attackers
{
    /// <summary>The nearest shot as it is: a true frame, so what tells it from the driver's is no trace of making.</summary>
    public const string NearestShot = "nearest-shot";

    /// <summary>The nearest shot warped to the driver's landmarks.</summary>
    public const string AffineWarp = "affine-warp";

    /// <summary>The same through an auto-encoder without adversarial loss.</summary>
    public const string AutoEncoder = "auto-encoder";

    /// <summary>The nearest shot blended with a transformed copy of itself.</summary>
    public const string SelfBlended = "self-blended";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [NearestShot, AffineWarp, AutoEncoder, SelfBlended];

    /// <summary>The attacker called <paramref name="name"/>.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="autoEncoder">The network of <see cref="AutoEncoder"/>; not owned.</param>
    /// <param name="seed">Seed of <see cref="SelfBlended"/>.</param>
    /// <exception cref="UserErrorException">No such attacker.</exception>
    public static IHeadGenerator ByName(string name, FrameAutoEncoder autoEncoder, long seed) => name switch
    {
        NearestShot => new NearestShotCopy(),
        AffineWarp => new AffineWarp(),
        AutoEncoder => new AutoEncoderFace(autoEncoder),
        SelfBlended => new SelfBlending(new SelfBlendOptions(), seed),
        _ => throw new UserErrorException($"There is no attacker '{name}'. Use one of: {string.Join(", ", Names)}.", exitCode: 2),
    };
}
