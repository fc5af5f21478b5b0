using System.Globalization;

namespace ForensicHeads.Generator.Inference;

/// <summary>What an exported network says of itself, in the <c>metadata_props</c> of its file.</summary>
public static class OnnxMetadata
{
    private const string HeadKind = "forensicheads-head";

    /// <summary>Of a head: who, from which shots, by which weights, on what consent.</summary>
    public static IReadOnlyDictionary<string, string> Of(HeadInfo info, string headSha256) => new Dictionary<string, string>
    {
        ["kind"] = HeadKind,
        ["preset"] = info.Preset.Name,
        ["identity"] = info.Identity,
        ["mode"] = info.Adaptation.Mode.Text(),
        ["shots"] = info.ShotKeys.Count.ToString(CultureInfo.InvariantCulture),
        ["draw"] = info.Draw.ToString(CultureInfo.InvariantCulture),
        ["licence"] = info.Licence,
        ["consent"] = CanonicalJson.ToLine(info.Consent),
        ["weights_sha256"] = info.WeightsSha256,
        ["head_sha256"] = headSha256,
        ["store_sha256"] = info.StoreSha256,
        ["tool_version"] = info.ToolVersion,
    };

    /// <summary>Whom a file shows, without loading its network; null for an ONNX file of another kind.</summary>
    /// <exception cref="UserErrorException">No such file, or a damaged one.</exception>
    public static string? IdentityIn(string path)
    {
        var metadata = OnnxModel.ReadMetadata(path);
        return metadata.GetValueOrDefault("kind") == HeadKind ? metadata.GetValueOrDefault("identity") : null;
    }

    /// <summary>Of an embedder: its preset, the hash of its weights, and what their file says (licence, step, data set, seed).</summary>
    public static IReadOnlyDictionary<string, string> Of(GeneratorWeights weights)
    {
        var result = new Dictionary<string, string>(weights.Metadata)
        {
            ["kind"] = "forensicheads-embedder",
            ["preset"] = weights.Preset.Name,
            ["weights_sha256"] = weights.Sha256
        };
        return result;
    }
}
