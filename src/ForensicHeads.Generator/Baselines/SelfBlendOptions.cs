namespace ForensicHeads.Generator.Baselines;

/// <summary>How self-blended images are made; the defaults are those of Shiohara and Yamasaki (arXiv 2204.08376) but for <see cref="TargetShare"/>.</summary>
public sealed record SelfBlendOptions
{
    /// <summary>
    /// Share of the pictures in which the frame around the face is transformed and not the face. The paper: 0.5, where the true frame gets the same
    /// transform. Here true frames stay as they are, so a transformed frame would be told by its colours alone: 0.
    /// </summary>
    public double TargetShare { get; init; }

    /// <summary>Share of the pictures whose red, green and blue are shifted.</summary>
    public double ShiftShare { get; init; } = 0.3;

    /// <summary>Largest shift of a colour, each its own, in grey levels.</summary>
    public double Shift { get; init; } = 20;

    /// <summary>Largest change of brightness, as a share of 255.</summary>
    public double Brightness { get; init; } = 0.1;

    /// <summary>Largest change of contrast, as a share.</summary>
    public double Contrast { get; init; } = 0.1;

    /// <summary>By how much a picture of 380 pixels may be reduced and enlarged again; smaller pictures by less, but at least 1.5 times.</summary>
    public IReadOnlyList<double> Coarseness { get; init; } = [2, 4];

    /// <summary>Widest change of width and of height: between this and one over it.</summary>
    public double Scale { get; init; } = 0.95;

    /// <summary>Largest shift to the side, as a share of the width.</summary>
    public double MoveX { get; init; } = 0.03;

    /// <summary>Largest shift up or down, as a share of the height.</summary>
    public double MoveY { get; init; } = 0.015;

    /// <summary>Strength of the mask's elastic deformation: factor on smoothed noise from −1 to 1, in pixels of a mask of about 224.</summary>
    public double Elasticity { get; init; } = 50;

    /// <summary>Standard deviation by which that noise is smoothed, in the same pixels.</summary>
    public double ElasticSigma { get; init; } = 7;

    /// <summary>Share of the masks that take in the forehead, which the 68 landmarks do not mark.</summary>
    public double ForeheadShare { get; init; } = 0.75;

    /// <summary>How much of the face is blended in, one of them at random.</summary>
    public IReadOnlyList<double> BlendRatios { get; init; } = [0.25, 0.5, 0.75, 1, 1, 1];
}
