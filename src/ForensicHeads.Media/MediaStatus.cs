namespace ForensicHeads.Media;

/// <summary>How much of a file could be read.</summary>
public enum MediaStatus
{
    /// <summary>All of it.</summary>
    Ok,

    /// <summary>Some frames; the file is cut, damaged or longer than the limits.</summary>
    Partial,

    /// <summary>Nothing usable.</summary>
    Rejected,
}
