namespace ForensicHeads.Detector.Features;

/// <summary>Grey of two pictures, their difference and their residuals (Laplacians, 0 on the border); scratch of a thread.</summary>
internal sealed class PairPlanes
{
    [ThreadStatic]
    private static PairPlanes? own;

    private double[] before = [];
    private double[] after = [];

    /// <summary>Side in pixels.</summary>
    public int Side { get; private set; }

    /// <summary>Later minus earlier, double[side²].</summary>
    public double[] Difference { get; private set; } = [];

    /// <summary>Residual of the earlier picture, double[side²].</summary>
    public double[] Before { get; private set; } = [];

    /// <summary>Residual of the later picture, double[side²].</summary>
    public double[] After { get; private set; } = [];

    /// <summary>Fills this thread's planes.</summary>
    /// <exception cref="UserErrorException">The pictures do not fit each other or the family.</exception>
    public static PairPlanes Of(IPairFamily family, RgbImage before, RgbImage image, Span<float> features)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(image);
        var side = image.Width;
        if (image.Height != side || before.Width != side || before.Height != side || side < FeatureLayout.MinimumSize)
            throw new UserErrorException(
                $"{family.Name} cannot be measured on {before.Width}×{before.Height} and {image.Width}×{image.Height} px; give two square "
                + $"pictures of one size, at least {FeatureLayout.MinimumSize} px.");
        if (features.Length != family.ColumnNames.Count) throw new ArgumentException(
            $"{features.Length} values were offered for the {family.ColumnNames.Count} features of {family.Name}.", nameof(features));
        var planes = own ??= new PairPlanes();
        planes.Fill(before, image);
        return planes;
    }

    private void Fill(RgbImage earlier, RgbImage later)
    {
        Side = later.Width;
        if (before.Length < Side * Side)
        {
            (before, after) = (new double[Side * Side], new double[Side * Side]);
            (Difference, Before, After) = (new double[Side * Side], new double[Side * Side], new double[Side * Side]);
        }

        GreyPlane.Fill(earlier, before);
        GreyPlane.Fill(later, after);
        for (var i = 0; i < Side * Side; i++) Difference[i] = after[i] - before[i];
        Laplacian(before, Before);
        Laplacian(after, After);
    }

    private void Laplacian(double[] plane, double[] residual)
    {
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var at = (y * Side) + x;
                residual[at] = x == 0 || y == 0 || x == Side - 1 || y == Side - 1 ? 0
                    : (4 * plane[at]) - plane[at - 1] - plane[at + 1] - plane[at - Side] - plane[at + Side];
            }
        }
    }
}

/// <summary>
/// <c>still_noise</c>: what changes where nothing moves. A camera's noise is new in every frame, a codec repeats what it has, a generator
/// does either in its own way.
/// </summary>
/// <remarks>float32[8]: in the face and in the background the quarter (rounded up) of the blocks of 8×8 with the smallest mean |D|, D the
/// difference of grey; over their pixels ln(√mean D² + 0.01), the kurtosis of D (mean fourth over squared second moment about the mean, 0
/// where it stands still), the mean of D(x)·D(x + 1) inside the blocks' rows over mean D² + 10⁻⁶, and the share of |D| &lt; ½; 0 where a
/// region has no whole block.</remarks>
public sealed class StillNoiseFamily : IPairFamily
{
    private static readonly int[] Regions = [0, 3];

    /// <inheritdoc/>
    public string Name => "still_noise";

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames { get; } = [.. Regions.SelectMany(region =>
        new[] { "level", "kurtosis", "lag", "equal" }.Select(column => $"{CropRegions.Names[region]}_{column}"))];

    /// <inheritdoc/>
    public void Compute(RgbImage before, RgbImage image, Span<float> features)
    {
        var planes = PairPlanes.Of(this, before, image, features);
        var regions = CropRegions.Of(planes.Side);
        for (var r = 0; r < Regions.Length; r++) Measure(planes, regions.Blocks[Regions[r]], features.Slice(4 * r, 4));
    }

    private static void Measure(PairPlanes planes, int[] blocks, Span<float> features)
    {
        features.Clear();
        if (blocks.Length == 0) return;
        Span<double> means = blocks.Length <= 1024 ? stackalloc double[blocks.Length] : new double[blocks.Length];
        Span<int> order = blocks.Length <= 1024 ? stackalloc int[blocks.Length] : new int[blocks.Length];
        for (var b = 0; b < blocks.Length; b++)
        {
            for (var y = 0; y < CropRegions.Block; y++)
                foreach (var d in Row(planes, blocks[b], y)) means[b] += Math.Abs(d);
            order[b] = b;
        }

        means.Sort(order);
        var quiet = order[..((blocks.Length + 3) / 4)];
        double sum = 0, squares = 0, products = 0, equal = 0;
        foreach (var b in quiet)
        {
            for (var y = 0; y < CropRegions.Block; y++)
            {
                var row = Row(planes, blocks[b], y);
                for (var x = 0; x < row.Length; x++)
                {
                    sum += row[x];
                    squares += row[x] * row[x];
                    if (x > 0) products += row[x - 1] * row[x];
                    if (Math.Abs(row[x]) < 0.5) equal++;
                }
            }
        }

        const int Pixels = CropRegions.Block * CropRegions.Block;
        const int Neighbours = CropRegions.Block * (CropRegions.Block - 1);
        var count = (double)quiet.Length * Pixels;
        var (mean, power) = (sum / count, squares / count);
        double second = 0, fourth = 0;
        foreach (var b in quiet)
        {
            for (var y = 0; y < CropRegions.Block; y++)
            {
                foreach (var d in Row(planes, blocks[b], y))
                {
                    var square = (d - mean) * (d - mean);
                    second += square;
                    fourth += square * square;
                }
            }
        }

        features[0] = (float)Math.Log(Math.Sqrt(power) + 0.01);
        features[1] = second > 1e-9 * count ? (float)(fourth * count / (second * second)) : 0;
        features[2] = (float)(products / (quiet.Length * Neighbours) / (power + 1e-6));
        features[3] = (float)(equal / count);
    }

