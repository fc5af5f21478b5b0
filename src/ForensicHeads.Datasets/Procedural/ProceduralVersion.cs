namespace ForensicHeads.Datasets.Procedural;

/// <summary>What cached renders must be keyed by.</summary>
public static class ProceduralVersion
{
    /// <summary>Changes whenever the same seed gives different pixels or landmarks.</summary>
    public const string Renderer = "heads-1";
}
