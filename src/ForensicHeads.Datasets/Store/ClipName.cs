namespace ForensicHeads.Datasets.Store;

/// <summary>What a clip is called where several stores take part.</summary>
public static class ClipName
{
    /// <summary>Store, video, person and, for generated ones, generator, mode, shots and draw; the same for all frames of a clip.</summary>
    /// <param name="info">The store.</param>
    /// <param name="frame">A frame of the clip.</param>
    public static string Of(StoreInfo info, FrameRecord frame)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(frame);
        var origin = frame.Origin;
        object?[] parts = [info.Name, frame.Video, frame.Identity, origin.Generator, origin.Mode?.Text(), origin.Shots, origin.Draw];
        return string.Join('/', parts.Where(part => part is not null).Select(part => FormattableString.Invariant($"{part}")));
    }
}
