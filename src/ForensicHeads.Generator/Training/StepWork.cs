namespace ForensicHeads.Generator.Training;

/// <summary>The work of a step of meta-learning, from the sizes alone.</summary>
public static class StepWork
{
    /// <summary>Floating-point operations of a step with the discriminator's share where it takes part, a product and its sum counting as
    /// two: those of the convolutions, beside which the rest is small.</summary>
    /// <param name="preset">Sizes of the networks.</param>
    /// <param name="options">How it is learnt.</param>
    public static double Of(NetworkPreset preset, TrainOptions options)
    {
        ArgumentNullException.ThrowIfNull(preset);
        ArgumentNullException.ThrowIfNull(options);
        var adversarial = options.DiscriminatorUpdates > 0 && options.AdversarialFrom < options.Steps;
        var drawn = (options.Shots * Down(preset, preset.EmbedderBlocks, 6)) + Generator(preset);
        // A backward pass is two forwards: to the weights and to the input. In several parts every frame is drawn once more for D.
        var forwards = 3 + (adversarial && (options.MicroBatch ?? options.Batch) < options.Batch ? 1 : 0);
        // Each update of D sees true and generated frames; E, G and P learn from the true ones forward, the generated ones to the input.
        var judged = adversarial ? ((options.DiscriminatorUpdates * 2 * 3) + 3) * Discriminator(preset) : 0;
        return 2 * options.Batch * ((forwards * drawn) + judged);
    }

    private static double Discriminator(NetworkPreset preset)
    {
        var blocks = preset.DiscriminatorBlocks - 1;
        return Down(preset, blocks, 6) + Block(preset.Channels(blocks - 1), preset.Embedding, preset.Size >> blocks, Resample.None);
    }

    private static double Generator(NetworkPreset preset)
    {
        var total = Down(preset, preset.GeneratorDown, 3);
        double channels = preset.Channels(preset.GeneratorDown - 1);
        double side = preset.Size >> preset.GeneratorDown;
        for (var i = 0; i < preset.GeneratorResidual; i++)
        {
            total += Block(channels, preset.MaxChannels, side, Resample.None);
            channels = preset.MaxChannels;
        }

        for (var i = preset.GeneratorDown - 1; i >= 0; i--)
        {
            total += Block(channels, preset.Channels(i), side, Resample.Up);
            channels = preset.Channels(i);
            side *= 2;
        }

        return total + (9 * channels * 3 * side * side);
    }

    private static double Down(NetworkPreset preset, int blocks, double inputs) => Enumerable.Range(0, blocks)
        .Sum(i => Block(i == 0 ? inputs : preset.Channels(i - 1), preset.Channels(i), preset.Size >> i, Resample.Down));

    // Products of a block: its two convolutions as ResampledConvolution folds them, and the 1×1 of its skip on the smaller side.
    private static double Block(double inputs, double outputs, double side, Resample resample)
    {
        var pixels = side * side;
        return resample switch
        {
            Resample.Up => (16 * inputs * outputs * (side + 1) * (side + 1)) + (9 * outputs * outputs * 4 * pixels)
                + (inputs * outputs * pixels),
            Resample.Down => (9 * inputs * outputs * pixels) + (16 * outputs * outputs * pixels / 4) + (inputs * outputs * pixels / 4),
            _ => (9 * (inputs + outputs) * outputs * pixels) + (inputs != outputs ? inputs * outputs * pixels : 0),
        };
    }
}
