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
        var drawn = (options.Shots * BlockSize.Embedder(preset).Sum(Products)) + BlockSize.Generator(preset).Sum(Products)
            + (9.0 * preset.Channels(0) * 3 * preset.Size * preset.Size);
        // A backward pass is two forwards: to the weights and to the input. In several parts every frame is drawn once more for D.
        var forwards = 3 + (adversarial && (options.MicroBatch ?? options.Batch) < options.Batch ? 1 : 0);
        // Each update of D sees true and generated frames; E, G and P learn from the true ones forward, the generated ones to the input.
        var judged = adversarial ? ((options.DiscriminatorUpdates * 2 * 3) + 3) * BlockSize.Discriminator(preset).Sum(Products) : 0;
        return 2 * options.Batch * ((forwards * drawn) + judged);
    }

    // Products of a block: its two convolutions as ResampledConvolution folds them, and the 1×1 of its skip on the smaller side.
    private static double Products(BlockSize block)
    {
        double inputs = block.Inputs, outputs = block.Outputs, pixels = block.Pixels;
        return block.Resample switch
        {
            Resample.Up => (16 * inputs * outputs * (block.Side + 1) * (block.Side + 1)) + (9 * outputs * outputs * 4 * pixels)
                + (inputs * outputs * pixels),
            Resample.Down => (9 * inputs * outputs * pixels) + (16 * outputs * outputs * pixels / 4) + (inputs * outputs * pixels / 4),
            _ => (9 * (inputs + outputs) * outputs * pixels) + (inputs != outputs ? inputs * outputs * pixels : 0),
        };
    }
}
