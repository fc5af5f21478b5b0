namespace ForensicHeads.Media.Decode;

/// <summary>How a decode ended. The decoder's exit code alone proves nothing: a file cut to half ends with code 0.</summary>
/// <param name="Status">Ok, partial or rejected.</param>
/// <param name="Reason">One line; null when all is well.</param>
/// <param name="FramesDecoded">Frames that came out of the decoder, skipped ones included.</param>
public sealed record DecodeOutcome(MediaStatus Status, string? Reason, int FramesDecoded);
