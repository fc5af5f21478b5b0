namespace ForensicHeads.Detector.Features;

/// <summary>Which families stand where in a row of features: families in the order given, one picture size.</summary>
/// <remarks>
/// A row belongs to a frame. Families over time (<c>landmarks</c>) say the same in every row of a track: <see cref="MeasureTrack"/>
/// measures them once and <see cref="SetTrack"/> writes them; families of pairs see the frame before, too (<see cref="ComputePair"/>).
/// Where either is unknown (a photo, a track too short, its first frames) the columns are NaN, and the detector takes the mean of its
/// training rows.
/// </remarks>
public sealed class FeatureLayout
{
    /// <summary>Smallest side of a picture in pixels: one DCT block.</summary>
    public const int MinimumSize = 8;

    /// <summary>Largest side of a picture in pixels that is measured; a detector works at its generator's size.</summary>
    public const int MaximumSize = 2048;

    private readonly Part[] parts;

    /// <summary>Lays named families out whose every value is measured on the picture by itself.</summary>
    /// <param name="familyNames">At least one name out of <see cref="FeatureFamilies.Names"/>, each once.</param>
    /// <param name="size">Width = height in pixels, 8 … 2048.</param>
    /// <exception cref="UserErrorException">Unknown or repeated family, one over time or with a trained network, or a size outside the
    /// range.</exception>
    public FeatureLayout(IReadOnlyList<string> familyNames, int size)
        : this(Find(familyNames, size, []), size)
    {
        if (HasTracks || HasPairs) throw new UserErrorException(
            $"The feature family '{parts.First(part => part.Frame is null).Name}' is measured over time, and here frames stand by "
            + "themselves; leave it out.", exitCode: 2);
    }

    private FeatureLayout(IReadOnlyList<INamed> families, int size)
    {
        Size = size;
        var columns = new List<string>();
        parts = new Part[families.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            var names = families[i] switch
            {
                IFeatureFamily frame => frame.ColumnNames(size),
                IPairFamily pair => pair.ColumnNames,
                _ => ((ITrackFamily)families[i]).ColumnNames,
            };
            parts[i] = new Part(columns.Count, names.Count, families[i]);
            columns.AddRange(names.Select(column => $"{families[i].Name}/{column}"));
        }

        (ColumnNames, Length) = (columns, columns.Count);
        Families = [.. parts.Select(part => part.Name)];
        HasTracks = parts.Any(part => part.Track is not null);
        HasPairs = parts.Any(part => part.Pair is not null);
    }

    /// <summary>Width = height in pixels.</summary>
    public int Size { get; }

    /// <summary>The families' names in column order.</summary>
    public IReadOnlyList<string> Families { get; }

    /// <summary>The families that measure with a trained model; whoever opened them disposes of them.</summary>
    public IReadOnlyList<IFileFamily> FileFamilies => [.. parts.Select(part => part.Frame).OfType<IFileFamily>()];

    /// <summary>Whether a family is measured over time.</summary>
    public bool HasTracks { get; }

    /// <summary>Whether a family is measured on a frame and the one before it.</summary>
    public bool HasPairs { get; }

    /// <summary>Number of features in a row.</summary>
    public int Length { get; }

    /// <summary><c>family/column</c> for every feature.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Lays opened families of pictures out, those with a trained model among them.</summary>
    /// <param name="families">At least one, each name once.</param>
    /// <param name="size">Width = height in pixels, 8 … 2048.</param>
    /// <exception cref="UserErrorException">A repeated family, or a size outside the range.</exception>
    public static FeatureLayout Of(IReadOnlyList<IFeatureFamily> families, int size)
    {
        ArgumentNullException.ThrowIfNull(families);
        Check([.. families.Select(family => family.Name)], size);
        return new FeatureLayout([.. families], size);
    }

    /// <summary>Lays named families out, those over time and trained networks among them.</summary>
    /// <param name="familyNames">At least one name out of <see cref="FeatureFamilies.All"/>, each once.</param>
    /// <param name="size">Width = height in pixels, 8 … 2048.</param>
    /// <param name="networks">The opened networks of the names that need one.</param>
    /// <exception cref="UserErrorException">Unknown or repeated family, one whose network is not given, or a size outside the
    /// range.</exception>
    public static FeatureLayout Of(IReadOnlyList<string> familyNames, int size, IReadOnlyList<IFileFamily> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        return new FeatureLayout(Find(familyNames, size, networks), size);
    }

    /// <summary>The group (family) a column belongs to: the part before the first slash, or the whole name.</summary>
    public static string FamilyOf(string columnName)
    {
        ArgumentNullException.ThrowIfNull(columnName);
        var slash = columnName.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? columnName : columnName[..slash];
    }

    /// <summary>Whether a column may be NaN for "unknown": it belongs to a family over time or of pairs.</summary>
    public static bool MayBeUnknown(string columnName) => FeatureFamilies.OverTime.Find(FamilyOf(columnName)) is not null
        || FeatureFamilies.OfPairs.Find(FamilyOf(columnName)) is not null;

