namespace ForensicHeads.Detector.Conditions;

/// <summary>A change of the pixels that real and generated frames undergo alike before they are measured.</summary>
public interface IPixelCondition : INamed
{
    /// <summary>The same with another seed; itself where nothing is drawn.</summary>
    IPixelCondition Seeded(long value) => this;

    /// <summary>Applies the condition. Pure: the same picture and names give the same result, from any thread.</summary>
    /// <param name="image">The picture; not changed.</param>
    /// <param name="frameName">The frame's own name: what is drawn once a frame (sensor noise) differs between a true frame and those made from it, as between two captures.</param>
    /// <param name="videoName">The driver video's name, for what is drawn once a video (a camera).</param>
    /// <returns>A picture of the same size.</returns>
    RgbImage Apply(RgbImage image, string frameName, string videoName);
}
