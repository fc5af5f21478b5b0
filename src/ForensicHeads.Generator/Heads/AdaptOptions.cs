using System.Text.Json.Serialization;

namespace ForensicHeads.Generator.Heads;

/// <summary>How a person's head is made (section 3.3 of the paper).</summary>
public sealed record AdaptOptions : ILossOptions
{
    private const string Kind = "Adaptation";

    /// <summary><c>ff</c> or <c>ft</c>.</summary>
    public Mode Mode { get; init; } = Mode.Ft;

    /// <summary>Whether <see cref="Epochs"/> or <see cref="Updates"/> counts.</summary>
    public Arm Arm { get; init; } = Arm.Updates;

    /// <summary>Passes over the shots in the <c>epochs</c> arm; the paper: 40 (unconfirmed).</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>Generator updates in the <c>updates</c> arm.</summary>
    public int Updates { get; init; } = 160;

    /// <summary>Most generator updates in either arm, the same for every T.</summary>
    public int StepCap { get; init; } = 2000;

    /// <summary>Shots a step, at most T.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Learning rate of G and ψ'; the paper: 5e-5. At 1e-3 the shots are learnt by heart: true frames between them are hit worse
    /// than at 1e-4.</summary>
    public double GeneratorRate { get; init; } = 1e-4;

    /// <summary>Adam's beta1 of G and ψ'; the paper: 0.</summary>
    public double GeneratorBeta1 { get; init; } = 0.9;

    /// <summary>Learning rate of D and w'; the paper: 2e-4.</summary>
    public double DiscriminatorRate { get; init; } = 2e-4;

    /// <summary>Added by Adam of D and w' to the root of the second moment; see <see cref="TrainOptions.DiscriminatorEpsilon"/>.</summary>
    public double DiscriminatorEpsilon { get; init; } = 1e-8;

    /// <summary>Discriminator updates a generator update; the paper: 2, the co-author's code: 1.</summary>
    [JsonIgnore]
    public int DiscriminatorUpdates { get; init; } = 1;

