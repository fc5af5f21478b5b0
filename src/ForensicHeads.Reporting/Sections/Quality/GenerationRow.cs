using System.Text.Json.Serialization;

namespace ForensicHeads.Reporting.Sections.Quality;

/// <summary>How good one kind of frames is (self-reenactment on people never trained on): means over people with 95 % limits. Undefined
/// values are null.</summary>
public sealed record GenerationRow
{
    /// <summary><c>ff</c>, <c>ft</c>, a baseline such as <c>nearest-shot</c>, an anchor, or <c>truth</c>: the true frames themselves, the
    /// judge's ceiling.</summary>
    public required Method Mode { get; init; }

    /// <summary>Shot count T; null for anchors and the truth.</summary>
    public required int? Shots { get; init; }

    /// <summary><c>epochs</c> or <c>updates</c>; empty where the budget of fine-tuning plays no part.</summary>
    [JsonConverter(typeof(ArmJson))]
    public required Arm? Arm { get; init; }

    /// <summary>People.</summary>
    public int NIdentities { get; init; }

    /// <summary>Frames, over all draws.</summary>
    public int NFrames { get; init; }

    /// <summary>Mean structural similarity.</summary>
    public double? Ssim { get; init; }

    /// <summary>Lower 95 % limit of SSIM.</summary>
    public double? SsimCiLow { get; init; }

    /// <summary>Upper 95 % limit of SSIM.</summary>
    public double? SsimCiHigh { get; init; }

    /// <summary>Mean peak signal-to-noise ratio, dB.</summary>
    public double? Psnr { get; init; }

    /// <summary>Lower 95 % limit of PSNR.</summary>
    public double? PsnrCiLow { get; init; }

    /// <summary>Upper 95 % limit of PSNR.</summary>
    public double? PsnrCiHigh { get; init; }

    /// <summary>Mean cosine of a frame's identity vector to the mean vector of the person's true frames from another video, −1 …
    /// 1.</summary>
    public double? IdentitySimilarity { get; init; }

    /// <summary>Lower 95 % limit of identity similarity.</summary>
    public double? IdentitySimilarityCiLow { get; init; }

    /// <summary>Upper 95 % limit of identity similarity.</summary>
    public double? IdentitySimilarityCiHigh { get; init; }

    /// <summary>The judge's name and kind.</summary>
    public string? IdentityModel { get; init; }

    /// <summary>Share of frames whose nearest gallery person is the right one.</summary>
    [JsonPropertyName("retrieval_top1")]
    public double? RetrievalTop1 { get; init; }

    /// <summary>Lower 95 % limit of retrieval, over people.</summary>
    [JsonPropertyName("retrieval_top1_ci_low")]
    public double? RetrievalTop1CiLow { get; init; }

    /// <summary>Upper 95 % limit of retrieval.</summary>
    [JsonPropertyName("retrieval_top1_ci_high")]
    public double? RetrievalTop1CiHigh { get; init; }

    /// <summary>What guessing would reach: one over the people of the gallery.</summary>
    public double? RetrievalChance { get; init; }

    /// <summary>Landmark error over outer-eye distance, mean over the frames in which a face was found.</summary>
    public double? Nme { get; init; }

    /// <summary>Lower 95 % limit of that error.</summary>
    public double? NmeCiLow { get; init; }

    /// <summary>Upper 95 % limit of that error.</summary>
    public double? NmeCiHigh { get; init; }

    /// <summary>Frames in which no landmarks were found.</summary>
    public int? NmeFailures { get; init; }

    /// <summary>The same error with failures at one outer-eye distance, to which larger errors are cut: what the comparisons use.</summary>
    public double? NmeWorst { get; init; }

    /// <summary>Lower 95 % limit of the error with failures at the worst.</summary>
    public double? NmeWorstCiLow { get; init; }

    /// <summary>Upper 95 % limit of the error with failures at the worst.</summary>
    public double? NmeWorstCiHigh { get; init; }

    /// <summary>Distance of the found landmarks from those found in the true frames by the same finder, over outer-eye distance; frames
    /// with both. Null for the truth.</summary>
    public double? NmeRedetected { get; init; }

    /// <summary>Lower 95 % limit of that distance.</summary>
    public double? NmeRedetectedCiLow { get; init; }

    /// <summary>Upper 95 % limit of that distance.</summary>
    public double? NmeRedetectedCiHigh { get; init; }

    /// <summary>The landmark finder's name.</summary>
    public string? NmeModel { get; init; }

    /// <summary>Kernel distance to the true frames in the named features; about 0 for frames that cannot be told from them, and then as
    /// often below it.</summary>
    public double? Kid { get; init; }

    /// <summary>Lower 95 % limit of KID (jackknife over people).</summary>
    public double? KidCiLow { get; init; }

    /// <summary>Upper 95 % limit of KID (jackknife over people).</summary>
    public double? KidCiHigh { get; init; }

    /// <summary>Frames behind KID and FID, the same number for every row.</summary>
    public int? KidFrames { get; init; }

    /// <summary>Fréchet distance to the true frames in the named features; biased upwards at small n.</summary>
    public double? Fid { get; init; }

    /// <summary>Lower 95 % limit of the Fréchet distance (jackknife over people).</summary>
    public double? FidCiLow { get; init; }

    /// <summary>Upper 95 % limit of the Fréchet distance (jackknife over people).</summary>
    public double? FidCiHigh { get; init; }

    /// <summary>What KID and FID were computed in.</summary>
    public string? FeatureNetwork { get; init; }
}
