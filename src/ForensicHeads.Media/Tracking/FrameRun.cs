namespace ForensicHeads.Media.Tracking;

/// <summary>Frames that follow one another.</summary>
/// <param name="From">Number of the first.</param>
/// <param name="To">Number of the last.</param>
/// <param name="Count">How many were looked at; fewer than To − From + 1 at a reduced rate.</param>
public sealed record FrameRun(int From, int To, int Count);