    /// <summary>Discriminator updates a generator update, 1 where left out; the paper: 2, the co-author's code: 1.</summary>
    // Written only where it is not 1: what was made before it could be chosen keeps the key under which it is cached.
    [JsonInclude]
    [JsonPropertyName("discriminator_updates")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal int? OtherDiscriminatorUpdates
    {
        get => DiscriminatorUpdates == 1 ? null : DiscriminatorUpdates;
        init => DiscriminatorUpdates = value ?? 1;
    }

    /// <summary>Which content loss.</summary>
    public string Content { get; init; } = "laplacian";

    /// <summary>Weight of L_CNT.</summary>
    public double ContentWeight { get; init; } = 40;

    /// <summary>Weight of VGG19 inside the content loss <c>vgg</c>; 1.5e-1 in the ICCV version, 1e-2 in arXiv v1.</summary>
    public double Vgg19Weight { get; init; } = 1.5e-1;

    /// <summary>Weight of VGGFace inside the content loss <c>vgg</c>; 2.5e-2 in the ICCV version, 2e-3 in arXiv v1.</summary>
    public double VggFaceWeight { get; init; } = 2.5e-2;

    /// <summary>Weight of −D(x̂); the paper: 1, against a content loss of another scale. With few shots, more of it costs
    /// likeness.</summary>
    public double AdversarialWeight { get; init; } = 0.1;

    /// <summary>Weight of feature matching; the paper: 10.</summary>
    public double FeatureMatchingWeight { get; init; } = 1;

    /// <summary>Weights of further terms of the objective by their names in <see cref="LossTerms.All"/>, each 0 or more; null for
    /// none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Terms { get; init; }

    /// <summary>Share of the updates, at the end, over which the rates fall linearly to a tenth; 0 keeps them, as the paper does.</summary>
    public double DecayShare { get; init; } = 0.5;

    /// <summary>Decay of the average that is exported.</summary>
    public double AverageDecay { get; init; } = 0.972;

    /// <summary>Whether that average starts short; else a head of 40 updates would still hold a third of what it started from. The paper's
    /// code: no.</summary>
    public bool AverageWarmUp { get; init; } = true;

    /// <summary>Most pixels by which a batch of shots is shifted, each way, so that G follows the landmarks to places that no shot shows;
    /// 0, as in the paper, shifts none.</summary>
    public int Jitter { get; init; } = 1;

    /// <summary>
    /// Whether, with more than one shot, one is kept from learning and the step is kept that serves it best: fine-tuning too long destroys
    /// expressions. Off by default, since an experiment compares shot counts at one budget for all.
    /// </summary>
    public bool KeepBest { get; init; }

    /// <summary>Seed of the order and the shifts of the shots, and of which is held out.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The losses, rates and budget of a published version, or of the small presets.</summary>
    /// <param name="name"><c>small</c>: these defaults; <c>iccv</c>: the ICCV 2019 paper; <c>v1</c>: its arXiv version 1.</param>
    /// <exception cref="UserErrorException">Unknown name.</exception>
    public static AdaptOptions ByVersion(string name)
    {
        var training = TrainOptions.ByVersion(name);
        return name == "small" ? new AdaptOptions() : new AdaptOptions
        {
            Arm = Arm.Epochs,
            GeneratorRate = training.GeneratorRate,
            GeneratorBeta1 = training.GeneratorBeta1,
            DiscriminatorRate = training.DiscriminatorRate,
            DiscriminatorEpsilon = training.DiscriminatorEpsilon,
            DiscriminatorUpdates = training.DiscriminatorUpdates,
            Content = training.Content,
            ContentWeight = training.ContentWeight,
            Vgg19Weight = training.Vgg19Weight,
            VggFaceWeight = training.VggFaceWeight,
            AdversarialWeight = training.AdversarialWeight,
            FeatureMatchingWeight = training.FeatureMatchingWeight,
            DecayShare = 0,
            AverageWarmUp = false,
            Jitter = 0,
        };
    }

    /// <summary>Generator updates for T shots. Batches run on from one epoch into the next, so that only the last of all may see more than
    /// the epochs hold.</summary>
    public int StepsFor(int shots)
    {
        var batch = Math.Min(Batch, shots);
        return (int)Math.Min(StepCap, Arm == Arm.Updates ? Updates : (((long)Epochs * shots) + batch - 1) / batch);
    }

    /// <summary>Factor on the learning rates at an update (from 0) of so many.</summary>
    public double RateFactor(int update, int updates) => RateSchedule.FallAtEnd(update, updates, DecayShare);

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public AdaptOptions Validated()
    {
        OptionCheck.AtLeastOne(
            Kind, (nameof(Epochs), Epochs), (nameof(Updates), Updates), (nameof(StepCap), StepCap), (nameof(Batch), Batch));
        OptionCheck.Between(Kind, 0, 16, (nameof(Jitter), Jitter));
        OptionCheck.Between(Kind, 1, 10, (nameof(DiscriminatorUpdates), DiscriminatorUpdates));
        OptionCheck.Inside(Kind, (nameof(GeneratorRate), GeneratorRate), (nameof(DiscriminatorRate), DiscriminatorRate),
            (nameof(DiscriminatorEpsilon), DiscriminatorEpsilon));
        OptionCheck.BelowOne(Kind, (nameof(AverageDecay), AverageDecay), (nameof(GeneratorBeta1), GeneratorBeta1));
        OptionCheck.Share(Kind, (nameof(DecayShare), DecayShare));
        OptionCheck.NotNegative(Kind, (nameof(ContentWeight), ContentWeight), (nameof(AdversarialWeight), AdversarialWeight),
            (nameof(FeatureMatchingWeight), FeatureMatchingWeight),
            (nameof(Vgg19Weight), Vgg19Weight), (nameof(VggFaceWeight), VggFaceWeight));
        LossTerms.Check(Kind, Terms);
        return this;
    }
}
