namespace ForensicHeads.Media.Decode;

/// <summary>What a container says of a video's geometry that ffmpeg 5 does not hand on.</summary>
/// <param name="Crop">The part that is shown; null for the whole.</param>
/// <param name="Orientation">How the part is turned and mirrored; null where the container is silent.</param>
/// <param name="DisplaySize">Size on the screen in units that may not be pixels, before it is turned; null where the container is
/// silent.</param>
internal sealed record ContainerGeometry(CropArea? Crop = null, Orientation? Orientation = null,
    (double Width, double Height)? DisplaySize = null)
{
    /// <summary>Still pictures of AVIF: parts that are beside the coded picture.</summary>
    internal AvifParts? Avif { get; init; }
}

/// <summary>A rectangle in stored pixels.</summary>
internal readonly record struct CropArea(int Left, int Top, int Width, int Height)
{
    /// <summary>Whether it lies within a picture and leaves something of it out.</summary>
    internal bool Cuts(int width, int height) => Width >= 1 && Height >= 1 && Left >= 0 && Top >= 0 && Left + (long)Width <= width
        && Top + (long)Height <= height && (Width != width || Height != height);
}

/// <summary>What an AVIF says of its picture beside the coded one.</summary>
/// <param name="Icc">Its ICC profile; empty without one.</param>
/// <param name="HasAlpha">Whether a second picture says how transparent it is.</param>
internal sealed record AvifParts(byte[] Icc, bool HasAlpha);
