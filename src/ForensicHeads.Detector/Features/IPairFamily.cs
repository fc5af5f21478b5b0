namespace ForensicHeads.Detector.Features;

/// <summary>One named group of numbers measured on two pictures of one face that lie <see cref="FrameBefore.StepS"/> apart
/// (docs/detector.md, "Features").</summary>
/// <remarks>Implementations are stateless to their callers and may be used from several threads at once; scratch memory is per thread. No
/// landmarks enter: where eyes and mouth lie follows from how every crop is cut.</remarks>
public interface IPairFamily : INamed
{
    /// <summary>The columns' names, without the family's own name; unique in the family.</summary>
    IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Measures one pair. Every value written is finite.</summary>
    /// <param name="before">The earlier picture, square.</param>
    /// <param name="image">The later one, of the same size.</param>
    /// <param name="features">float32[ColumnNames.Count], overwritten whole.</param>
    /// <exception cref="UserErrorException">The pictures differ in size, are not square, or are smaller than
    /// <see cref="FeatureLayout.MinimumSize"/>.</exception>
    void Compute(RgbImage before, RgbImage image, Span<float> features);
}
