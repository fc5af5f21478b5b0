namespace ForensicHeads.Detector.Training;

/// <summary>One frame that a training reads.</summary>
/// <param name="Store">Where it lies.</param>
/// <param name="Record">Its row.</param>
/// <param name="Role">Train, validation or calibration.</param>
/// <param name="Condition">What is done to its pixels first; null for nothing.</param>
internal sealed record StoreFrame(FrameStore Store, FrameRecord Record, SplitRole Role, IPixelCondition? Condition = null)
{
    /// <summary>The picture as the features see it: the condition acts on the crop, then one area filter reduces it.</summary>
    public RgbImage Read(int size)
    {
        var crop = Store.ReadImage(Record);
        if (Condition is not null) crop = Condition.Apply(crop, Record.Key, Record.Video);
        return ImageResize.Area(crop, size, size);
    }
}
