namespace ForensicHeads.Datasets.Shots;

/// <summary>One photo of a person: a square frame and its landmarks in pixels of that frame.</summary>
public sealed record Shot(RgbImage Image, Landmarks68 Landmarks)
{
    /// <summary>The same at another size, by the area filter.</summary>
    /// <param name="size">Side in pixels.</param>
    public Shot Resize(int size) => new(ImageResize.Area(Image, size, size), Landmarks.Resize(Image.Width, size));
}
