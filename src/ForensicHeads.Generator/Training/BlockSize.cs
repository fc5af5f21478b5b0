namespace ForensicHeads.Generator.Training;

/// <summary>A residual block by its sizes: what the work and the memory of a step are added up from.</summary>
/// <param name="Inputs">Channels that come in.</param>
/// <param name="Outputs">Channels that go out.</param>
/// <param name="Side">Side of the picture that comes in, in pixels.</param>
/// <param name="Resample">Whether it halves or doubles that.</param>
/// <param name="IsFirst">Whether it sees the frame itself.</param>
internal sealed record BlockSize(long Inputs, long Outputs, long Side, Resample Resample, bool IsFirst = false)
{
    /// <summary>Pixels that come in.</summary>
    public long Pixels => Side * Side;

    /// <summary>Those of E.</summary>
    public static IEnumerable<BlockSize> Embedder(NetworkPreset preset) => Down(preset, preset.EmbedderBlocks, 6);

    /// <summary>Those of G; the last convolution follows, from the fewest channels to three.</summary>
    public static IEnumerable<BlockSize> Generator(NetworkPreset preset)
    {
        foreach (var block in Down(preset, preset.GeneratorDown, 3)) yield return block;
        long channels = preset.Channels(preset.GeneratorDown - 1), side = preset.Size >> preset.GeneratorDown;
        for (var i = 0; i < preset.GeneratorResidual; i++)
        {
            yield return new BlockSize(channels, preset.MaxChannels, side, Resample.None);
            channels = preset.MaxChannels;
        }

        for (var i = preset.GeneratorDown - 1; i >= 0; i--)
        {
            yield return new BlockSize(channels, preset.Channels(i), side, Resample.Up);
            channels = preset.Channels(i);
            side *= 2;
        }
    }

    /// <summary>Those of D.</summary>
    public static IEnumerable<BlockSize> Discriminator(NetworkPreset preset)
    {
        var blocks = preset.DiscriminatorBlocks - 1;
        return Down(preset, blocks, 6).Append(
            new BlockSize(preset.Channels(blocks - 1), preset.Embedding, preset.Size >> blocks, Resample.None));
    }

    private static IEnumerable<BlockSize> Down(NetworkPreset preset, int blocks, int inputs) => Enumerable.Range(0, blocks).Select(i =>
        new BlockSize(i == 0 ? inputs : preset.Channels(i - 1), preset.Channels(i), preset.Size >> i, Resample.Down, i == 0));
}
