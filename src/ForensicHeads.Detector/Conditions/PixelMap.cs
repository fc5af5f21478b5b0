namespace ForensicHeads.Detector.Conditions;

/// <summary>Changes of every value of a picture by itself.</summary>
internal static class PixelMap
{
    /// <summary>A new picture; values are rounded half to even and clipped to 0 … 255.</summary>
    public static RgbImage Of(RgbImage image, Func<double, double> change)
    {
        ArgumentNullException.ThrowIfNull(image);
        var result = new RgbImage(image.Width, image.Height);
        for (var i = 0; i < image.Pixels.Length; i++) result.Pixels[i] = (byte)Math.Clamp(Math.Round(change(image.Pixels[i])), 0, 255);
        return result;
    }

    /// <summary><c>brightness-up-20</c> and the like.</summary>
    public static string NameOf(string what, int percent) => FormattableString.Invariant($"{what}-{(percent > 0 ? "up" : "down")}-{Math.Abs(percent)}");
}
