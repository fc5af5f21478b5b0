namespace ForensicHeads.Detector.Features;

/// <summary><c>patch_…</c>: a family on each of the four patches of a picture of <see cref="NativePatches"/>, averaged, so that no seam
/// between them is measured.</summary>
/// <remarks>float32[length of the family at half the side]: the mean over the four.</remarks>
/// <param name="family">What is measured on each patch.</param>
public sealed class PatchFamily(IFeatureFamily family) : IFeatureFamily
{
    [ThreadStatic]
    private static RgbImage? tile;

    [ThreadStatic]
    private static float[]? row;

    /// <inheritdoc/>
    public string Name { get; } = "patch_" + family.Name;

    /// <inheritdoc/>
    public int Length(int size) => family.Length(Side(size));

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames(int size) => family.ColumnNames(Side(size));

    /// <inheritdoc/>
    public void Compute(RgbImage image, Span<float> features)
    {
        GreyPlane.Check(this, image, features);
        if (image.Width < NativePatches.ASide * FeatureLayout.MinimumSize) throw new UserErrorException(
            $"{Name} cannot be measured on {image.Width} px; four patches need {NativePatches.ASide * FeatureLayout.MinimumSize} px a side "
            + "or more.");
        var side = Side(image.Width);
        if (tile?.Width != side) tile = new RgbImage(side, side);
        if (row is null || row.Length < features.Length) row = new float[features.Length];
        features.Clear();
        var own = row.AsSpan(0, features.Length);
        for (var patch = 0; patch < NativePatches.Count; patch++)
        {
            NativePatches.Take(image, patch, tile);
            family.Compute(tile, own);
            for (var c = 0; c < features.Length; c++) features[c] += own[c] / NativePatches.Count;
        }
    }

    private static int Side(int size) => Math.Max(FeatureLayout.MinimumSize, size / NativePatches.ASide);
}
