namespace ForensicHeads.Datasets.Shots;

/// <summary>One draw of the shots.</summary>
/// <param name="Draw">Its number, from 0.</param>
/// <param name="Shots">As many frames as the largest possible shot count; the first T of them are the shots for T.</param>
/// <param name="NearestShotDistances">For each possible T, the perceptual-hash distance (bits of 64) from each driver frame to the nearest of its T shots.</param>
public sealed record ShotDraw(int Draw, IReadOnlyList<FrameRecord> Shots, IReadOnlyDictionary<int, IReadOnlyList<int>> NearestShotDistances)
{
    /// <summary>The shots for a shot count.</summary>
    public IEnumerable<FrameRecord> For(int shotCount) => Shots.Take(shotCount);
}
