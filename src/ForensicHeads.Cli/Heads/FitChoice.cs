namespace ForensicHeads.Cli.Heads;

/// <summary>Whether <c>generate</c> fits the driver's landmarks to the target's face.</summary>
internal enum FitChoice
{
    /// <summary>Where somebody else drives.</summary>
    Auto,

    /// <summary>Never.</summary>
    None,

    /// <summary>Always.</summary>
    Shape,
}
