namespace ForensicHeads.Neural.Tests.Networks;

public class NetworkPresetTests
{
    public static TheoryData<string> Names => [.. NetworkPreset.All.Select(preset => preset.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_shipped_preset_is_valid_and_found_by_its_name(string name) =>
        Assert.Equal(name, NetworkPreset.ByName(name).Validated().Name);

    [Theory]
    [InlineData("heads-64", 8)]
    [InlineData("heads-128", 16)]
    [InlineData("paper-256", 16)]
    public void The_generators_bottleneck_keeps_the_geometry_of_the_landmarks(string name, int side)
    {
        // Trap 5: at 4×4 the landmarks are lost.
        var preset = NetworkPreset.ByName(name);
        Assert.Equal(side, preset.Size >> preset.GeneratorDown);
    }

    [Fact]
    public void Channels_double_from_least_to_most() =>
        Assert.Equal([24L, 48L, 96L, 192L, 192L], Enumerable.Range(0, 5).Select(NetworkPreset.Heads64.Channels));

    [Fact]
    public void Self_attention_gives_a_preset_a_name_of_its_own_once()
    {
        var attending = NetworkPreset.Heads64.WithSelfAttention();
        Assert.True(attending.SelfAttention);
        Assert.Equal("heads-64-attention", attending.WithSelfAttention().Name);
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones() =>
        Assert.Contains("heads-64, heads-128, paper-256", Assert.Throws<UserErrorException>(() => NetworkPreset.ByName("big")).Message,
            StringComparison.Ordinal);

    public static TheoryData<string, NetworkPreset> Wrong => new()
    {
        { "embedding is 24; allowed is 16", Tiny.Preset with { Embedding = 24 } },
        { "size is 48", Tiny.Preset with { Size = 48 } },
        { "size is -32", Tiny.Preset with { Size = -32 } },
        { "size is 1073741824", Tiny.Preset with { Size = 1 << 30 } },
        { "min_channels is 0", Tiny.Preset with { MinChannels = 0 } },
        { "max_channels is 4", Tiny.Preset with { MaxChannels = 4 } },
        { "max_channels is 100000", Tiny.Preset with { MaxChannels = 100_000 } },
        { "embedder_blocks is 6", Tiny.Preset with { EmbedderBlocks = 6 } },
        { "generator_down is 0", Tiny.Preset with { GeneratorDown = 0 } },
        { "generator_down is 3; allowed is at most 2 at 32 px: a bottleneck of 4×4", Tiny.Preset with { GeneratorDown = 3 } },
        { "generator_down is 4; allowed is at most 3 at 128 px", NetworkPreset.Heads128 with { GeneratorDown = 4 } },
        { "generator_residual is 1000", Tiny.Preset with { GeneratorResidual = 1000 } },
        { "discriminator_blocks is 1", Tiny.Preset with { DiscriminatorBlocks = 1 } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Sizes_that_do_not_fit_together_are_refused_with_value_and_range(string says, NetworkPreset preset)
    {
        var error = Assert.Throws<UserErrorException>(() => preset.Validated());
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
