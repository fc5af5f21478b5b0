using System.Text.Json.Serialization;

namespace ForensicHeads.Generator.Output;

/// <summary>The sidecar of an export: what made it, from whom, driven by what, and the hashes that tie it to the files.</summary>
public sealed record Provenance
{
    /// <summary>IPTC digital source type of media that a trained model made.</summary>
    public const string TrainedAlgorithmicMedia = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    /// <summary>Name of the toolkit, as XMP names the creator.</summary>
    public const string Toolkit = "ForensicHeads";

    /// <summary>Always <see cref="TrainedAlgorithmicMedia"/>.</summary>
    public string DigitalSourceType { get; init; } = TrainedAlgorithmicMedia;

    /// <summary>Name of the generator.</summary>
    public required string Generator { get; init; }

    /// <summary>Version of a generator of others; null where it has none of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GeneratorVersion { get; init; }

    /// <summary>What the weights of a generator of others may be used for; null for ours.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GeneratorLicence { get; init; }

    /// <summary>Version of the tool that generated.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Toolkit and version, as XMP has it.</summary>
    [JsonIgnore]
    public string CreatorTool => $"{Toolkit} {ToolVersion}";

    /// <summary>SHA-256 of the meta-learnt weights; of a program of others, that of its JSON file.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>SHA-256 of the head's file; of a program of others, that of its files and of its shots.</summary>
    public required string HeadSha256 { get; init; }

    /// <summary>The person shown.</summary>
    public required string Identity
    {
        get;
        init => field = IdentityName.Canonical(value);
    }

    /// <summary>The consent it rests on; self-asserted.</summary>
    public required ConsentRecord Consent { get; init; }

    /// <summary>Feed-forward or fine-tuned.</summary>
    public required Mode Mode { get; init; }

    /// <summary>T.</summary>
    public required int Shots { get; init; }

    /// <summary>Which draw of the shots, from 0.</summary>
    public required int Draw { get; init; }

    /// <summary>Content hash of the store that held the shots.</summary>
    public required string SourceStoreSha256 { get; init; }

    /// <summary>The video that held the shots.</summary>
    public required string SourceVideo { get; init; }

    /// <summary>The shots' frames in that store, T of them.</summary>
    public IReadOnlyList<string> ShotKeys { get; init; } = [];

    /// <summary>The files that the shots were cut from, such as photos, by name and SHA-256; empty for heads of earlier versions.</summary>
    public IReadOnlyList<ShotFile> ShotSources { get; init; } = [];

    /// <summary>Content hash of the driver's store.</summary>
    public required string DriverStoreSha256 { get; init; }

    /// <summary>The driving video.</summary>
    public required string DriverVideo { get; init; }

    /// <summary>The person who drove it.</summary>
    public required string DriverIdentity { get; init; }

    /// <summary>What was done to the driver's landmarks: fit, smoothing, gaps; null when they are as they were stored.</summary>
    public DrivingRecord? Driving { get; init; }

    /// <summary>SHA-256 of the files that the driving frames were cut from; empty for rendered ones.</summary>
    public IReadOnlyList<string> DriverSources { get; init; } = [];

    /// <summary>Number of frames.</summary>
    public required int Frames { get; init; }

    /// <summary>Frames a second of an export where they are constant; null where each frame has a time of its own.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>Whether somebody asked for that rate; otherwise the times are the driver's.</summary>
    public bool RateIsChosen { get; init; }

    /// <summary>Seconds from the first frame, one a frame, where the rate is not constant.</summary>
    public IReadOnlyList<double>? TimesS { get; init; }

    /// <summary>Side of the exported frames in pixels; 0 where nothing was exported.</summary>
    public int PixelsASide { get; init; }

    /// <summary>Which marks the files carry.</summary>
    public ExportMarks? Marks { get; init; }

    /// <summary>The files and their hashes.</summary>
    public IReadOnlyList<OutputFile> Files { get; init; } = [];

    /// <summary>What is known before anything is rendered.</summary>
    public static Provenance Of(IDrivenHead head, DriverVideo driver, string toolVersion)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(driver);
        var info = head.Origin;
        return new Provenance
        {
            Generator = head.Generator,
            GeneratorVersion = head.GeneratorVersion,
            GeneratorLicence = head.GeneratorLicence,
            ToolVersion = toolVersion,
            WeightsSha256 = info.WeightsSha256,
            HeadSha256 = head.Sha256,
            Identity = info.Identity,
            Consent = info.Consent,
            Mode = info.Mode,
            Shots = info.ShotKeys.Count,
            Draw = info.Draw,
            SourceStoreSha256 = info.StoreSha256,
            SourceVideo = info.ShotVideo,
            ShotKeys = info.ShotKeys,
            ShotSources = info.ShotSources,
            DriverStoreSha256 = driver.Store.ContentHash,
            DriverVideo = driver.Video,
            DriverIdentity = driver.Identity,
            Driving = driver.Driving,
            DriverSources =
                [.. driver.Frames.Select(frame => frame.SourceSha256).OfType<string>().Where(hash => hash.Length > 0)
                .Distinct(StringComparer.Ordinal)],
            Frames = driver.Frames.Count,
        };
    }
}

/// <summary>A file of an export.</summary>
/// <param name="File">Its name, beside the sidecar.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
public sealed record OutputFile(string File, string Sha256);

/// <summary>Which marks an export carries; what is false is missing from the files, and the sidecar says so.</summary>
/// <param name="VisibleLabel">A label that people can read.</param>
/// <param name="InvisibleWatermark">A keyed watermark in the pixels.</param>
/// <param name="SourceTypeMetadata">The IPTC digital source type as XMP inside the file, where software looks for it.</param>
/// <param name="WatermarkKey">The name of the watermark's key: <c>public</c>, or eight hexadecimal digits; null without a
/// watermark.</param>
public sealed record ExportMarks(bool VisibleLabel, bool InvisibleWatermark, bool SourceTypeMetadata, string? WatermarkKey = null);
