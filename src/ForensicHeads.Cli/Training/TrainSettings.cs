using System.CommandLine;

namespace ForensicHeads.Cli.Training;

/// <summary>The training options of the command line, one each for what people change.</summary>
internal sealed class TrainSettings : OptionList<TrainOptions>
{
    private static readonly TrainOptions Defaults = new();
    private readonly Option<double> contentWeight = LossOptions.ContentWeight(Defaults.ContentWeight);
    private readonly Option<string> version = LossOptions.Version("counts");
    private readonly Option<TrainedFor> purpose = Options.Default("--for", TrainedFor.Both,
        "What the weights are for, as the paper's separate trainings: ff (no embedding match, twice the steps), ft, or both.");

    public TrainSettings()
    {
        Add(Options.Default("--steps", Defaults.Steps, "Generator updates in all.", "N"), (o, v) => o with { Steps = v });
        Add(Options.Default("--batch", Defaults.Batch, "Episodes (videos) a step.", "N"), (o, v) => o with { Batch = v });
        Add(Options.Optional<int?>("--micro-batch",
            "Episodes that are computed at a time, a divisor of --batch: less memory, the same step but for rounding; default: all.", "N"),
            (o, v) => o with { MicroBatch = v });
        Add(Options.Default("--shots", Defaults.Shots, "K, the shots the embedder sees; the paper: 8.", "N"),
            (o, v) => o with { Shots = v });
        Add(LossOptions.DiscriminatorUpdates(Defaults.DiscriminatorUpdates), (o, v) => o with { DiscriminatorUpdates = v });
        Add(Options.Default("--adversarial-from", Defaults.AdversarialFrom,
            "The step from which the discriminator takes part; the paper: 0.", "N"), (o, v) => o with { AdversarialFrom = v });
        Add(LossOptions.GeneratorRate(Defaults.GeneratorRate, "E, G, P"), (o, v) => o with { GeneratorRate = v });
        Add(Options.Default("--generator-beta1", Defaults.GeneratorBeta1, "Adam's beta1 of E, G, P; the paper: 0.", "B"),
            (o, v) => o with { GeneratorBeta1 = v });
        Add(LossOptions.DiscriminatorRate(Defaults.DiscriminatorRate), (o, v) => o with { DiscriminatorRate = v });
        Add(Options.Default("--discriminator-epsilon", Defaults.DiscriminatorEpsilon,
            "Adam's epsilon of D; the co-author's code: 1e-5.", "E"), (o, v) => o with { DiscriminatorEpsilon = v });
        Add(Options.Default("--decay-share", Defaults.DecayShare,
            "Share of the steps, at the end, over which the rates fall to a tenth; the paper: 0.", "SHARE"),
            (o, v) => o with { DecayShare = v });
        Add(LossOptions.Content(Defaults.Content), (o, v) => o with { Content = v });
        Add(contentWeight, (o, v) => o with { ContentWeight = v });
        Add(Options.Default("--adversarial-weight", Defaults.AdversarialWeight, "Weight of -D(x̂).", "W"),
            (o, v) => o with { AdversarialWeight = v });
        Add(Options.Default("--feature-weight", Defaults.FeatureMatchingWeight, "Weight of feature matching.", "W"),
            (o, v) => o with { FeatureMatchingWeight = v });
        Add(Options.Default("--matching-weight", Defaults.MatchingWeight, "Weight of the embedding match; 0 leaves it out.", "W"),
            (o, v) => o with { MatchingWeight = v });
        Add(Options.Default("--matching-reduction", Defaults.MatchingReduction,
            "Mean or sum over the N elements of the embedding match."), (o, v) => o with { MatchingReduction = v });
        Add(Options.Switch("--matching-teaches-videos", "The embedding match moves W, too; else it teaches E alone."),
            (o, v) => o with { MatchingTeachesVideos = v });
        Add(Options.Switch("--video-spectral-norm", "Spectral norm on W."), (o, v) => o with { VideoSpectralNorm = v });
        Add(Options.Default("--vgg19-weight", Defaults.Vgg19Weight, "Weight of VGG19 inside the content loss vgg.", "W"),
            (o, v) => o with { Vgg19Weight = v });
        Add(Options.Default("--vggface-weight", Defaults.VggFaceWeight, "Weight of VGGFace inside the content loss vgg.", "W"),
            (o, v) => o with { VggFaceWeight = v });
        Add(version);
        Add(purpose);
        Add(Options.Default("--average-decay", Defaults.AverageDecay, "Decay of the average that is exported.", "D"),
            (o, v) => o with { AverageDecay = v });
        Add(Options.Default("--checkpoint-every", Defaults.CheckpointEvery, "Steps between checkpoints.", "N"),
            (o, v) => o with { CheckpointEvery = v });
        Add(Options.Default("--sample-every", Defaults.SampleEvery, "Steps between sample grids.", "N"),
            (o, v) => o with { SampleEvery = v });
        Add(Options.Default("--seed", Defaults.Seed, "Seed of every draw.", "N"), (o, v) => o with { Seed = v });
    }

    /// <summary>What the user chose, checked.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="noted">What a resumed run was begun with; null for a new one.</param>
    public TrainOptions Of(CommandRun run, TrainOptions? noted)
    {
        var others = noted ?? TrainOptions.ByVersion(run.Get(version)).Meant(run.Get(purpose));
        var chosen = Over(run, others);
        return (chosen with
        {
            ContentWeight = LossOptions.WeightFor(run, contentWeight, chosen.Content, chosen.ContentWeight, others.Content),
        }).Validated();
    }
}
