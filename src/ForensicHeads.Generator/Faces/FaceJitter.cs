using ForensicHeads.Foundation;

namespace ForensicHeads.Generator.Faces;

/// <summary>A small movement of a face inside its crop.</summary>
/// <param name="Scale">Enlargement, 1 for none.</param>
/// <param name="Angle">Turn in radians.</param>
/// <param name="ShiftX">To the right, pixels.</param>
/// <param name="ShiftY">Downwards, pixels.</param>
internal sealed record FaceJitter(double Scale, double Angle, double ShiftX, double ShiftY)
{
    /// <summary>Stretch of the cut-out region to the sides.</summary>
    public double RegionX { get; init; } = 1;

    /// <summary>Stretch of the cut-out region up and down.</summary>
    public double RegionY { get; init; } = 1;

    public static FaceJitter None { get; } = new(1, 0, 0, 0);

    /// <summary>Draws one within plus or minus the given amounts.</summary>
    public static FaceJitter Draw(SeededRandom random, double scale, double angle, double shift) =>
        new(1 + random.Uniform(-scale, scale), random.Uniform(-angle, angle), random.Uniform(-shift, shift), random.Uniform(-shift, shift));
}
