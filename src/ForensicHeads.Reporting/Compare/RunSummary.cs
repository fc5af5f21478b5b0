using ForensicHeads.Reporting.Results;

namespace ForensicHeads.Reporting.Compare;

/// <summary>One experiment of a comparison.</summary>
public sealed record RunSummary
{
    /// <summary>Its name in the comparison.</summary>
    public required string Name { get; init; }

    /// <summary>The title of its report.</summary>
    public required string Title { get; init; }

    /// <summary>Its own first sentences.</summary>
    public required Headline Headline { get; init; }

    /// <summary>Test people.</summary>
    public int NIdentities { get; init; }

    /// <summary>Their videos.</summary>
    public int NVideos { get; init; }

    /// <summary>Meta-trainings of the generator.</summary>
    public int NGenerators { get; init; }

    /// <summary>Seeds of the detector training.</summary>
    public int NDetectorSeeds { get; init; }

    /// <summary>Gates among the controls, and how many hold.</summary>
    public int NGates { get; init; }

    /// <summary>Gates that hold.</summary>
    public int NGatesHeld { get; init; }

    /// <summary>T* of its aware detector on fine-tuned heads, in words.</summary>
    public string? MissedFrom { get; init; }
}
