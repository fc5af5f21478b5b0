namespace ForensicHeads.Detector.Foreign;

/// <summary>Cuts out of a picture what a network is fed; how stands at <see cref="DetectorCrop"/>.</summary>
public static class ForeignCrop
{
    /// <summary>Cuts it out and brings it to size.</summary>
    /// <param name="sample">The picture and its face.</param>
    /// <param name="crop">What of it.</param>
    /// <param name="input">The size, and how it is reached.</param>
    /// <returns>A picture of the input's size; null where the landmarks are not finite or lie in one point.</returns>
    /// <exception cref="UserErrorException">The whole picture is asked for of a store's crop, or a store's crop of a whole
    /// picture.</exception>
    public static RgbImage? Of(ForeignSample sample, DetectorCrop crop, DetectorInput input)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(crop);
        ArgumentNullException.ThrowIfNull(input);
        if (crop.Of == CropOf.Face)
            return FaceSquare.Of(sample.Landmarks, crop) is { } square ? SquareReader.Read(sample.Picture, square, input) : null;
        if (sample.IsWhole != (crop.Of == CropOf.Frame))
            throw new UserErrorException(crop.Of == CropOf.Frame
                ? $"The detector wants whole frames (crop.of is frame), and {sample.Key} is a store's crop: what lay around the face is "
                    + "gone. Score the source files, or make it a detector of face or store."
                : $"The detector wants a store's crops (crop.of is store), and {sample.Key} is a whole frame. Ingest the file first.");
        return input.Resize == ResizeFilter.Area ? ImageResize.Area(sample.Picture, input.Width, input.Height)
            : ImageResize.Bilinear(sample.Picture, input.Width, input.Height);
    }
}
