using ForensicHeads.Foundation;

namespace ForensicHeads.Detector;

/// <summary>Which families stand where in a row of features: families in the order given, one picture size.</summary>
public sealed class FeatureLayout
{
    /// <summary>Smallest side of a picture in pixels: one DCT block.</summary>
    public const int MinimumSize = 8;

    /// <summary>Largest side of a picture in pixels that is measured; a detector works at its generator's size.</summary>
    public const int MaximumSize = 2048;

    private readonly IFeatureFamily[] families;
    private readonly int[] starts;

    /// <summary>Lays the named families out for pictures of one size.</summary>
    /// <param name="familyNames">At least one name out of <see cref="FeatureFamilies.Names"/>, each once.</param>
    /// <param name="size">Width = height in pixels, 8 … 2048.</param>
    /// <exception cref="UserErrorException">Unknown or repeated family, one that needs a trained network, or a size outside the range.</exception>
    public FeatureLayout(IReadOnlyList<string> familyNames, int size)
        : this(Find(familyNames, size), size)
    {
    }

    private FeatureLayout(IFeatureFamily[] families, int size)
    {
        this.families = families;
        Size = size;
        starts = new int[families.Length + 1];
        for (var i = 0; i < families.Length; i++) starts[i + 1] = starts[i] + families[i].Length(size);
        Families = [.. families.Select(family => family.Name)];
        ColumnNames = [.. families.SelectMany(family => family.ColumnNames(size).Select(column => $"{family.Name}/{column}"))];
    }

    /// <summary>Width = height in pixels.</summary>
    public int Size { get; }

    /// <summary>The families' names in column order.</summary>
    public IReadOnlyList<string> Families { get; }

    /// <summary>The families that measure with a trained model; whoever opened them disposes of them.</summary>
    public IReadOnlyList<IFileFamily> FileFamilies => [.. families.OfType<IFileFamily>()];

    /// <summary>Number of features in a row.</summary>
    public int Length => starts[^1];

    /// <summary><c>family/column</c> for every feature.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Lays opened families out, those with a trained model among them.</summary>
    /// <param name="families">At least one, each name once.</param>
    /// <param name="size">Width = height in pixels, 8 … 2048.</param>
    /// <exception cref="UserErrorException">A repeated family, or a size outside the range.</exception>
    public static FeatureLayout Of(IReadOnlyList<IFeatureFamily> families, int size)
    {
        ArgumentNullException.ThrowIfNull(families);
        Check([.. families.Select(family => family.Name)], size);
        return new FeatureLayout([.. families], size);
    }

    /// <summary>The group (family) a column belongs to: the part before the first slash, or the whole name.</summary>
    public static string FamilyOf(string columnName)
    {
        ArgumentNullException.ThrowIfNull(columnName);
        var slash = columnName.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? columnName : columnName[..slash];
    }

    /// <summary>Measures all families of one picture.</summary>
    /// <param name="image">A picture of <see cref="Size"/> × <see cref="Size"/> pixels.</param>
    /// <param name="features">float32[Length], overwritten whole.</param>
    /// <exception cref="UserErrorException">Another size.</exception>
    public void Compute(RgbImage image, Span<float> features)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Width != Size || image.Height != Size)
            throw new UserErrorException($"A picture of {image.Width}×{image.Height} px does not fit features of {Size}×{Size} px; resize it to {Size} px first.");
        if (features.Length != Length) throw new ArgumentException($"{features.Length} values were offered for {Length} features.", nameof(features));
        for (var i = 0; i < families.Length; i++) families[i].Compute(image, features[starts[i]..starts[i + 1]]);
    }

    private static IFeatureFamily[] Find(IReadOnlyList<string> names, int size)
    {
        ArgumentNullException.ThrowIfNull(names);
        Check(names, size);
        if (names.Contains(CnnFamily.FamilyName)) throw new UserErrorException($"The feature family '{CnnFamily.FamilyName}' is a trained network and has no meaning without its file; train or open one first.", exitCode: 2);
        return [.. names.Select(FeatureFamilies.ByName)];
    }

    private static void Check(IReadOnlyList<string> names, int size)
    {
        if (size is < MinimumSize or > MaximumSize)
            throw new UserErrorException($"Size {size} px is outside {MinimumSize} … {MaximumSize} px; reduce the frames to the detector's size first.", exitCode: 2);
        if (names.Count == 0) throw new UserErrorException($"No feature family is named; choose from {string.Join(", ", FeatureFamilies.Names)}.", exitCode: 2);
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UserErrorException($"Feature family '{twice.Key}' is named {twice.Count()} times; name each family once.", exitCode: 2);
    }
}
