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
