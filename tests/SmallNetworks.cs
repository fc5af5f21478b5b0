using System.Runtime.CompilerServices;

namespace ForensicHeads.Testing;

/// <summary>Networks small enough for a test.</summary>
/// <remarks>Compiled into each project whose tests train some: the tests of lower rooms do without libtorch.</remarks>
internal static class SmallNetworks
{
    /// <summary>For frames of 64 px.</summary>
    public static NetworkPreset Of64 { get; } = new()
    {
        Name = "tiny",
        Size = 64,
        MinChannels = 8,
        MaxChannels = 16,
        Embedding = 16,
        EmbedderBlocks = 4,
        GeneratorDown = 3,
        GeneratorResidual = 1,
        DiscriminatorBlocks = 4,
    };

    /// <summary>For frames of 32 px.</summary>
    public static NetworkPreset Of32 { get; } = Of64 with { Size = 32, EmbedderBlocks = 3, GeneratorDown = 2, DiscriminatorBlocks = 3 };

    /// <summary>Bytes and sums hold for a fixed number of threads only, and test classes run side by side.</summary>
    [ModuleInitializer]
    public static void UseOneThread() => TorchRuntime.Threads = 1;
}
