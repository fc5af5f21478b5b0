namespace ForensicHeads.Fuzz;

/// <summary>A small picture to make good files of.</summary>
internal static class SeedPicture
{
    /// <summary>A slope of colours.</summary>
    /// <param name="side">Width = height in pixels.</param>
    public static RgbImage Of(int side)
    {
        var image = new RgbImage(side, side);
        for (var i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)(i * 7);
        return image;
    }
}
