using System.Text.Json.Serialization;

namespace ForensicHeads.Generator.Training;

/// <summary>Which way of making heads a meta-training is meant for. In the paper the two come from separate ones.</summary>
public enum TrainedFor
{
    /// <summary>One meta-training serves both.</summary>
    Both,

    /// <summary>Feed-forward: without L_MCH, twice as long.</summary>
    Ff,

    /// <summary>Fine-tuning: with L_MCH.</summary>
    Ft,
}

/// <summary>How meta-learning is done. Defaults are those of the small presets on a CPU; the paper's values are named beside
/// them.</summary>
public sealed record TrainOptions : ILossOptions
{
    private const string Kind = "Training";

    /// <summary>Generator updates in all.</summary>
    public int Steps { get; init; } = 4000;

    /// <summary>Episodes (videos) a step.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Episodes that are computed at a time, a divisor of <see cref="Batch"/>: less memory, more time, the same step but for
    /// rounding. Null for the whole batch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MicroBatch { get; init; }

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

    /// <summary>
    /// Added by Adam of D and W to the root of the second moment; the co-author's code: 1e-5. At 64 px most entries of D's gradient are
    /// smaller than that and would hardly be learnt: D then tells nothing apart.
    /// </summary>
    public double DiscriminatorEpsilon { get; init; } = 1e-8;

    /// <summary>Adam's beta1 of E, G, P; the paper: 0. D and W keep 0: with momentum D learns many times more slowly.</summary>
    public double GeneratorBeta1 { get; init; } = 0.9;

    /// <summary>Share of the steps, at the end, over which both rates fall linearly to a tenth; 0 keeps them, as the paper does.</summary>
    public double DecayShare { get; init; } = 0.4;

    /// <summary>Which content loss, by its name in <see cref="ContentLosses.All"/>.</summary>
    public string Content { get; init; } = "laplacian";

    /// <summary>Weight of L_CNT. The paper's weights belong to VGG features in Caffe scaling and mean nothing here.</summary>
    public double ContentWeight { get; init; } = 40;

    /// <summary>Weight of −D(x̂); the paper: 1.</summary>
    public double AdversarialWeight { get; init; } = 1;

    /// <summary>Weight of feature matching; the paper: 10.</summary>
    public double FeatureMatchingWeight { get; init; } = 10;

    /// <summary>Weight of L_MCH, a mean over elements; 80 in arXiv v1, 10 in the ICCV version.</summary>
    public double MatchingWeight { get; init; } = 1;

    /// <summary>Whether L_MCH is the mean or the sum over the N elements; the paper does not say.</summary>
    public MatchingReduction MatchingReduction { get; init; } = MatchingReduction.Mean;

    /// <summary>Whether L_MCH moves W, too; in the co-author's code it teaches E alone.</summary>
    public bool MatchingTeachesVideos { get; init; }

    /// <summary>Spectral norm on W; off in the co-author's code.</summary>
    public bool VideoSpectralNorm { get; init; }

    /// <summary>Weight of the VGG19 features inside the content loss <c>vgg</c>; 1.5e-1 in the ICCV version, 1e-2 in arXiv v1.</summary>
    public double Vgg19Weight { get; init; } = 1.5e-1;

    /// <summary>Weight of the VGGFace features inside the content loss <c>vgg</c>; 2.5e-2 in the ICCV version, 2e-3 in arXiv v1.</summary>
    public double VggFaceWeight { get; init; } = 2.5e-2;

    /// <summary>Weights of further terms of the objective by their names in <see cref="LossTerms.All"/>, each 0 or more; null for
    /// none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Terms { get; init; }

    /// <summary>Which way of making heads the weights are meant for.</summary>
    public TrainedFor For { get; init; }

    /// <summary>Decay of the average of E, G, P that is exported.</summary>
    public double AverageDecay { get; init; } = 0.999;

