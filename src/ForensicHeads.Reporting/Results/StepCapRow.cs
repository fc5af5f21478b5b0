namespace ForensicHeads.Reporting.Results;

/// <summary>A step cap of fine-tuning that was tried on a fold's validation people.</summary>
public sealed record StepCapRow
{
    /// <summary>The fold.</summary>
    public string Fold { get; init; } = "";

    /// <summary>The generator, where there are several.</summary>
    public string Weights { get; init; } = "";

    /// <summary>Most generator updates at any shot count.</summary>
    public required int Cap { get; init; }

    /// <summary>Mean SSIM of made to true driver frames over people, shot counts and arms.</summary>
    public required double Ssim { get; init; }

    /// <summary>Whether the test people's heads were made with it.</summary>
    public bool Chosen { get; init; }
}
