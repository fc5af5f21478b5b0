namespace ForensicHeads.Detector.Features;

/// <summary>One named group of numbers measured on the landmarks of one face over time (docs/detector.md, "Features").</summary>
/// <remarks>Implementations are stateless and may be used from several threads at once.</remarks>
public interface ITrackFamily : INamed
{
    /// <summary>The columns' names, without the family's own name; unique in the family.</summary>
    IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Measures one track. Every value written is finite.</summary>
    /// <param name="track">
    /// The face over time, times ascending. The landmarks must have been <b>found again in the pixels</b> of the very frames that are
    /// judged, by one finder for both classes; landmarks that drove a generator are not what it drew, and would tell the classes apart by
    /// their origin.
    /// </param>
    /// <param name="features">float32[ColumnNames.Count], overwritten whole.</param>
    /// <returns>False, with nothing written, where the track is too short.</returns>
    /// <exception cref="UserErrorException">Its times do not ascend, or coordinates are not finite.</exception>
    bool Compute(IReadOnlyList<LandmarkSample> track, Span<float> features);
}
