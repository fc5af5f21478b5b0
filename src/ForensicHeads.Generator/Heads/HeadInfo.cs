using System.Globalization;

namespace ForensicHeads.Generator.Heads;

/// <summary>What a saved head is and where it came from: who, from which shots, by which weights, on what consent.</summary>
public sealed record HeadInfo
{
    /// <summary>The sizes of the networks.</summary>
    public required NetworkPreset Preset { get; init; }

    /// <summary>Mode and budget of the adaptation.</summary>
    public required AdaptOptions Adaptation { get; init; }

    /// <summary>The person, as the store names them.</summary>
    public required string Identity
    {
        get;
        init => field = IdentityName.Canonical(value);
    }

    /// <summary>The record that allowed it; generation is held to its scope and expiry.</summary>
    public required ConsentRecord Consent { get; init; }

    /// <summary>SHA-256 of the weights that were adapted.</summary>
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

    /// <summary>The step that was kept by a held-out shot; null where none was held out.</summary>
    public KeptStep? Kept { get; init; }

    /// <summary>Which draw of the shots, from 0.</summary>
    public int Draw { get; init; }

    /// <summary>Licence of the shots.</summary>
    public required string Licence { get; init; }

    /// <summary>Version of the tool that made the head.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>What is noted of a head when it is made.</summary>
    /// <param name="weights">The weights that were adapted.</param>
    /// <param name="adaptation">How.</param>
    /// <param name="shots">From what.</param>
    /// <param name="consent">The record that allowed it.</param>
    /// <param name="kept">The step that was kept, as <see cref="NetworkHead.Kept"/> says.</param>
    /// <param name="toolVersion">Version of the tool.</param>
    public static HeadInfo Of(GeneratorWeights weights, AdaptOptions adaptation, ShotSet shots, ConsentRecord consent, KeptStep? kept,
        string toolVersion)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(shots);
        var video = shots.Video;
        return new HeadInfo
        {
            Preset = weights.Preset,
            Adaptation = adaptation,
            Identity = video.Identity,
            Consent = consent,
            WeightsSha256 = weights.Sha256,
            StoreSha256 = video.Store.ContentHash,
            ShotVideo = video.Video,
            ShotKeys = shots.Keys,
            ShotSources = shots.Sources,
            ShotLandmarks = [.. shots.Shots.Select(shot => shot.Landmarks.Values)],
            CropSpecification = video.Store.Info.CropSpecification,
            ShotHashes = [.. shots.Hashes.Select(HashText)],
            Kept = kept,
            Draw = shots.Draw,
            Licence = string.Join("; ", video.Frames.Select(frame => frame.Licence).Distinct(StringComparer.Ordinal)),
            ToolVersion = toolVersion,
        };
    }

    /// <summary>A perceptual hash in the form of <see cref="ShotHashes"/>.</summary>
    public static string HashText(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Bits of 64 between a picture's perceptual hash and that of the nearest shot.</summary>
    public int NearestShotDistance(ulong hash) =>
        ShotHashes.Min(shot => PerceptualHash.Distance(hash, ulong.Parse(shot, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
}

/// <summary>A file that shots were cut from.</summary>
/// <param name="File">Its name without folders; null where the shots came from a store, which keeps none.</param>
/// <param name="Sha256">SHA-256 of its bytes; of a rendered video, that of what it was rendered from.</param>
public sealed record ShotFile(string? File, string Sha256);
