namespace ForensicHeads.Datasets.Shots;

/// <summary>A person's shots and driver frames. The driver frames are the same for every draw, shot count and mode.</summary>
/// <param name="Identity">The person.</param>
/// <param name="DriverClips">Runs of contiguous frames, each of one video; empty when there is no plan.</param>
/// <param name="Draws">The draws; empty when there is no plan.</param>
/// <param name="PossibleShotCounts">Those of the wanted shot counts for which there are enough frames, ascending.</param>
/// <param name="Reason">Why some or all shot counts are impossible; null when all are possible.</param>
public sealed record ShotPlan(
    string Identity, IReadOnlyList<IReadOnlyList<FrameRecord>> DriverClips, IReadOnlyList<ShotDraw> Draws,
        IReadOnlyList<int> PossibleShotCounts, string? Reason)
{
    /// <summary>The frames of all driver clips, in order.</summary>
    public IReadOnlyList<FrameRecord> DriverFrames { get; } = [.. DriverClips.SelectMany(clip => clip)];

    /// <summary>The video of the first clip; null when there is no plan.</summary>
    public string? DriverVideo => DriverFrames.Count == 0 ? null : DriverFrames[0].Video;

    /// <summary>A video without shots and drivers, for references; null where none was asked for or the person has none to spare.</summary>
    public string? ReferenceVideo { get; init; }
}

/// <summary>One draw of the shots.</summary>
/// <param name="Draw">Its number, from 0.</param>
/// <param name="Shots">As many frames as the largest possible shot count; the first T of them are the shots for T.</param>
/// <param name="NearestShotDistances">For each possible T, the perceptual-hash distance (bits of 64) from each driver frame to the nearest
/// of its T shots.</param>
public sealed record ShotDraw(int Draw, IReadOnlyList<FrameRecord> Shots, IReadOnlyDictionary<int, IReadOnlyList<int>> NearestShotDistances)
{
    /// <summary>The shots for a shot count.</summary>
    public IEnumerable<FrameRecord> For(int shotCount) => Shots.Take(shotCount);
}
