using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ForensicHeads.Detector.Features;

/// <summary>
/// <c>jpeg</c>: traces of an earlier JPEG compression. For each of the 64 places (i, j) that the 8×8 grid may have: the mean absolute
/// second difference across its lines, |g(x − 1, y − 1) − g(x, y − 1) − g(x − 1, y) + g(x, y)| of the grey picture over x ≡ i and y ≡ j
/// modulo 8, over the mean of the 64 (the cross difference of Fan and de Queiroz 2003 and Chen and Hsu 2008); then D_q, the mean squared
/// difference to the picture's own JPEG of quality q = 50, 55 … 90 with 4:2:0 chroma (after Farid 2009), over all samples of R, G and B.
/// </summary>
/// <remarks>
/// float32[73]: 64 quotients ≥ 0 with mean 1, row j slowest (all 0 for a picture without a single difference; at 8 px no line lies at 0,
/// whose places are then 0 and left out of the mean), and 9 values in squared levels, 0 … 65025. The JPEG is libjpeg's, as in the condition
/// <c>jpeg-q</c>.
/// </remarks>
public sealed class JpegFamily : IFeatureFamily
{
    private const int Block = 8;
    private const int Places = Block * Block;

    private static readonly int[] Qualities = [50, 55, 60, 65, 70, 75, 80, 85, 90];

    [ThreadStatic]
    private static int[]? scratch;

    /// <inheritdoc/>
    public string Name => "jpeg";

    /// <inheritdoc/>
    public int Length(int size) => Places + Qualities.Length;

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames(int size) =>
    [
        .. Enumerable.Range(0, Places).Select(place => FormattableString.Invariant($"grid_x{place % Block}_y{place / Block}")),
        .. Qualities.Select(quality => FormattableString.Invariant($"d_{quality}")),
    ];

    /// <inheritdoc/>
    public void Compute(RgbImage image, Span<float> features)
    {
        GreyPlane.Check(this, image, features);
        Grid(image, features[..Places]);
        Span<double> differences = stackalloc double[Qualities.Length];
        JpegRoundTrip.MeanSquaredDifferences(image, Qualities, differences);
        for (var i = 0; i < Qualities.Length; i++) features[Places + i] = (float)differences[i];
    }

    private static void Grid(RgbImage image, Span<float> quotients)
    {
        var size = image.Width;
        if (scratch is null || scratch.Length != size * size) scratch = new int[size * size];
        GreyPlane.FillThousandths(image, scratch);
        Span<double> means = stackalloc double[Places];
        means.Clear();
        for (var y = 1; y < size; y++) AddRow(scratch.AsSpan((y - 1) * size, size), scratch.AsSpan(y * size, size),
            means.Slice(y % Block * Block, Block));
        double total = 0;
        var places = 0;
        for (var place = 0; place < Places; place++)
        {
            var pixels = Lines(place % Block, size) * Lines(place / Block, size);
            if (pixels == 0) continue;
            means[place] /= pixels;
            total += means[place];
            places++;
        }

        for (var place = 0; place < Places; place++) quotients[place] = total == 0 ? 0 : (float)(means[place] * places / total);
    }

    /// <summary>Adds a row's absolute second differences, in thousandths of a level, to the eight sums of x modulo 8.</summary>
    private static void AddRow(ReadOnlySpan<int> above, ReadOnlySpan<int> here, Span<double> sums)
    {
        ref var a = ref MemoryMarshal.GetReference(above);
        ref var b = ref MemoryMarshal.GetReference(here);
        var eight = Vector256<int>.Zero;
        var x = 1;
        for (; x + Block <= here.Length; x += Block)
        {
            var right = Vector256.LoadUnsafe(ref b, (nuint)x) - Vector256.LoadUnsafe(ref a, (nuint)x);
            var left = Vector256.LoadUnsafe(ref b, (nuint)(x - 1)) - Vector256.LoadUnsafe(ref a, (nuint)(x - 1));
            eight += Vector256.Abs(right - left);
        }

        for (var lane = 0; lane < Block; lane++) sums[(lane + 1) % Block] += eight[lane];
        for (; x < here.Length; x++) sums[x % Block] += Math.Abs(here[x] - above[x] - here[x - 1] + above[x - 1]);
    }

    /// <summary>How many of the columns 1 … size − 1 are ≡ offset modulo 8.</summary>
    private static int Lines(int offset, int size) => offset == 0 ? (size - 1) / Block : (size - 1 - offset + Block) / Block;
}
