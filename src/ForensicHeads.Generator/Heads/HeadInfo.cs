using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace ForensicHeads.Generator.Heads;

/// <summary>What a saved head is and where it came from.</summary>
public sealed record HeadInfo : HeadOrigin
{
    /// <summary>To be filled in.</summary>
    public HeadInfo()
    {
    }

    [SetsRequiredMembers]
    private HeadInfo(GeneratorWeights weights, AdaptOptions adaptation, ShotSet shots, ConsentRecord consent, string toolVersion)
        : base(shots, weights.Sha256, consent, toolVersion) => (Preset, Adaptation) = (weights.Preset, adaptation);

    /// <summary>The sizes of the networks.</summary>
    public required NetworkPreset Preset { get; init; }

    /// <summary>Mode and budget of the adaptation.</summary>
    public required AdaptOptions Adaptation { get; init; }

    /// <summary>The step that was kept by a held-out shot; null where none was held out.</summary>
    public KeptStep? Kept { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Mode Mode => Adaptation.Mode;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Size => Preset.Size;

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
        return new HeadInfo(weights, adaptation, shots, consent, toolVersion) { Kept = kept };
    }
}

/// <summary>A file that shots were cut from.</summary>
/// <param name="File">Its name without folders; null where the shots came from a store, which keeps none.</param>
/// <param name="Sha256">SHA-256 of its bytes; of a rendered video, that of what it was rendered from.</param>
public sealed record ShotFile(string? File, string Sha256);
