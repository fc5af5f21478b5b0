namespace ForensicHeads.Media.Decode;

/// <summary>A sequence of frames after a codec.</summary>
/// <param name="Frames">As many frames as went in, of the same size.</param>
/// <param name="Bits">Size of the coded frames in bits: parameter sets and slices, without container and without the encoder's notes about itself.</param>
public sealed record CodedSequence(IReadOnlyList<RgbImage> Frames, long Bits);
