namespace ForensicHeads.Detector.Foreign;

/// <summary>A detector of others, opened. It is asked from several threads at once.</summary>
public interface IForeignDetector : IDisposable
{
    /// <summary>What it is.</summary>
    DetectorFile File { get; }

    /// <summary>SHA-256 over its description and what it runs.</summary>
    string Sha256 { get; }

    /// <summary>Scores the frames of clips.</summary>
    /// <param name="clips">The clips, each with its frames in order.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    /// <returns>For each clip a number a frame, higher = generated; null where it could not tell: no face, too few frames, or a number
    /// that is not finite.</returns>
    /// <exception cref="UserErrorException">It does not run on these frames.</exception>
    IReadOnlyList<double?[]> Score(IReadOnlyList<IReadOnlyList<ForeignSample>> clips, CancellationToken cancellation);
}

/// <summary>One frame that a detector of others is asked about.</summary>
/// <param name="Key">Its name, unique in a store.</param>
/// <param name="Picture">A store's crop, or the whole picture of a source file.</param>
/// <param name="Landmarks">The face's landmarks in pixels of the picture.</param>
public sealed record ForeignSample(string Key, RgbImage Picture, Landmarks68 Landmarks)
{
    /// <summary>SHA-256 of the source file; empty where it is not known.</summary>
    public string SourceSha256 { get; init; } = "";

    /// <summary>Name of the source file, or of the video; empty where it is not known.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The folder in which <c>datasets export</c> puts the frames of its clip; empty where it is not known.</summary>
    public string ExportFolder { get; init; } = "";

    /// <summary>Where the source file lies; empty where only a store's crop is at hand.</summary>
    public string Path { get; init; } = "";

    /// <summary>Whether the picture is the whole one of a source file. Default: it is a crop.</summary>
    public bool IsWhole { get; init; }
}
