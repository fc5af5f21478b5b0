namespace ForensicHeads.Detector.Model;

/// <summary>The features of one frame with what is known about it.</summary>
public sealed record LabelledFeatures
{
    /// <summary>The frame's key in its store.</summary>
    public required string Key { get; init; }

    /// <summary>The person.</summary>
    public required string Identity { get; init; }

    /// <summary>The video the frame belongs to; real and generated frames never share one.</summary>
    public required string Video { get; init; }

    /// <summary>How the frame came to be.</summary>
    public required FrameOrigin Origin { get; init; }

    /// <summary>The label: generated or real.</summary>
    public bool Generated => !Origin.IsReal;

    /// <summary>What, beside mode and shot count, has a share of its person's weight of its own; null for nothing.</summary>
    public string? Share { get; init; }

    /// <summary>float32[columns], finite.</summary>
    public required float[] Features { get; init; }

    /// <summary>Relative weight of the row among the rows of its person, class, mode and shot count; above 0. Default 1.</summary>
    public float Weight { get; init; } = 1;

    /// <summary>Labels the features of a store's frame.</summary>
    public static LabelledFeatures Of(FrameRecord record, float[] features)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new LabelledFeatures
        {
            Key = record.Key,
            Identity = record.Identity,
            Video = record.Video,
            Origin = record.Origin,
            Features = features,
        };
    }
}
