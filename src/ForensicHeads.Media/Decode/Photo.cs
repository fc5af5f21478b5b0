namespace ForensicHeads.Media.Decode;

/// <summary>A photo that was read.</summary>
/// <param name="Facts">Facts of the file; the size is that of <paramref name="Image"/>.</param>
/// <param name="Image">The picture, 8 bits a sample, turned upright.</param>
/// <param name="Status"><see cref="MediaStatus.Ok"/>, or <see cref="MediaStatus.Partial"/> when the file ends early.</param>
/// <param name="Reason">Why it is partial, in one line; null when it is not.</param>
public sealed record Photo(MediaFacts Facts, RgbImage Image, MediaStatus Status, string? Reason);
