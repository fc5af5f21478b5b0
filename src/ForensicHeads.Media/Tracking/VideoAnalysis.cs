namespace ForensicHeads.Media.Tracking;

/// <summary>What was found in one file.</summary>
/// <param name="Facts">Facts of the file; null when it was refused before they were known.</param>
/// <param name="Tracks">The faces; empty when there are none.</param>
/// <param name="Status">Rejected when no face was found in any frame, too.</param>
/// <param name="Reason">One line; null when all is well.</param>
/// <param name="FramesDecoded">Frames that came out of the decoder.</param>
/// <param name="FramesAnalysed">Frames that were looked at: fewer at a reduced rate.</param>
/// <param name="WithoutFace">Runs of analysed frames that no track holds.</param>
public sealed record VideoAnalysis(
    MediaFacts? Facts,
    IReadOnlyList<FaceTrack> Tracks,
    MediaStatus Status,
    string? Reason,
    int FramesDecoded,
    int FramesAnalysed,
    IReadOnlyList<FrameRun> WithoutFace)
{
    /// <summary>Whether the file could be read and shows no face: rejected, but nothing is wrong with it.</summary>
    public bool IsWithoutFace { get; init; }
}

/// <summary>Frames that follow one another.</summary>
/// <param name="From">Number of the first.</param>
/// <param name="To">Number of the last.</param>
/// <param name="Count">How many were looked at; fewer than To − From + 1 at a reduced rate.</param>
public sealed record FrameRun(int From, int To, int Count);
