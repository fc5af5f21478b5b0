namespace ForensicHeads.Generator.Output;

/// <summary>What the sidecar of a file says of it.</summary>
public enum SidecarState
{
    /// <summary>There is none, or the one in the folder does not name the file.</summary>
    Missing,

    /// <summary>It names a file with this SHA-256.</summary>
    Matches,

    /// <summary>It names this file with another SHA-256.</summary>
    Differs,

    /// <summary>There is one, but not of a form that can be read.</summary>
    Unreadable,
}
