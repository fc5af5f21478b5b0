using ForensicHeads.Datasets;
using ForensicHeads.Foundation;

namespace ForensicHeads.Experiments.Detection;

/// <summary>A frame of an experiment and the store it lies in.</summary>
/// <param name="Record">Its row.</param>
/// <param name="Store">Where its picture is.</param>
/// <param name="Arm">The budget of the fine-tuning behind it; empty where that plays no part: true frames, ff, attackers, and the anchors but <c>t_all</c>.</param>
public sealed record ExperimentFrame(FrameRecord Record, FrameStore Store, string Arm = "")
{
    /// <summary>Which of several generators made it: <c>g1</c>, <c>g2</c> …; empty where there is one, or where none plays a part.</summary>
    public string Weights { get; init; } = "";

    /// <summary>Whether it is a true frame of the second real sequence that the machine-USER chooses among; such frames are scored for that alone.</summary>
    public bool IsSpare { get; init; }

    /// <summary>Decodes the picture.</summary>
    public RgbImage Read() => Store.ReadImage(Record);

    /// <summary>Whether it is a true frame.</summary>
    public bool IsReal => Record.Label == "real";

    /// <summary>Place within its sequence, from 0: the last part of the key.</summary>
    internal int Position => int.Parse(Record.Key.AsSpan(Record.Key.LastIndexOf('-') + 1), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What a video codec, a video score or a rater sees as one: frames of one person, video, way of making, shot count, draw, arm and generator.</summary>
    internal (string, string, string, string?, string?, int?, int?, string, string, bool) Sequence =>
        (Record.Identity, Record.Video, Record.Label, Record.Generator, Record.Mode, Record.Shots, Record.Draw, Arm, Weights, IsSpare);
}
