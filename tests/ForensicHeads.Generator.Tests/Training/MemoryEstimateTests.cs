namespace ForensicHeads.Generator.Tests.Training;

public class MemoryEstimateTests
{
    private static readonly NetworkPreset Smallest = new()
    {
        Name = "smallest",
        Size = 8,
        MinChannels = 1,
        MaxChannels = 2,
        Embedding = 2,
        EmbedderBlocks = 2,
        GeneratorDown = 1,
        GeneratorResidual = 1,
        DiscriminatorBlocks = 2,
    };

    [Fact]
    public void Activations_are_those_counted_by_hand()
    {
        // Each block: pre-activation; first convolution (doubling: its four places, their rows) and ReLU; second convolution (halving);
        // skip; sum.
        const int Embedder = (128 + 16 + 96 + 16 + 16) + (16 + 64 + 8 + 4 + 8 + 8);
        const int Generator = (128 + 16 + 48 + 16 + 16) + (64 + 192 + 32 + 32) + (128 + 100 + 64 + 384 + 80 + 64) + (256 + 384);
        const int Discriminator = (128 + 16 + 96 + 16 + 16) + (16 + 96 + 32 + 32);
        var options = new TrainOptions { Batch = 3, Shots = 2 };
        Assert.Equal(4 * ((6 * Embedder) + (3 * Generator) + (6 * Discriminator)), MemoryEstimate.Of(Smallest, options, 0).Activations);
        Assert.Equal(4 * ((6 * Embedder) + (3 * Generator)),
            MemoryEstimate.Of(Smallest, options with { DiscriminatorUpdates = 0 }, 0).Activations);
    }

    [Fact]
    public void Momentum_costs_a_second_moment_of_the_generator_side_alone()
    {
        var with = MemoryEstimate.Of(NetworkPreset.Paper256, new TrainOptions { GeneratorBeta1 = 0.9 }, 10);
        var without = MemoryEstimate.Of(NetworkPreset.Paper256, new TrainOptions { GeneratorBeta1 = 0 }, 10);
        Assert.Equal(4L * (14_825_024 + 31_211_715 + 6_697_728), with.Moments - without.Moments);
        Assert.Equal(without.Values, without.Moments);
        Assert.Equal(with.Moments - without.Moments, with.Averages);
        Assert.Equal(10 * 4 * ((2 * 512) + 2), with.Videos);
    }

    [Fact]
    public void In_bfloat16_activations_take_half_and_every_convolution_a_copy_of_its_weights()
    {
        var options = new TrainOptions { Batch = 4, Shots = 2, DiscriminatorUpdates = 0 };
        var nets = new Architecture(Smallest);
        var learnt = nets.Embedder.Layout.ParameterCount + nets.Generator.Layout.ParameterCount + nets.Projection.Layout.ParameterCount;
        var (whole, half) = (MemoryEstimate.Of(Smallest, options, 0), MemoryEstimate.Of(Smallest, options, 0, Precision.Bf16));
        Assert.Equal((whole.Activations / 2) + (2 * learnt), half.Activations);
        Assert.Equal(whole.Parameters, half.Parameters);
    }

    [Fact]
    public void A_micro_batch_takes_its_share_and_the_largest_that_fits_is_proposed()
    {
        var options = new TrainOptions { Batch = 12, Shots = 2 };
        var whole = MemoryEstimate.Of(Smallest, options, 0);
        Assert.Equal(whole.Activations, 3 * MemoryEstimate.Of(Smallest, options with { MicroBatch = 4 }, 0).Activations);
        // A quarter is left free, and 5 does not divide 12.
        int? Fits(long episodes) => MemoryEstimate.Fitting(Smallest, options, 0, Precision.Float32,
            4 * (whole.Parameters + (episodes * whole.Activations / 12)) / 3);
        Assert.Equal([12, 4, 1, null], new[] { 12, 5, 1, 0 }.Select(episodes => Fits(episodes)));
    }

    [Fact]
    public void The_work_of_a_step_is_that_counted_by_hand()
    {
        // Products of each block, as in the test of the activations; G's last convolution at the end.
        const double Embedder = ((9 * 6 * 1 * 64) + (4 * 1 * 1 * 64) + (6 * 1 * 16)) + ((9 * 1 * 2 * 16) + (4 * 2 * 2 * 16) + (1 * 2 * 4));
        const double Generator = ((9 * 3 * 1 * 64) + (4 * 1 * 1 * 64) + (3 * 1 * 16)) + ((9 * (1 + 2) * 2 * 16) + (1 * 2 * 16))
            + ((16 * 2 * 1 * 25) + (36 * 1 * 1 * 16) + (2 * 1 * 16)) + (9 * 1 * 3 * 64);
        const double Discriminator = ((9 * 6 * 1 * 64) + (4 * 1 * 1 * 64) + (6 * 1 * 16)) + ((9 * (1 + 2) * 2 * 16) + (1 * 2 * 16));
        var options = new TrainOptions { Batch = 4, Shots = 2, DiscriminatorUpdates = 2 };
        var drawn = (2 * Embedder) + Generator;
        Assert.Equal(2 * 4 * ((3 * drawn) + (15 * Discriminator)), StepWork.Of(Smallest, options));
        Assert.Equal(2 * 4 * ((4 * drawn) + (15 * Discriminator)), StepWork.Of(Smallest, options with { MicroBatch = 2 }));
        Assert.Equal(2 * 4 * 3 * drawn, StepWork.Of(Smallest, options with { DiscriminatorUpdates = 0 }));
    }

    [Fact]
    public void A_step_of_the_paper_is_44_TFLOP() => Assert.Equal(44.1, StepWork.Of(NetworkPreset.Paper256,
        new TrainOptions { Batch = 48, Shots = 8, DiscriminatorUpdates = 2 }) / 1e12, 0.05);
}
