namespace ForensicHeads.Experiments.Protocols;

/// <summary>A store that a protocol reads.</summary>
/// <param name="Store">Its name.</param>
/// <param name="ContentSha256">Hash of its content, frame by frame.</param>
/// <param name="Frames">Number of its frames.</param>
public sealed record ProtocolInput(string Store, string ContentSha256, int Frames);
