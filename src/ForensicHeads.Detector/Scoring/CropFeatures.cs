using ForensicHeads.Media;

namespace ForensicHeads.Detector;

/// <summary>A crop to the detector's row: one area filter to its size, then its families. The same two steps that its training frames took.</summary>
/// <remarks>The one place where a row is made. A family that needs more than the picture (landmarks over time, say) finds its whole track in <see cref="FaceCrop.Track"/>.</remarks>
internal sealed class CropFeatures(FeatureLayout layout)
{
    /// <summary>float32[layout.Length]. Thread-safe.</summary>
    public float[] Measure(FaceCrop crop)
    {
        var row = new float[layout.Length];
        layout.Compute(ImageResize.Area(crop.Image, layout.Size, layout.Size), row);
        return row;
    }
}
