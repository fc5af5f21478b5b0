using System.CommandLine;

namespace ForensicHeads.Cli.Heads;

/// <summary>The adaptation options of the command line.</summary>
internal sealed class AdaptSettings
{
    private static readonly AdaptOptions Defaults = new();
    private readonly Option<Mode> mode =
        Options.Choice("--mode", Defaults.Mode, "ff: feed-forward, as predicted; ft: fine-tuned on the shots.");
    private readonly Option<Arm> arm = Options.Choice("--arm", Defaults.Arm, "Whether --epochs or --updates counts when fine-tuning.");
    private readonly Option<int> updates = Options.Default("--updates", Defaults.Updates, "Generator updates, for --arm updates.", "N");
    private readonly Option<int> epochs =
        Options.Default("--epochs", Defaults.Epochs, "Passes over the shots, for --arm epochs; the paper: 40.", "N");
    private readonly Option<int> stepCap = Options.Default("--step-cap", Defaults.StepCap, "Most generator updates in either arm.", "N");
    private readonly Option<int> batch = Options.Default("--batch", Defaults.Batch, "Shots a step.", "N");
    private readonly Option<double> generatorRate =
        Options.Default("--generator-rate", Defaults.GeneratorRate, "Learning rate of G; the paper: 5e-5.", "RATE");
    private readonly Option<double> discriminatorRate =
        Options.Default("--discriminator-rate", Defaults.DiscriminatorRate, "Learning rate of D; the paper: 2e-4.", "RATE");
    private readonly Option<string> content = Options.Default("--content", Defaults.Content,
        $"Content loss: {string.Join(", ", ContentLosses.All.Names)} (vgg: your weights in the model folder).", "NAME");
    private readonly Option<double> contentWeight = Options.Default("--content-weight", Defaults.ContentWeight,
        "Weight of the content loss; not given, 1 for vgg and 40 for the others.", "W");
    private readonly Option<int> discriminatorUpdates =
        Options.Default("--discriminator-updates", Defaults.DiscriminatorUpdates, "Discriminator updates a generator update; the paper: 2.",
        "N");
    private readonly Option<int> jitter =
        Options.Default("--jitter", Defaults.Jitter, "Most pixels by which shots are shifted when fine-tuning; the paper: 0.", "N");
    private readonly Option<bool> keepBest = Options.Default("--keep-best", true,
        "With more than one shot, hold one out and keep the step of fine-tuning that serves it best; false learns from all, to the end.",
        "true|false");
    private readonly Option<string> version = Options.Default("--loss-version", "small",
        "Losses, rates and budget of: small (these defaults), iccv (the ICCV paper) or v1 (its arXiv version 1). "
            + "Single options go over it.",
        "NAME");
    private readonly Option<long> seed = Options.Default("--seed", Defaults.Seed, "Seed of the draw of the shots and of their order.", "N");

    public void AddTo(Command command)
    {
        Option[] all =
            [mode, arm, updates, epochs, stepCap, batch, generatorRate, discriminatorRate, discriminatorUpdates, content, contentWeight,
            jitter, keepBest, version, seed];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>What the user chose, checked.</summary>
    public AdaptOptions Of(CommandRun run)
    {
        var others = AdaptOptions.ByVersion(run.Get(version));
        return (others with
        {
            Mode = Pick(mode, others.Mode),
            Arm = Pick(arm, others.Arm),
            Updates = Pick(updates, others.Updates),
            Epochs = Pick(epochs, others.Epochs),
            StepCap = Pick(stepCap, others.StepCap),
            Batch = Pick(batch, others.Batch),
            GeneratorRate = Pick(generatorRate, others.GeneratorRate),
            DiscriminatorRate = Pick(discriminatorRate, others.DiscriminatorRate),
            DiscriminatorUpdates = Pick(discriminatorUpdates, others.DiscriminatorUpdates),
            Content = Pick(content, others.Content),
            ContentWeight = ContentWeight.Of(run, content, contentWeight, others.Content, others.ContentWeight),
            Jitter = Pick(jitter, others.Jitter),
            KeepBest = run.Get(keepBest),
            Seed = Pick(seed, others.Seed),
        }).Validated();

        T Pick<T>(Option<T> option, T other) => run.IsGiven(option) ? run.Get(option) : other;
    }
}
