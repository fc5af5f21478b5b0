using ForensicHeads.Datasets;
using ForensicHeads.Foundation;

namespace ForensicHeads.Experiments.Detection;

/// <summary>A frame of an experiment and the store it lies in.</summary>
/// <param name="Record">Its row.</param>
/// <param name="Store">Where its picture is.</param>
/// <param name="Arm">The budget of the fine-tuning behind it; empty where that plays no part: true frames, ff, attackers, and the anchors but <c>t_all</c>.</param>
public sealed record ExperimentFrame(FrameRecord Record, FrameStore Store, string Arm = "")
{
    /// <summary>Decodes the picture.</summary>
    public RgbImage Read() => Store.ReadImage(Record);

    /// <summary>Whether it is a true frame.</summary>
    public bool IsReal => Record.Label == "real";
}
