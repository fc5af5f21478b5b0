namespace ForensicHeads.Detector.Training;

/// <summary>A labelled frame to train or choose a network with.</summary>
public sealed record TrainingFrame
{
    /// <summary>The frame's key, for messages.</summary>
    public required string Key { get; init; }

    /// <summary>The person.</summary>
    public required string Identity { get; init; }

    /// <summary>How the frame came to be.</summary>
    public required FrameOrigin Origin { get; init; }

    /// <summary>The label: generated or real.</summary>
    public bool Generated => !Origin.IsReal;

    /// <summary>Gives the pixels, square and all frames of one size; called often and from several threads at once.</summary>
    public required Func<RgbImage> Image { get; init; }

    /// <summary>What, beside mode and shot count, is drawn as often as any other; null for nothing.</summary>
    public string? Share { get; init; }

    /// <summary>Relative chance among the frames of its person, class, mode and shot count; above 0. Default 1.</summary>
    public float Weight { get; init; } = 1;

    /// <summary>A store's frame.</summary>
    /// <param name="record">Its row in the index.</param>
    /// <param name="image">Gives its pixels.</param>
    public static TrainingFrame Of(FrameRecord record, Func<RgbImage> image)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new TrainingFrame
        {
            Key = record.Key,
            Identity = record.Identity,
            Origin = record.Origin,
            Image = image,
        };
    }
}