    /// <summary>Measures all families of one picture; those over time and of pairs become NaN.</summary>
    /// <param name="image">A picture of <see cref="Size"/> × <see cref="Size"/> pixels.</param>
    /// <param name="features">float32[Length], overwritten whole.</param>
    /// <exception cref="UserErrorException">Another size.</exception>
    public void Compute(RgbImage image, Span<float> features)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Width != Size || image.Height != Size)
            throw new UserErrorException(
                $"A picture of {image.Width}×{image.Height} px does not fit features of {Size}×{Size} px; resize it to {Size} px first.");
        if (features.Length != Length) throw new ArgumentException($"{features.Length} values were offered for {Length} features.",
            nameof(features));
        foreach (var part in parts)
        {
            if (part.Frame is null) part.In(features).Fill(float.NaN);
            else part.Frame.Compute(image, part.In(features));
        }
    }

    /// <summary>Measures the families of pairs into a row that <see cref="Compute"/> filled.</summary>
    /// <param name="before">The picture of the same track <see cref="FrameBefore.StepS"/> earlier, of the same size.</param>
    /// <param name="image">The picture of the row.</param>
    /// <param name="features">float32[Length].</param>
    /// <exception cref="UserErrorException">Another size.</exception>
    public void ComputePair(RgbImage before, RgbImage image, Span<float> features)
    {
        foreach (var part in parts) part.Pair?.Compute(before, image, part.In(features));
    }

    /// <summary>Measures the families over time of one track.</summary>
    /// <param name="track">Its landmarks, found again in the pixels that the rows are measured on; times ascending.</param>
    /// <returns>The columns of those families, one after the other; NaN where the track is too short.</returns>
    /// <exception cref="UserErrorException">Times that do not ascend, or coordinates that are not finite.</exception>
    public float[] MeasureTrack(IReadOnlyList<LandmarkSample> track)
    {
        var all = new List<float>();
        foreach (var part in parts.Where(part => part.Track is not null))
        {
            var values = new float[part.Length];
            if (!part.Track!.Compute(track, values)) Array.Fill(values, float.NaN);
            all.AddRange(values);
        }

        return [.. all];
    }

    /// <summary>Writes the columns over time into a row.</summary>
    /// <param name="row">float32[Length].</param>
    /// <param name="track">What <see cref="MeasureTrack"/> gave.</param>
    public void SetTrack(Span<float> row, ReadOnlySpan<float> track)
    {
        foreach (var part in parts)
        {
            if (part.Track is null) continue;
            track[..part.Length].CopyTo(part.In(row));
            track = track[part.Length..];
        }
    }

    private static INamed[] Find(IReadOnlyList<string> names, int size,
        IReadOnlyList<IFileFamily> networks)
    {
        ArgumentNullException.ThrowIfNull(names);
        Check(names, size);
        return [.. names.Select(One)];

        INamed One(string name)
        {
            if (networks.FirstOrDefault(network => network.Name == name) is { } network) return network;
            if (FeatureFamilies.Trained.Find(name) is not null) throw new UserErrorException(
                $"The feature family '{name}' is a trained network and has no meaning without its file; train or open one first.",
                exitCode: 2);
            return FeatureFamilies.OverTime.Find(name) ?? FeatureFamilies.OfPairs.Find(name)
                ?? (INamed)FeatureFamilies.OfPictures.ByName(name);
        }
    }

    private static void Check(IReadOnlyList<string> names, int size)
    {
        if (size is < MinimumSize or > MaximumSize)
            throw new UserErrorException(
                $"Size {size} px is outside {MinimumSize} … {MaximumSize} px; reduce the frames to the detector's size first.",
                exitCode: 2);
        if (names.Count == 0) throw new UserErrorException(
            $"No feature family is named; choose from {string.Join(", ", FeatureFamilies.All)}.", exitCode: 2);
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UserErrorException($"Feature family '{twice.Key}' is named {twice.Count()} times; name each family once.",
                exitCode: 2);
    }

    private sealed record Part(int Start, int Length, INamed Family)
    {
        public string Name => Family.Name;

        public IFeatureFamily? Frame { get; } = Family as IFeatureFamily;

        public ITrackFamily? Track { get; } = Family as ITrackFamily;

        public IPairFamily? Pair { get; } = Family as IPairFamily;

        public Span<float> In(Span<float> row) => row.Slice(Start, Length);
    }
}

/// <summary>A feature family that measures with a trained model: a detector's folder carries the model's file.</summary>
public interface IFileFamily : IFeatureFamily, IDisposable
{
    /// <summary>Name of the file in a detector's folder.</summary>
    string FileName { get; }

    /// <summary>The file's content.</summary>
    ReadOnlyMemory<byte> FileBytes { get; }

    /// <summary>SHA-256 of the content.</summary>
    string Sha256 { get; }
}
