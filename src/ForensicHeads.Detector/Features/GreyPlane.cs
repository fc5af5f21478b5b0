using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ForensicHeads.Detector.Features;

/// <summary>Grey = 0.299 R + 0.587 G + 0.114 B on 0 … 255, unrounded: the luma every family of this room means.</summary>
internal static class GreyPlane
{
    private const int Lanes = 8;

    // Four pixels are twelve bytes; each of these picks one channel of them into four 32-bit lanes (128 and above give 0).
    private static readonly Vector128<byte> Red = Pick(0);
    private static readonly Vector128<byte> Green = Pick(1);
    private static readonly Vector128<byte> Blue = Pick(2);

    /// <summary>Fills float64[H × W], row by row: the exact thousandths times 0.001, so that equal pixels have equal values and the error
    /// is one rounding.</summary>
    public static void Fill(RgbImage image, Span<double> grey)
    {
        grey = grey[..(image.Width * image.Height)];
        ref var pixels = ref MemoryMarshal.GetReference(image.Pixels.AsSpan());
        ref var output = ref MemoryMarshal.GetReference(grey);
        var i = 0;
        for (; Fits(i, image.Pixels.Length); i += Lanes)
        {
            // Whole numbers below 2^24 pass through float32 unharmed.
            var (low, high) = Vector256.Widen(Vector256.ConvertToSingle(Eight(ref pixels, i)));
            (low * 0.001).StoreUnsafe(ref output, (nuint)i);
            (high * 0.001).StoreUnsafe(ref output, (nuint)i + 4);
        }

        for (; i < grey.Length; i++) grey[i] = One(image.Pixels, i) * 0.001;
    }

    /// <summary>Fills int32[H × W] with 1000 · grey = 299 R + 587 G + 114 B, exactly: for definitions that round.</summary>
    public static void FillThousandths(RgbImage image, Span<int> grey)
    {
        grey = grey[..(image.Width * image.Height)];
        ref var pixels = ref MemoryMarshal.GetReference(image.Pixels.AsSpan());
        ref var output = ref MemoryMarshal.GetReference(grey);
        var i = 0;
        for (; Fits(i, image.Pixels.Length); i += Lanes) Eight(ref pixels, i).StoreUnsafe(ref output, (nuint)i);
        for (; i < grey.Length; i++) grey[i] = One(image.Pixels, i);
    }

    /// <summary>Refuses pictures that are not square or smaller than one DCT block, and outputs of the wrong length.</summary>
    public static void Check(IFeatureFamily family, RgbImage image, Span<float> features)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Width != image.Height || image.Width < FeatureLayout.MinimumSize)
        {
            throw new UserErrorException(
                $"{family.Name} cannot be measured on {image.Width}×{image.Height} px; give a square picture of at least "
                    + $"{FeatureLayout.MinimumSize} px a side.");
        }

        if (features.Length != family.Length(image.Width))
            throw new ArgumentException(
                $"{features.Length} values were offered for the {family.Length(image.Width)} features of {family.Name}.", nameof(features));
    }

    /// <summary>Whether the 28 bytes that <see cref="Eight"/> reads from pixel <paramref name="i"/> on are all there.</summary>
    private static bool Fits(int i, int bytes) => (3 * i) + 28 <= bytes;

    private static int One(byte[] pixels, int i) => (299 * pixels[3 * i]) + (587 * pixels[(3 * i) + 1]) + (114 * pixels[(3 * i) + 2]);

    private static Vector256<int> Eight(ref byte pixels, int i) =>
        Vector256.Create(
            Four(Vector128.LoadUnsafe(ref pixels, (nuint)(3 * i))), Four(Vector128.LoadUnsafe(ref pixels, (nuint)(3 * i) + 12)));

    private static Vector128<int> Four(Vector128<byte> bytes) =>
        (Vector128.Shuffle(bytes, Red).AsInt32() * 299) + (Vector128.Shuffle(bytes, Green).AsInt32() * 587)
            + (Vector128.Shuffle(bytes, Blue).AsInt32() * 114);

    private static Vector128<byte> Pick(byte channel)
    {
        Span<byte> indices = stackalloc byte[16];
        indices.Fill(255);
        for (var pixel = 0; pixel < 4; pixel++) indices[4 * pixel] = (byte)((3 * pixel) + channel);
        return Vector128.Create<byte>(indices);
    }
}
