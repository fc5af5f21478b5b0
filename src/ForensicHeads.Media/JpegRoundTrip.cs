using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OpenCvSharp;

namespace ForensicHeads.Media;

/// <summary>What JPEGs of a picture differ from it by. Stateless and thread-safe.</summary>
public static class JpegRoundTrip
{
    /// <summary>
    /// Mean squared difference, over all samples of R, G and B, of a picture and <c>ImageCodec.Decode(ImageCodec.EncodeJpeg(image,
    /// quality))</c>, for several qualities; squared levels, 0 … 65025.
    /// </summary>
    /// <param name="image">The picture; not changed.</param>
    /// <param name="qualities">Each 1 … 100 (libjpeg's scale).</param>
    /// <param name="differences">float64[qualities.Length], overwritten.</param>
    /// <exception cref="ArgumentOutOfRangeException">A quality outside 1 … 100.</exception>
    public static void MeanSquaredDifferences(RgbImage image, ReadOnlySpan<int> qualities, Span<double> differences)
    {
        ArgumentNullException.ThrowIfNull(image);
        // Compared as B G R, the order of the codec: the sum does not care.
        using var picture = ImageCodec.ToMat(image);
        for (var i = 0; i < qualities.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(qualities[i], 1, nameof(qualities));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(qualities[i], 100, nameof(qualities));
            Cv2.ImEncode(".jpg", picture, out var bytes, new ImageEncodingParam(ImwriteFlags.JpegQuality, qualities[i]));
            using var copy = Cv2.ImDecode(bytes, ImreadModes.Color);
            differences[i] = (double)SumOfSquares(Samples(picture), Samples(copy)) / image.Pixels.Length;
        }
    }

    private static unsafe ReadOnlySpan<byte> Samples(Mat mat) => mat.IsContinuous() && mat.Type() == MatType.CV_8UC3
        ? new ReadOnlySpan<byte>((void*)mat.Data, checked(3 * mat.Rows * mat.Cols))
        : throw new InvalidDataException($"A picture of type {mat.Type()} came where 8-bit B G R without gaps was expected.");

    /// <summary>Σ (a − b)², exactly.</summary>
    private static ulong SumOfSquares(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        ref var first = ref MemoryMarshal.GetReference(a);
        ref var second = ref MemoryMarshal.GetReference(b[..a.Length]);
        var sum = Vector256<ulong>.Zero;
        var i = 0;
        for (; i + Vector256<byte>.Count <= a.Length; i += Vector256<byte>.Count)
        {
            var x = Vector256.LoadUnsafe(ref first, (nuint)i);
            var y = Vector256.LoadUnsafe(ref second, (nuint)i);
            var (low, high) = Vector256.Widen(Vector256.Max(x, y) - Vector256.Min(x, y));
            // 255² fits 16 bits; four such sums fit 32.
            var (l0, l1) = Vector256.Widen(low * low);
            var (h0, h1) = Vector256.Widen(high * high);
            var (s0, s1) = Vector256.Widen(l0 + l1 + h0 + h1);
            sum += s0 + s1;
        }

        var total = Vector256.Sum(sum);
        for (; i < a.Length; i++) total += (ulong)((a[i] - b[i]) * (a[i] - b[i]));
        return total;
    }
}
