using ForensicHeads.Datasets;

namespace ForensicHeads.Detector;

/// <summary>The features of one frame with what is known about it.</summary>
public sealed record LabelledFeatures
{
    /// <summary>The frame's key in its store.</summary>
    public required string Key { get; init; }

    /// <summary>The person.</summary>
    public required string Identity { get; init; }

    /// <summary>The video the frame belongs to; real and generated frames never share one.</summary>
    public required string Video { get; init; }

    /// <summary>The label: generated or real.</summary>
    public required bool Generated { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>; null for real frames.</summary>
    public string? Mode { get; init; }

    /// <summary>Number of shots; null for real frames.</summary>
    public int? Shots { get; init; }

    /// <summary>Which draw of the shots; null for real frames.</summary>
    public int? Draw { get; init; }

    /// <summary>Budget of the fine-tuning behind a generated frame; empty where it plays no part.</summary>
    public string Arm { get; init; } = "";

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
            Generated = record.Label == "generated",
            Mode = record.Mode,
            Shots = record.Shots,
            Draw = record.Draw,
            Features = features,
        };
    }
}
