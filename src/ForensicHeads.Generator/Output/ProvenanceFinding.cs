namespace ForensicHeads.Generator.Output;

/// <summary>Everything that could be read of a file's origin.</summary>
public sealed record ProvenanceFinding
{
    /// <summary>The file, as it was given.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of its bytes.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The sidecar.</summary>
    public required Sidecar Sidecar { get; init; }

    /// <summary>Its XMP; null where there is none. Looked for in PNG and mp4 only.</summary>
    public required XmpFacts? Xmp { get; init; }

    /// <summary>What the search for the watermark found, key by key.</summary>
    public required IReadOnlyList<WatermarkFinding> Watermarks { get; init; }

    /// <summary>Whether the XMP says that a trained model made the file.</summary>
    public bool SaysGenerated => Xmp?.DigitalSourceType == Provenance.TrainedAlgorithmicMedia;

    /// <summary>The watermark found, the clearest of several; null where there is none.</summary>
    public WatermarkFinding? Watermark => Watermarks.Where(finding => finding.Found).MaxBy(finding => finding.Z);

    /// <summary>What it all says.</summary>
    public ProvenanceVerdict Verdict => (Sidecar.State, Watermark, SaysGenerated) switch
    {
        (SidecarState.Matches, _, _) => ProvenanceVerdict.Unchanged,
        (SidecarState.Differs, null, false) => ProvenanceVerdict.Mismatched,
        (SidecarState.Differs, _, _) => ProvenanceVerdict.Changed,
        (_, not null, _) => ProvenanceVerdict.WatermarkOnly,
        (_, null, true) => ProvenanceVerdict.MetadataOnly,
        _ => ProvenanceVerdict.NoMark,
    };

    /// <summary>The verdict as one plain sentence.</summary>
    public string Sentence => Verdict switch
    {
        ProvenanceVerdict.Unchanged => "Made with ForensicHeads and unchanged since: its sidecar holds its SHA-256.",
        ProvenanceVerdict.Changed =>
            "Made with ForensicHeads but changed since: its sidecar holds another SHA-256, and "
            + $"{(Watermark is null ? "its XMP still says generated" : "the watermark is still there")}.",
        ProvenanceVerdict.Mismatched =>
            "The sidecar is of another file, or this one was changed beyond recognition: the SHA-256 differs and no mark is left.",
        ProvenanceVerdict.WatermarkOnly =>
            $"Carries the ForensicHeads watermark of the key '{Watermark!.Key}', but no sidecar that can be read is with it: copied, "
            + "renamed or re-encoded since it was made.",
        ProvenanceVerdict.MetadataOnly =>
            "Its XMP says that a trained model made it; anybody can write that, and there is neither sidecar nor watermark.",
        _ => "No mark was found, which proves nothing: marks can be removed, and most generators leave none of ours.",
    };
}

/// <summary>What the marks of a file say together.</summary>
public enum ProvenanceVerdict
{
    /// <summary>Its sidecar holds its SHA-256: made with the toolkit, and not a byte changed.</summary>
    Unchanged,

    /// <summary>Its sidecar holds another SHA-256, but a mark of ours is left in it.</summary>
    Changed,

    /// <summary>Its sidecar holds another SHA-256 and no mark is left: another file, or one changed beyond recognition.</summary>
    Mismatched,

    /// <summary>The watermark is there, a sidecar is not.</summary>
    WatermarkOnly,

    /// <summary>Only its XMP says that a trained model made it.</summary>
    MetadataOnly,

    /// <summary>Nothing was found, which proves nothing.</summary>
    NoMark,
}
