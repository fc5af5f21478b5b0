using ForensicHeads.Datasets;
using ForensicHeads.Foundation;

namespace ForensicHeads.Detector;

/// <summary>A labelled frame to train or choose a network with.</summary>
public sealed record TrainingFrame
{
    /// <summary>The frame's key, for messages.</summary>
    public required string Key { get; init; }

    /// <summary>The person.</summary>
    public required string Identity { get; init; }

    /// <summary>The label: generated or real.</summary>
    public required bool Generated { get; init; }

    /// <summary>Gives the pixels, square and all frames of one size; called often and from several threads at once.</summary>
    public required Func<RgbImage> Image { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>; null for real frames.</summary>
    public string? Mode { get; init; }

    /// <summary>Number of shots; null for real frames.</summary>
    public int? Shots { get; init; }

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
            Generated = record.Label == "generated",
            Image = image,
            Mode = record.Mode,
            Shots = record.Shots,
        };
    }
}
