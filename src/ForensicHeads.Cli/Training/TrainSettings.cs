using System.CommandLine;

namespace ForensicHeads.Cli.Training;

/// <summary>The training options of the command line, one each for what people change.</summary>
internal sealed class TrainSettings
{
    private static readonly TrainOptions Defaults = new();
    private readonly Option<int> steps = Options.Default("--steps", Defaults.Steps, "Generator updates in all.", "N");
    private readonly Option<int> batch = Options.Default("--batch", Defaults.Batch, "Episodes (videos) a step.", "N");
    private readonly Option<int> shots = Options.Default("--shots", Defaults.Shots, "K, the shots the embedder sees; the paper: 8.", "N");
    private readonly Option<int> updates =
        Options.Default("--discriminator-updates", Defaults.DiscriminatorUpdates, "Discriminator updates a generator update; the paper: 2.",
        "N");
    private readonly Option<int> adversarialFrom =
        Options.Default("--adversarial-from", Defaults.AdversarialFrom, "The step from which the discriminator takes part; the paper: 0.",
        "N");
    private readonly Option<double> beta1 =
        Options.Default("--generator-beta1", Defaults.GeneratorBeta1, "Adam's beta1 of E, G, P; the paper: 0.", "B");
    private readonly Option<double> generatorRate =
        Options.Default("--generator-rate", Defaults.GeneratorRate, "Learning rate of E, G, P; the paper: 5e-5.", "RATE");
    private readonly Option<double> discriminatorRate =
        Options.Default("--discriminator-rate", Defaults.DiscriminatorRate, "Learning rate of D; the paper: 2e-4.", "RATE");
    private readonly Option<double> discriminatorEpsilon =
        Options.Default("--discriminator-epsilon", Defaults.DiscriminatorEpsilon, "Adam's epsilon of D; the co-author's code: 1e-5.", "E");
    private readonly Option<double> decay = Options.Default("--decay-share", Defaults.DecayShare,
        "Share of the steps, at the end, over which the rates fall to a tenth; the paper: 0.", "SHARE");
    private readonly Option<string> content = Options.Default("--content", Defaults.Content,
        $"Content loss: {string.Join(", ", ContentLosses.All.Names)} (vgg: your weights in the model folder).", "NAME");
    private readonly Option<double> contentWeight = Options.Default("--content-weight", Defaults.ContentWeight,
        "Weight of the content loss; not given, 1 for vgg and 40 for the others.", "W");
    private readonly Option<double> adversarialWeight =
        Options.Default("--adversarial-weight", Defaults.AdversarialWeight, "Weight of -D(x̂).", "W");
    private readonly Option<double> featureWeight =
        Options.Default("--feature-weight", Defaults.FeatureMatchingWeight, "Weight of feature matching.", "W");
    private readonly Option<double> matchingWeight =
        Options.Default("--matching-weight", Defaults.MatchingWeight, "Weight of the embedding match; 0 leaves it out.", "W");
    private readonly Option<MatchingReduction> matchingReduction =
        Options.Default("--matching-reduction", Defaults.MatchingReduction, "Mean or sum over the N elements of the embedding match.",
        "HOW");
    private readonly Option<bool> matchingTeaches =
        Options.Switch("--matching-teaches-videos", "The embedding match moves W, too; else it teaches E alone.");
    private readonly Option<bool> videoNorm = Options.Switch("--video-spectral-norm", "Spectral norm on W.");
    private readonly Option<double> vgg19Weight =
        Options.Default("--vgg19-weight", Defaults.Vgg19Weight, "Weight of VGG19 inside the content loss vgg.", "W");
    private readonly Option<double> vggFaceWeight =
        Options.Default("--vggface-weight", Defaults.VggFaceWeight, "Weight of VGGFace inside the content loss vgg.", "W");
    private readonly Option<string> version = Options.Default("--loss-version", "small",
        "Losses, rates and counts of: small (these defaults), iccv (the ICCV paper) or v1 (its arXiv version 1). "
            + "Single options go over it.",
        "NAME");
    private readonly Option<TrainedFor> purpose = Options.Default("--for", TrainedFor.Both,
        "What the weights are for, as the paper's separate trainings: ff (no embedding match, twice the steps), ft, or both.", "MODE");
    private readonly Option<double> average =
        Options.Default("--average-decay", Defaults.AverageDecay, "Decay of the average that is exported.", "D");
    private readonly Option<int> checkpointEvery =
        Options.Default("--checkpoint-every", Defaults.CheckpointEvery, "Steps between checkpoints.", "N");
    private readonly Option<int> sampleEvery = Options.Default("--sample-every", Defaults.SampleEvery, "Steps between sample grids.", "N");
    private readonly Option<long> seed = Options.Default("--seed", Defaults.Seed, "Seed of every draw.", "N");

    public void AddTo(Command command)
    {
        Option[] all =
        [
            steps, batch, shots, updates, adversarialFrom, generatorRate, beta1, discriminatorRate, discriminatorEpsilon, decay, content,
                contentWeight, adversarialWeight, featureWeight, matchingWeight, matchingReduction,
            matchingTeaches, videoNorm, vgg19Weight, vggFaceWeight, version, purpose, average, checkpointEvery,
            sampleEvery, seed,
        ];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>What the user chose, checked.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="noted">What a resumed run was begun with; null for a new one.</param>
    public TrainOptions Of(CommandRun run, TrainOptions? noted)
    {
        var others = noted ?? TrainOptions.ByVersion(run.Get(version)).Meant(run.Get(purpose));
        return new TrainOptions
        {
            Steps = Pick(steps, others.Steps),
            Batch = Pick(batch, others.Batch),
            Shots = Pick(shots, others.Shots),
            DiscriminatorUpdates = Pick(updates, others.DiscriminatorUpdates),
            AdversarialFrom = Pick(adversarialFrom, others.AdversarialFrom),
            GeneratorBeta1 = Pick(beta1, others.GeneratorBeta1),
            GeneratorRate = Pick(generatorRate, others.GeneratorRate),
            DiscriminatorRate = Pick(discriminatorRate, others.DiscriminatorRate),
            DiscriminatorEpsilon = Pick(discriminatorEpsilon, others.DiscriminatorEpsilon),
            DecayShare = Pick(decay, others.DecayShare),
            Content = Pick(content, others.Content),
            ContentWeight = ContentWeight.Of(run, content, contentWeight, others.Content, others.ContentWeight),
            AdversarialWeight = Pick(adversarialWeight, others.AdversarialWeight),
            FeatureMatchingWeight = Pick(featureWeight, others.FeatureMatchingWeight),
            MatchingWeight = Pick(matchingWeight, others.MatchingWeight),
            MatchingReduction = Pick(matchingReduction, others.MatchingReduction),
            MatchingTeachesVideos = Pick(matchingTeaches, others.MatchingTeachesVideos),
            VideoSpectralNorm = Pick(videoNorm, others.VideoSpectralNorm),
            Vgg19Weight = Pick(vgg19Weight, others.Vgg19Weight),
            VggFaceWeight = Pick(vggFaceWeight, others.VggFaceWeight),
            For = others.For,
            AverageDecay = Pick(average, others.AverageDecay),
            CheckpointEvery = Pick(checkpointEvery, others.CheckpointEvery),
            SampleEvery = Pick(sampleEvery, others.SampleEvery),
            Seed = Pick(seed, others.Seed),
        }.Validated();

        T Pick<T>(Option<T> option, T other) => run.IsGiven(option) ? run.Get(option) : other;
    }
}
