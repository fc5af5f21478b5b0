using System.Globalization;

namespace ForensicHeads.Detector.Features;

/// <summary>
/// <c>spectrum</c>: mean over rings of 20·ln(|F| + 1e-8) of the grey picture's Fourier transform, divided by ring 0; then the same curve
/// minus ring 0, because a quotient of levels is not invariant to exposure. After Durall et al. 2020 (arXiv 2003.01826), with DC at
/// floor(N/2).
/// </summary>
/// <remarks>
/// float32[2 · floor(N/√2)]: 362 at 256 px. The first half is about 0 … 1 for photographs, the second about −250 … 0. Ring 0 of a picture
/// whose grey values sum to exactly 1 would be 0; its quotients are then 0.
/// </remarks>
public sealed class SpectrumFamily : IFeatureFamily
{
    [ThreadStatic]
    private static (int Size, RadialSpectrum Radial, double[] Levels)? scratch;

    /// <inheritdoc/>
    public string Name => "spectrum";

    /// <inheritdoc/>
    public int Length(int size) => 2 * RadialSpectrum.RingCount(size);

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames(int size)
    {
        var rings = Enumerable.Range(0, RadialSpectrum.RingCount(size)).Select(r => r.ToString("000", CultureInfo.InvariantCulture))
            .ToArray();
        return [.. rings.Select(r => $"ratio_{r}"), .. rings.Select(r => $"level_{r}")];
    }

    /// <inheritdoc/>
    public void Compute(RgbImage image, Span<float> features)
    {
        GreyPlane.Check(this, image, features);
        var size = image.Width;
        if (scratch is null || scratch.Value.Size != size)
            scratch = (size, new RadialSpectrum(size), new double[RadialSpectrum.RingCount(size)]);
        var (_, radial, levels) = scratch.Value;
        GreyPlane.Fill(image, radial.Grey);
        radial.MeanLevels(levels);
        var zero = levels[0];
        for (var r = 0; r < levels.Length; r++)
        {
            features[r] = zero == 0 ? 0 : (float)(levels[r] / zero);
            features[levels.Length + r] = (float)(levels[r] - zero);
        }
    }
}
