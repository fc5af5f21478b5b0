using ForensicHeads.Foundation;

namespace ForensicHeads.Generator.Training;

/// <summary>How meta-learning is done. Defaults are those of the small presets on a CPU; the paper's values are named beside them.</summary>
public sealed record TrainOptions
{
    /// <summary>Generator updates in all.</summary>
    public int Steps { get; init; } = 4000;

    /// <summary>Episodes (videos) a step.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>K, the shots the embedder sees; the paper: 8.</summary>
    public int Shots { get; init; } = 4;

    /// <summary>Discriminator updates a generator update; the paper: 2, the co-author's code: 1.</summary>
    public int DiscriminatorUpdates { get; init; } = 1;

    /// <summary>
    /// The step from which D, W and their losses take part. Before, E, G and P learn content alone: a start that saves most of the
    /// time on a CPU. The paper: 0.
    /// </summary>
    public int AdversarialFrom { get; init; }

    /// <summary>Learning rate of E, G, P; the paper: 5e-5.</summary>
    public double GeneratorRate { get; init; } = 2e-4;

    /// <summary>Learning rate of D and W; the paper: 2e-4.</summary>
    public double DiscriminatorRate { get; init; } = 4e-4;

    /// <summary>Adam's beta1 of E, G, P; the paper: 0.</summary>
    public double GeneratorBeta1 { get; init; } = 0.9;

    /// <summary>Share of the steps, at the end, over which both rates fall linearly to a tenth; 0 keeps them, as the paper does.</summary>
    public double DecayShare { get; init; } = 0.4;

    /// <summary>Which content loss: <c>laplacian</c> or <c>random-vgg</c>.</summary>
    public string Content { get; init; } = "laplacian";

    /// <summary>Weight of L_CNT. The paper's weights belong to VGG features in Caffe scaling and mean nothing here.</summary>
    public double ContentWeight { get; init; } = 40;

    /// <summary>Weight of −D(x̂); the paper: 1.</summary>
    public double AdversarialWeight { get; init; } = 1;

    /// <summary>Weight of feature matching; the paper: 10.</summary>
    public double FeatureMatchingWeight { get; init; } = 10;

    /// <summary>Weight of L_MCH, a mean over elements; 80 in arXiv v1, 10 in the ICCV version.</summary>
    public double MatchingWeight { get; init; } = 1;

    /// <summary>Decay of the average of E, G, P that is exported.</summary>
    public double AverageDecay { get; init; } = 0.999;

    /// <summary>Steps between checkpoints; the last two are kept.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>Steps between sample grids.</summary>
    public int SampleEvery { get; init; } = 500;

    /// <summary>Seed of every draw.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public TrainOptions Validated()
    {
        Check(Steps >= 1, nameof(Steps), Steps, "1 or more");
        Check(Batch >= 1, nameof(Batch), Batch, "1 or more");
        Check(Shots >= 1, nameof(Shots), Shots, "1 or more");
        Check(DiscriminatorUpdates is >= 0 and <= 10, nameof(DiscriminatorUpdates), DiscriminatorUpdates, "0 to 10");
        Check(AdversarialFrom >= 0, nameof(AdversarialFrom), AdversarialFrom, "0 or more");
        Check(GeneratorRate is > 0 and < 1, nameof(GeneratorRate), GeneratorRate, "above 0, below 1");
        Check(DiscriminatorRate is > 0 and < 1, nameof(DiscriminatorRate), DiscriminatorRate, "above 0, below 1");
        Check(GeneratorBeta1 is >= 0 and < 1, nameof(GeneratorBeta1), GeneratorBeta1, "0 to below 1");
        Check(DecayShare is >= 0 and <= 1, nameof(DecayShare), DecayShare, "0 to 1");
        Check(AverageDecay is >= 0 and < 1, nameof(AverageDecay), AverageDecay, "0 to below 1");
        Check(CheckpointEvery >= 1, nameof(CheckpointEvery), CheckpointEvery, "1 or more");
        Check(SampleEvery >= 1, nameof(SampleEvery), SampleEvery, "1 or more");
        return this;
    }

    /// <summary>Factor on both learning rates at a step.</summary>
    public double RateFactor(int step)
    {
        var start = Steps * (1 - DecayShare);
        return DecayShare <= 0 || step <= start ? 1 : 1 - (0.9 * (step - start) / (Steps - start));
    }

    private static void Check(bool holds, string name, object value, string allowed)
    {
        if (!holds) throw new UserErrorException(FormattableString.Invariant($"Training option {name} is {value}; allowed is {allowed}."), exitCode: 2);
    }
}
