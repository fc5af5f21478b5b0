namespace ForensicHeads.Reporting.Results;

/// <summary>What was tested, and what could not be.</summary>
public sealed record Counts
{
    /// <summary>Test people.</summary>
    public int NIdentities { get; init; }

    /// <summary>Their videos.</summary>
    public int NVideos { get; init; }

    /// <summary>Real frames scored.</summary>
    public int NRealFrames { get; init; }

    /// <summary>Generated frames scored.</summary>
    public int NGeneratedFrames { get; init; }

    /// <summary>True frames among them in which the landmark finder finds no face; they are scored all the same. Null where nothing looked.</summary>
    public int? RealFailures { get; init; }

    /// <summary>Feed-forward and fine-tuned frames in which it finds none, likewise.</summary>
    public int? GeneratedFailures { get; init; }

    /// <summary>Meta-trainings of the generator.</summary>
    public int NGenerators { get; init; } = 1;

    /// <summary>Seeds of the whole detector training.</summary>
    public int NDetectorSeeds { get; init; } = 1;
}
