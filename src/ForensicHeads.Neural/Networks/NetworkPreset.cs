namespace ForensicHeads.Neural.Networks;

/// <summary>The sizes of the four networks. Presets are data; every value can be overridden.</summary>
public sealed record NetworkPreset
{
    /// <summary>Name, for weights and reports.</summary>
    public required string Name { get; init; }

    /// <summary>Side of a frame in pixels; a power of two.</summary>
    public required int Size { get; init; }

    /// <summary>Channels at full resolution.</summary>
    public required int MinChannels { get; init; }

    /// <summary>Most channels anywhere; those of the bottleneck.</summary>
    public required int MaxChannels { get; init; }

    /// <summary>N, the length of ê and of the discriminator's vectors.</summary>
    public required int Embedding { get; init; }

    /// <summary>Downsampling blocks of the embedder.</summary>
    public required int EmbedderBlocks { get; init; }

    /// <summary>Downsampling (and upsampling) blocks of the generator.</summary>
    public required int GeneratorDown { get; init; }

    /// <summary>Adaptive residual blocks at the generator's bottleneck.</summary>
    public required int GeneratorResidual { get; init; }

    /// <summary>Blocks of the discriminator: all downsample but the last.</summary>
    public required int DiscriminatorBlocks { get; init; }

    /// <summary>Self-attention at 32×32 when down and 64×64 when up, as in the paper; off in the co-author's code.</summary>
    public bool SelfAttention { get; init; }

    /// <summary>64 px: the demo; trains and adapts on two CPU cores.</summary>
    public static NetworkPreset Heads64 { get; } = new()
    {
        Name = "heads-64",
        Size = 64,
        MinChannels = 24,
        MaxChannels = 192,
        Embedding = 192,
        EmbedderBlocks = 4,
        GeneratorDown = 3,
        GeneratorResidual = 3,
        DiscriminatorBlocks = 5,
    };

    /// <summary>128 px: the working size for experiments on one GPU.</summary>
    public static NetworkPreset Heads128 { get; } = new()
    {
        Name = "heads-128",
        Size = 128,
        MinChannels = 32,
        MaxChannels = 256,
        Embedding = 256,
        EmbedderBlocks = 5,
        GeneratorDown = 3,
        GeneratorResidual = 4,
        DiscriminatorBlocks = 6,
    };

    /// <summary>256 px: the paper.</summary>
    public static NetworkPreset Paper256 { get; } = new()
    {
        Name = "paper-256",
        Size = 256,
        MinChannels = 64,
        MaxChannels = 512,
        Embedding = 512,
        EmbedderBlocks = 6,
        GeneratorDown = 4,
        GeneratorResidual = 4,
        DiscriminatorBlocks = 7,
    };

    /// <summary>All presets.</summary>
    public static IReadOnlyList<NetworkPreset> All { get; } = [Heads64, Heads128, Paper256];

    /// <summary>The preset of that name.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static NetworkPreset ByName(string name) => All.FirstOrDefault(preset => preset.Name == name)
        ?? throw new UserErrorException($"There is no preset '{name}'. Use one of: {string.Join(", ", All.Select(preset => preset.Name))}.",
        exitCode: 2);

    /// <summary>This preset with self-attention, under a name of its own; unchanged where it has it.</summary>
    public NetworkPreset WithSelfAttention() => SelfAttention ? this : this with { SelfAttention = true, Name = $"{Name}-attention" };

    /// <summary>Channels after down block <paramref name="block"/> (from 0): doubling from min, at most max.</summary>
    public long Channels(int block) => Math.Min(MaxChannels, (long)MinChannels << block);

    /// <summary>Checks that the sizes are in range and fit together.</summary>
    /// <exception cref="UserErrorException">They do not; one line with the value and what is allowed.</exception>
    public NetworkPreset Validated()
    {
        const int LargestSize = 1024, MostChannels = 4096, MostResidual = 64;
        Check(Size is >= 8 and <= LargestSize && int.IsPow2(Size), "size", Size, $"a power of two from 8 to {LargestSize}");
        Check(MinChannels is >= 1 and <= MostChannels, "min_channels", MinChannels, $"1 to {MostChannels}");
        Check(MaxChannels >= MinChannels && MaxChannels <= MostChannels, "max_channels", MaxChannels,
            $"{MinChannels} (min_channels) to {MostChannels}");
        var halvings = int.Log2(Size);
        Check(EmbedderBlocks >= 1 && EmbedderBlocks <= halvings, "embedder_blocks", EmbedderBlocks, $"1 to {halvings} at {Size} px");
        Check(GeneratorDown >= 1 && GeneratorDown <= halvings, "generator_down", GeneratorDown, $"1 to {halvings} at {Size} px");
        var bottleneck = Size >> GeneratorDown;
        var least = Size >= 128 ? 16 : Math.Min(8, Size / 2);
        Check(bottleneck >= least, "generator_down", GeneratorDown,
            $"at most {int.Log2(Size / least)} at {Size} px: a bottleneck of {bottleneck}×{bottleneck} loses the landmarks' geometry");
        Check(GeneratorResidual is >= 1 and <= MostResidual, "generator_residual", GeneratorResidual, $"1 to {MostResidual}");
        Check(DiscriminatorBlocks >= 2 && DiscriminatorBlocks <= halvings + 1, "discriminator_blocks", DiscriminatorBlocks,
            $"2 to {halvings + 1} at {Size} px");
        var last = Channels(EmbedderBlocks - 1);
        Check(Embedding == last, "embedding", Embedding, $"{last}, the channels after the embedder's last block");
        Check(!SelfAttention || (Size >= 64 && MinChannels >= 8), "self_attention", "on", "off below 64 px or 8 channels");
        return this;
    }

    private void Check(bool holds, string name, object value, string allowed)
    {
        if (!holds) throw new UserErrorException(FormattableString.Invariant($"Preset '{Name}': {name} is {value}; allowed is {allowed}."),
            exitCode: 2);
    }
}