    /// <summary>Steps between checkpoints; the last two are kept.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>Steps between sample grids.</summary>
    public int SampleEvery { get; init; } = 500;

    /// <summary>Seed of every draw.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The losses and rates of a published version, or of the small presets.</summary>
    /// <param name="name"><c>small</c>: these defaults; <c>iccv</c>: the ICCV 2019 paper; <c>v1</c>: its arXiv version 1.</param>
    /// <exception cref="UserErrorException">Unknown name.</exception>
    public static TrainOptions ByVersion(string name) => name switch
    {
        "small" => new TrainOptions(),
        "iccv" => Published with { MatchingWeight = 10 },
        "v1" => Published with { Vgg19Weight = 1e-2, VggFaceWeight = 2e-3, MatchingWeight = 80 },
        _ => throw new UserErrorException($"There is no loss version '{name}'. Use small, iccv or v1.", exitCode: 2),
    };

    /// <summary>These options for a separate meta-training, as in the paper: <c>ff</c> without L_MCH and twice as long; <c>ft</c> and both
    /// change nothing.</summary>
    public TrainOptions Meant(TrainedFor purpose) =>
        purpose == TrainedFor.Ff ? this with { For = purpose, MatchingWeight = 0, Steps = 2 * Steps } : this with { For = purpose };

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public TrainOptions Validated()
    {
        OptionCheck.AtLeastOne(Kind, (nameof(Steps), Steps), (nameof(Batch), Batch), (nameof(Shots), Shots),
            (nameof(CheckpointEvery), CheckpointEvery), (nameof(SampleEvery), SampleEvery));
        if (MicroBatch is { } part && (part < 1 || Batch % part != 0)) throw new UserErrorException(
            $"Training has a micro-batch of {part}; allowed is a divisor of the batch of {Batch}, from 1.", exitCode: 2);
        OptionCheck.Between(Kind, 0, 10, (nameof(DiscriminatorUpdates), DiscriminatorUpdates));
        OptionCheck.Between(Kind, 0, int.MaxValue, (nameof(AdversarialFrom), AdversarialFrom));
        OptionCheck.Inside(Kind, (nameof(GeneratorRate), GeneratorRate), (nameof(DiscriminatorRate), DiscriminatorRate),
            (nameof(DiscriminatorEpsilon), DiscriminatorEpsilon));
        OptionCheck.BelowOne(Kind, (nameof(GeneratorBeta1), GeneratorBeta1), (nameof(AverageDecay), AverageDecay));
        OptionCheck.Share(Kind, (nameof(DecayShare), DecayShare));
        OptionCheck.NotNegative(Kind, (nameof(ContentWeight), ContentWeight), (nameof(AdversarialWeight), AdversarialWeight),
            (nameof(FeatureMatchingWeight), FeatureMatchingWeight), (nameof(MatchingWeight), MatchingWeight),
            (nameof(Vgg19Weight), Vgg19Weight), (nameof(VggFaceWeight), VggFaceWeight));
        LossTerms.Check(Kind, Terms);
        if (For == TrainedFor.Ff && MatchingWeight > 0)
        {
            throw new UserErrorException(FormattableString.Invariant(
                $"Training for ff has a matching weight of {MatchingWeight}; the paper learns ff without L_MCH. Use 0, or train for both."),
                exitCode: 2);
        }

        return this;
    }

    /// <summary>Factor on both learning rates at a step.</summary>
    public double RateFactor(int step) => RateSchedule.FallAtEnd(step, Steps, DecayShare);

    private static TrainOptions Published { get; } = new()
    {
        Shots = 8,
        DiscriminatorUpdates = 2,
        GeneratorRate = 5e-5,
        DiscriminatorRate = 2e-4,
        DiscriminatorEpsilon = 1e-5,
        GeneratorBeta1 = 0,
        DecayShare = 0,
        Content = "vgg",
        ContentWeight = 1,
    };
}
