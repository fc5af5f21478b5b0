namespace ForensicHeads.Generator.Output;

/// <summary>One generated frame and the frame that drove it.</summary>
/// <param name="Driver">The driver's row.</param>
/// <param name="Landmarks">The driving landmarks in pixels of <paramref name="Image"/>.</param>
/// <param name="Image">What the head made of them.</param>
public sealed record DrivenFrame(FrameRecord Driver, Landmarks68 Landmarks, RgbImage Image);
