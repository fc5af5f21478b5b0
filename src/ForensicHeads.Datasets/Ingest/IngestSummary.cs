namespace ForensicHeads.Datasets.Ingest;

/// <summary>What an ingest did.</summary>
/// <param name="Inputs">Files looked at, manifest rows that could not be followed included.</param>
/// <param name="Accepted">Files that gave frames; <paramref name="Partial"/> of them only some.</param>
/// <param name="Partial">Files that are cut or damaged but gave frames.</param>
/// <param name="Rejected">Files that gave nothing.</param>
/// <param name="Resumed">Files whose crops were taken over from an earlier, interrupted run.</param>
/// <param name="Frames">Frames in the store.</param>
/// <param name="FramesDecoded">Frames decoded, of all files.</param>
/// <param name="FramesWithoutFace">Frames left out because no face was followed in them.</param>
/// <param name="Unlisted">Files that no manifest row names.</param>
public sealed record IngestSummary(
    int Inputs, int Accepted, int Partial, int Rejected, int Resumed, int Frames, long FramesDecoded, long FramesWithoutFace, int Unlisted)
{
    /// <summary>0 when everything went in, 3 when some inputs were rejected, 1 when nothing was left.</summary>
    public int ExitCode => Frames == 0 ? 1 : Rejected > 0 ? 3 : 0;
}
