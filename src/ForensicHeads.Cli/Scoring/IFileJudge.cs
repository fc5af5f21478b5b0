namespace ForensicHeads.Cli.Scoring;

/// <summary>What <c>detect score</c> asks of each file, and how log, page and document name it.</summary>
internal interface IFileJudge : IDisposable
{
    /// <summary>What a verdict is worth; said before any.</summary>
    string Worth { get; }

    /// <summary>What it learnt from or compares with, and what does not follow.</summary>
    string Scope { get; }

    /// <summary>What is measured, for the log.</summary>
    string Endpoint { get; }

    /// <summary>Names and hashes of what judges, the face models first.</summary>
    IReadOnlyList<(string Name, string Sha256)> Models { get; }

    /// <summary>Facts for the page.</summary>
    IReadOnlyList<ReportFact> Facts { get; }

    /// <summary>Scores to ratios; null for none.</summary>
    VideoCalibrator? Calibrator => null;

    /// <summary>The person whom files are said to show; null where the question is how they were made.</summary>
    string? Person => null;

    /// <summary>How files are scored.</summary>
    ScoreOptions Options { get; }

    /// <summary>Scores one file.</summary>
    FileScore Score(string path, IProgress<StepProgress>? progress, CancellationToken cancellation);
}
