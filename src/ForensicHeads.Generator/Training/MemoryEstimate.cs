namespace ForensicHeads.Generator.Training;

/// <summary>The memory of meta-learning, in bytes, from the sizes alone.</summary>
/// <param name="Values">Parameters of E, G, P and D.</param>
/// <param name="Gradients">One for each.</param>
/// <param name="Moments">Adam's; with beta1 = 0 there is no first one.</param>
/// <param name="Averages">EMA of E, G and P.</param>
/// <param name="Videos">W with its optimiser state.</param>
/// <param name="Activations">Every value that the forwards of a step compute and that lives until its end; an estimate: the library's
/// workspaces come on top.</param>
public sealed record MemoryEstimate(long Values, long Gradients, long Moments, long Averages, long Videos, long Activations)
{
    private const int Float = sizeof(float), Half = sizeof(float) / 2;

    // Tensors that a norm makes besides its input: an affine one a single fused result; an adaptive one its result, scaled and shifted.
    private const int NoNorm = 0, Affine = 1, Adaptive = 3;

    /// <summary>All but the activations.</summary>
    public long Parameters => Values + Gradients + Moments + Averages + Videos;

    /// <summary>All of it.</summary>
    public long Total => Parameters + Activations;

    /// <summary>Bytes that one video of W takes: values and second moment, its step count and whether it was met. Only a batch's rows have
    /// gradients.</summary>
    public static long BytesAVideo(NetworkPreset preset) => Float * ((2L * preset.Embedding) + 2);

    /// <summary>Adds up for a preset, options and a number of videos.</summary>
    /// <param name="preset">Sizes of the networks.</param>
    /// <param name="options">How it is learnt.</param>
    /// <param name="videos">Rows of W.</param>
    /// <param name="precision">Numbers of the forwards: activations of bfloat16 take half, with a copy of each weight.</param>
    public static MemoryEstimate Of(NetworkPreset preset, TrainOptions options, int videos, Precision precision = Precision.Float32)
    {
        ArgumentNullException.ThrowIfNull(preset);
        ArgumentNullException.ThrowIfNull(options);
        var nets = new Architecture(preset);
        var learnt = nets.Embedder.Layout.ParameterCount + nets.Generator.Layout.ParameterCount + nets.Projection.Layout.ParameterCount;
        var all = learnt + nets.Discriminator.Layout.ParameterCount;
        var adversarial = options.DiscriminatorUpdates > 0 && options.AdversarialFrom < options.Steps;
        // The frames of K shots go through E, the targets through G, true and generated ones through D.
        long episodes = options.MicroBatch ?? options.Batch;
        var values = (episodes * options.Shots * BlockSize.Embedder(preset).Sum(block => Kept(block, NoNorm)))
            + (episodes * GeneratorValues(preset))
            + (adversarial ? 2 * episodes * BlockSize.Discriminator(preset).Sum(block => Kept(block, NoNorm)) : 0);
        var copies = learnt + (adversarial ? 2 * nets.Discriminator.Layout.ParameterCount : 0);
        var activations = precision == Precision.Bf16 ? (values + copies) * Half : values * Float;
        return new MemoryEstimate(all * Float, all * Float, (all + (options.GeneratorBeta1 > 0 ? learnt : 0)) * Float, learnt * Float,
            videos * BytesAVideo(preset), activations);
    }

    /// <summary>The largest micro-batch that fits a memory, with a quarter left for the library's workspaces; null where not one
    /// episode does.</summary>
    /// <param name="preset">Sizes of the networks.</param>
    /// <param name="options">How it is learnt.</param>
    /// <param name="videos">Rows of W.</param>
    /// <param name="precision">Numbers of the forwards.</param>
    /// <param name="memory">Bytes that there are.</param>
    public static int? Fitting(NetworkPreset preset, TrainOptions options, int videos, Precision precision, long memory)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Enumerable.Range(1, options.Batch).Reverse().Where(part => options.Batch % part == 0)
            .Select(part => (int?)part)
            .FirstOrDefault(part => Of(preset, options with { MicroBatch = part }, videos, precision).Total <= memory / 4 * 3);
    }

    private static long GeneratorValues(NetworkPreset preset)
    {
        var pixels = (long)preset.Size * preset.Size;
        return BlockSize.Generator(preset)
            .Sum(block => Kept(block, block.IsFirst ? NoNorm : block.Resample == Resample.Down ? Affine : Adaptive))
            + ((Adaptive + 1) * preset.Channels(0) * pixels) + (2 * 3 * pixels);
    }

    // In the order of ResidualBlock.Forward; the block that sees the frame has no activation before it.
    private static long Kept(BlockSize block, int norm)
    {
        var (inputs, outputs, pixels) = (block.Inputs, block.Outputs, block.Pixels);
        var (inside, after) = block.Resample switch
        {
            Resample.Up => (4 * pixels, 4 * pixels),
            Resample.Down => (pixels, pixels / 4),
            _ => (pixels, pixels),
        };
        // The second convolution writes the halved picture; the doubling one its four places with a margin, then their rows put together.
        var main = ((norm + (block.IsFirst ? 0 : 1)) * inputs * pixels) + ((2 + norm) * outputs * inside) + (outputs * after)
            + (block.Resample == Resample.Up ? (4 * outputs * (block.Side + 1) * (block.Side + 1)) + (outputs * inside) : 0);
        var skip = block.Resample switch
        {
            Resample.Up => (outputs * pixels) + (outputs * after),
            Resample.Down => (inputs * after) + (outputs * after),
            _ => inputs != outputs ? outputs * after : 0,
        };
        return main + skip + (outputs * after);
    }
}
