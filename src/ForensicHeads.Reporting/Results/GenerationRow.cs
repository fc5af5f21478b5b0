using System.Text.Json.Serialization;

namespace ForensicHeads.Reporting.Results;

/// <summary>How good the generated frames are (self-reenactment on people never trained on). Undefined values are null.</summary>
public sealed record GenerationRow
{
    /// <summary><c>ff</c>, <c>ft</c>, or a baseline: <c>nearest-shot</c>, <c>warp</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Shot count T.</summary>
    public required int Shots { get; init; }

    /// <summary><c>epochs</c> or <c>updates</c>.</summary>
    public required string Arm { get; init; }

    /// <summary>People.</summary>
    public int NIdentities { get; init; }

    /// <summary>Mean structural similarity.</summary>
    public double? Ssim { get; init; }

    /// <summary>Mean peak signal-to-noise ratio, dB.</summary>
    public double? Psnr { get; init; }

    /// <summary>Mean cosine similarity to the person's true frames, −1 … 1.</summary>
    public double? IdentitySimilarity { get; init; }

    /// <summary>The judge's name and kind.</summary>
    public string? IdentityModel { get; init; }

    /// <summary>Share of frames whose nearest gallery person is the right one.</summary>
    [JsonPropertyName("retrieval_top1")]
    public double? RetrievalTop1 { get; init; }

    /// <summary>Landmark error over outer-eye distance.</summary>
    public double? Nme { get; init; }

    /// <summary>Frames in which no landmarks were found.</summary>
    public int? NmeFailures { get; init; }

    /// <summary>Kernel inception distance in the named feature network.</summary>
    public double? Kid { get; init; }

    /// <summary>Fréchet distance in the named feature network.</summary>
    public double? Fid { get; init; }

    /// <summary>What KID and FID were computed in.</summary>
    public string? FeatureNetwork { get; init; }
}
