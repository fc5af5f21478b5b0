namespace ForensicHeads.Media.Models;

/// <summary>How a model file was found.</summary>
public enum ModelState
{
    /// <summary>There, and its content is the pinned one.</summary>
    Ok,

    /// <summary>In none of the models folders.</summary>
    Missing,

    /// <summary>There, but with another content; it will not be loaded.</summary>
    Mismatch,
}