    private static ReadOnlySpan<double> Row(PairPlanes planes, int block, int y) =>
        planes.Difference.AsSpan(block + (y * planes.Side), CropRegions.Block);
}

/// <summary>
/// <c>texture_motion</c>: whether fine texture moves with what it lies on. Crops follow the head, so skin should stay and the background
/// should go; texture that sticks to the picture, or a background that goes along with the head, does otherwise.
/// </summary>
/// <remarks>float32[13]: for face, eyes, mouth and background the correlation of the two residuals (Σ ab / √(Σ a² Σ b² + 10⁻⁶)) unshifted,
/// the largest over shifts of up to 3 pixels each way, and that shift's length in pixels; ties go to the first shift, row by row. Then the
/// distance of the background's shift from the face's. The later residual is 0 outside the picture.</remarks>
public sealed class TextureMotionFamily : IPairFamily
{
    private const int Reach = 3;

    /// <inheritdoc/>
    public string Name => "texture_motion";

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames { get; } = [.. CropRegions.Names.SelectMany(region =>
        new[] { "unshifted", "best", "shift" }.Select(column => $"{region}_{column}")), "background_from_face"];

    /// <inheritdoc/>
    public void Compute(RgbImage before, RgbImage image, Span<float> features)
    {
        var planes = PairPlanes.Of(this, before, image, features);
        var regions = CropRegions.Of(planes.Side);
        Span<(int Down, int Right)> shifts = stackalloc (int, int)[CropRegions.Names.Count];
        for (var r = 0; r < shifts.Length; r++)
        {
            var best = double.NegativeInfinity;
            for (var down = -Reach; down <= Reach; down++)
            {
                for (var right = -Reach; right <= Reach; right++)
                {
                    var found = Correlation(planes, regions.Pixels[r], down, right);
                    if (down == 0 && right == 0) features[3 * r] = (float)found;
                    if (found > best) (best, shifts[r]) = (found, (down, right));
                }
            }

            features[(3 * r) + 1] = (float)best;
            features[(3 * r) + 2] = (float)Length(shifts[r].Down, shifts[r].Right);
        }

        features[^1] = (float)Length(shifts[^1].Down - shifts[0].Down, shifts[^1].Right - shifts[0].Right);
    }

    private static double Length(int down, int right) => Math.Sqrt((down * down) + (right * right));

    private static double Correlation(PairPlanes planes, int[] pixels, int down, int right)
    {
        double product = 0, first = 0, second = 0;
        var side = planes.Side;
        foreach (var at in pixels)
        {
            var (x, y) = ((at % side) + right, (at / side) + down);
            var a = planes.Before[at];
            var b = x < 0 || y < 0 || x >= side || y >= side ? 0 : planes.After[(y * side) + x];
            product += a * b;
            first += a * a;
            second += b * b;
        }

        return product / Math.Sqrt((first * second) + 1e-6);
    }
}

/// <summary><c>detail_flicker</c>: how much fine detail comes and goes, and how much eyes, mouth and background move beside the
/// face.</summary>
/// <remarks>float32[7]: for face, eyes, mouth and background |ln(e + 0.01) of the later − of the earlier|, e the mean squared residual;
/// then for eyes, mouth and background ln(mean |D| + 0.1) less that of the face, D the difference of grey.</remarks>
public sealed class DetailFlickerFamily : IPairFamily
{
    /// <inheritdoc/>
    public string Name => "detail_flicker";

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames { get; } =
        [.. CropRegions.Names.Select(region => region + "_detail"), .. CropRegions.Names.Skip(1).Select(region => region + "_motion")];

    /// <inheritdoc/>
    public void Compute(RgbImage before, RgbImage image, Span<float> features)
    {
        var planes = PairPlanes.Of(this, before, image, features);
        var regions = CropRegions.Of(planes.Side);
        var face = 0.0;
        for (var r = 0; r < regions.Pixels.Count; r++)
        {
            double earlier = 0, later = 0, motion = 0;
            foreach (var at in regions.Pixels[r])
            {
                earlier += planes.Before[at] * planes.Before[at];
                later += planes.After[at] * planes.After[at];
                motion += Math.Abs(planes.Difference[at]);
            }

            var count = Math.Max(1, regions.Pixels[r].Length);
            features[r] = (float)Math.Abs(Math.Log((later / count) + 0.01) - Math.Log((earlier / count) + 0.01));
            motion = Math.Log((motion / count) + 0.1);
            if (r == 0) face = motion;
            else features[regions.Pixels.Count + r - 1] = (float)(motion - face);
        }
    }
}
