using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace ForensicHeads.Generator.Heads;

/// <summary>Where a person's head comes from: who, from which shots, by which weights, on what consent.</summary>
public abstract record HeadOrigin
{
    /// <summary>To be filled in.</summary>
    protected HeadOrigin()
    {
    }

    /// <summary>What is noted of a head when it is made.</summary>
    /// <param name="shots">From what.</param>
    /// <param name="weightsSha256">SHA-256 of what makes it.</param>
    /// <param name="consent">The record that allowed it.</param>
    /// <param name="toolVersion">Version of the tool.</param>
    [SetsRequiredMembers]
    protected HeadOrigin(ShotSet shots, string weightsSha256, ConsentRecord consent, string toolVersion)
    {
        ArgumentNullException.ThrowIfNull(shots);
        var video = shots.Video;
        Identity = video.Identity;
        Consent = consent;
        WeightsSha256 = weightsSha256;
        StoreSha256 = video.Store.ContentHash;
        ShotVideo = video.Video;
        ShotKeys = shots.Keys;
        ShotSources = shots.Sources;
        ShotLandmarks = [.. shots.Shots.Select(shot => shot.Landmarks.Values)];
        CropSpecification = video.Store.Info.CropSpecification;
        ShotHashes = [.. shots.Hashes.Select(HashText)];
        Draw = shots.Draw;
        Licence = string.Join("; ", video.Frames.Select(frame => frame.Licence).Distinct(StringComparer.Ordinal));
        ToolVersion = toolVersion;
    }

    /// <summary>Feed-forward or fine-tuned.</summary>
    [JsonIgnore]
    public abstract Mode Mode { get; }

    /// <summary>Side of its frames in pixels.</summary>
    [JsonIgnore]
    public abstract int Size { get; }

    /// <summary>The person, as the store names them.</summary>
    public required string Identity
    {
        get;
        init => field = IdentityName.Canonical(value);
    }

    /// <summary>The record that allowed it; generation is held to its scope and expiry.</summary>
    public required ConsentRecord Consent { get; init; }

    /// <summary>SHA-256 of the weights that were adapted; of a program of others, that of its JSON file.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>Content hash of the store that held the shots.</summary>
    public required string StoreSha256 { get; init; }

    /// <summary>The video that held the shots.</summary>
    public required string ShotVideo { get; init; }

    /// <summary>Keys of the shots; their number is T.</summary>
    public required IReadOnlyList<string> ShotKeys { get; init; }

    /// <summary>The files that the shots were cut from, such as photos; empty in heads of earlier versions.</summary>
    public IReadOnlyList<ShotFile> ShotSources { get; init; } = [];

    /// <summary>Perceptual hashes of the shots, 16 hexadecimal digits each, to tell how near a driver comes to them.</summary>
    public required IReadOnlyList<string> ShotHashes { get; init; }

    /// <summary>Landmarks of the shots, 136 values each in pixels of the head's frames, from which the shape of the face is known; null in
    /// heads of earlier versions.</summary>
    public IReadOnlyList<float[]>? ShotLandmarks { get; init; }

    /// <summary>How the shots were cut out, as their store says; null in heads of earlier versions.</summary>
    public string? CropSpecification { get; init; }

    /// <summary>Which draw of the shots, from 0.</summary>
    public int Draw { get; init; }

    /// <summary>Licence of the shots.</summary>
    public required string Licence { get; init; }

    /// <summary>Version of the tool that made the head.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>A perceptual hash in the form of <see cref="ShotHashes"/>.</summary>
    public static string HashText(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Bits of 64 between a picture's perceptual hash and that of the nearest shot.</summary>
    public int NearestShotDistance(ulong hash) =>
        ShotHashes.Min(shot => PerceptualHash.Distance(hash, ulong.Parse(shot, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
}
