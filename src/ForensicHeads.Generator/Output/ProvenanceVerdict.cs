namespace ForensicHeads.Generator.Output;

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
