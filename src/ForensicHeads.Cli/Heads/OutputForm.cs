namespace ForensicHeads.Cli.Heads;

/// <summary>What <c>generate</c> writes.</summary>
internal enum OutputForm
{
    /// <summary>A video where the name ends in .mp4, else a store.</summary>
    Auto,

    /// <summary>H.264 in mp4, with a sidecar.</summary>
    Mp4,

    /// <summary>A folder of pictures, with a sidecar.</summary>
    Png,

    /// <summary>A research store.</summary>
    Store,
}
