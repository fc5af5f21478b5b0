namespace ForensicHeads.Foundation.Evidence;

/// <summary>What became of a file or of a line of an evidence log.</summary>
public enum EvidenceFaultKind
{
    /// <summary>It is there, with other bytes.</summary>
    Changed,

    /// <summary>It is no longer there.</summary>
    Removed,

    /// <summary>It is there, but was not.</summary>
    Added,

    /// <summary>Its bytes are there under another name, or the line in another place.</summary>
    Moved,

    /// <summary>The log does not end with the list of files: the run did not come to its end, or the last lines were removed.</summary>
    Unfinished,

    /// <summary>The hash of the last line is not the one noted elsewhere.</summary>
    OtherHead,
}
