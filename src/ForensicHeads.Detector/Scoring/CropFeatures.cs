namespace ForensicHeads.Detector.Scoring;

/// <summary>A crop to the detector's row: one area filter to its size, then its families. The same two steps that its training frames took.</summary>
/// <param name="layout">The families.</param>
/// <param name="tracks">Columns over time, by track; null for detectors without such families.</param>
internal sealed class CropFeatures(FeatureLayout layout, IReadOnlyDictionary<int, float[]>? tracks = null)
{
    /// <summary>float32[layout.Length]. Thread-safe.</summary>
    public float[] Measure(FaceCrop crop)
    {
        var row = new float[layout.Length];
        layout.Compute(ImageResize.Area(crop.Image, layout.Size, layout.Size), row);
        if (tracks is not null && tracks.TryGetValue(crop.Track.Number, out var track)) layout.SetTrack(row, track);
        return row;
    }
}
