namespace ForensicHeads.Cli.Tests;

/// <summary>The smallest networks that a command still runs with.</summary>
internal static class TinyPreset
{
    /// <summary>For frames of 32 px.</summary>
    public static NetworkPreset Value { get; } = SmallNetworks.Of32 with { DiscriminatorBlocks = 4 };
}
