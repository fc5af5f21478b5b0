namespace ForensicHeads.Reporting.Scores;

/// <summary>All that the page of a scoring run shows.</summary>
public sealed record ScorePageInputs
{
    /// <summary>What a verdict of the detector is worth; stands above all of them.</summary>
    public string? Worth { get; init; }

    /// <summary>The person whom the files are said to show; null where the question is how they were made.</summary>
    public string? Person { get; init; }

    /// <summary>What the detector was trained on, or what the files are compared with.</summary>
    public required string Scope { get; init; }

    /// <summary>The command that makes the page again.</summary>
    public required string Command { get; init; }

    /// <summary>What the page leaves out; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Detector, versions, hashes.</summary>
    public IReadOnlyList<ReportFact> Detector { get; init; } = [];

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<ScoredFile> Files { get; init; } = [];
}

/// <summary>One file of a scoring run.</summary>
public sealed record ScoredFile
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The result in a sentence.</summary>
    public required string Answer { get; init; }

    /// <summary>The verdict, or what stands in its place, in a word or two.</summary>
    public required string Word { get; init; }

    /// <summary>log10 likelihood ratio; null when there is none.</summary>
    public double? Llr { get; init; }

    /// <summary>Mean logit; null when nothing was scored.</summary>
    public double? Score { get; init; }

    /// <summary>Container, hash, and so on.</summary>
    public IReadOnlyList<ReportFact> Facts { get; init; } = [];

    /// <summary>What weakens the result.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Its faces.</summary>
    public IReadOnlyList<ScoredTrack> Tracks { get; init; } = [];
}

/// <summary>One face of a scored file.</summary>
public sealed record ScoredTrack
{
    /// <summary>Its number and where it is seen, in words.</summary>
    public required string Title { get; init; }

    /// <summary>Its result in a sentence.</summary>
    public required string Answer { get; init; }

    /// <summary>Times of the frames in seconds, ascending.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>Logits of the frames.</summary>
    public required IReadOnlyList<float> Scores { get; init; }

    /// <summary>What low and high scores speak for.</summary>
    public (string Low, string High) Ends { get; init; } = (Label.Real.Text(), Label.Generated.Text());

    /// <summary>The calibrated range of scores; null without a calibrator.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>Frames to look at.</summary>
    public IReadOnlyList<ScoredPicture> Pictures { get; init; } = [];

    /// <summary>Families and how far each moved the score, in logits.</summary>
    public IReadOnlyList<(string Family, double Shift)> Families { get; init; } = [];
}

/// <summary>A picture on the page.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Png">PNG bytes.</param>
public sealed record ScoredPicture(string Caption, ReadOnlyMemory<byte> Png);
