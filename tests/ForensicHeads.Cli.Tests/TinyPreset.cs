using ForensicHeads.Neural.Networks;

namespace ForensicHeads.Cli.Tests;

/// <summary>The smallest networks that a command still runs with.</summary>
internal static class TinyPreset
{
    /// <summary>For frames of 32 px.</summary>
    public static NetworkPreset Value { get; } = new()
    {
        Name = "tiny",
        Size = 32,
        MinChannels = 8,
        MaxChannels = 16,
        Embedding = 16,
        EmbedderBlocks = 3,
        GeneratorDown = 2,
        GeneratorResidual = 1,
        DiscriminatorBlocks = 4,
    };
}
