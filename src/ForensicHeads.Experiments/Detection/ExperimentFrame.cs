namespace ForensicHeads.Experiments.Detection;

/// <summary>A frame of an experiment and the store it lies in.</summary>
/// <param name="Record">Its row.</param>
/// <param name="Store">Where its picture is.</param>
public sealed record ExperimentFrame(FrameRecord Record, FrameStore Store)
{
    /// <summary>How it came to be, with the budget and the weights that its store alone knows.</summary>
    public FrameOrigin Origin => Record.Origin;

    /// <summary>Whether it is a true frame of the second real sequence that the machine-USER chooses among; such frames are scored for that
    /// alone.</summary>
    public bool IsSpare { get; init; }

    /// <summary>Decodes the picture.</summary>
    public RgbImage Read() => Store.ReadImage(Record);

    /// <summary>Whether it is a true frame.</summary>
    public bool IsReal => Origin.IsReal;

    /// <summary>The driver frame of a true or made frame, by clip and number.</summary>
    internal string Driver => FormattableString.Invariant($"{Record.DriverVideo ?? Record.Video}#{Record.FrameNumber:D6}");

    /// <summary>Place within its sequence, from 0; of what an experiment made, the last part of the key.</summary>
    internal int Position
    {
        get => field >= 0 ? field
            : int.Parse(Record.Key.AsSpan(Record.Key.LastIndexOf('-') + 1), System.Globalization.CultureInfo.InvariantCulture);
        init;
    } = -1;

    /// <summary>What a video codec, a video score or a rater sees as one: frames of one person, video and origin.</summary>
    internal (string Identity, string Video, FrameOrigin Origin, bool IsSpare) Sequence => (Record.Identity, Record.Video, Origin, IsSpare);

    /// <summary>The key of that sequence, unique in an experiment.</summary>
    internal string SequenceKey => string.Join('/', new object?[]
    {
        Record.Video, Origin.Method?.ToString() ?? (IsSpare ? "spare" : Origin.Label.Text()), Origin.Shots, Origin.Draw, Origin.Arm?.Text(),
        Origin.Weights.Length > 0 ? Origin.Weights : null,
    }.Where(part => part is not null));
}
