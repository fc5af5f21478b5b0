namespace ForensicHeads.Detector.Features;

/// <summary>One named group of numbers measured on one picture (docs/detector.md, "Features").</summary>
/// <remarks>Implementations are stateless to their callers and may be used from several threads at once; scratch memory is per
/// thread.</remarks>
public interface IFeatureFamily : INamed
{
    /// <summary>Number of features of a square picture.</summary>
    /// <param name="size">Width = height in pixels, at least <see cref="FeatureLayout.MinimumSize"/>.</param>
    int Length(int size) => ColumnNames(size).Count;

    /// <summary>The columns' names, <c>Length(size)</c> of them, without the family's own name; unique in the family.</summary>
    /// <param name="size">Width = height in pixels.</param>
    IReadOnlyList<string> ColumnNames(int size);

    /// <summary>Measures one picture. Every value written is finite.</summary>
    /// <param name="image">A square picture.</param>
    /// <param name="features">float32[Length(image.Width)], overwritten whole.</param>
    /// <exception cref="UserErrorException">The picture is not square or too small.</exception>
    void Compute(RgbImage image, Span<float> features);
}
