using System.CommandLine;

namespace ForensicHeads.Cli.Heads;

/// <summary>The adaptation options of the command line.</summary>
internal sealed class AdaptSettings : OptionList<AdaptOptions>
{
    private static readonly AdaptOptions Defaults = new();
    private readonly Option<double> contentWeight = LossOptions.ContentWeight(Defaults.ContentWeight);
    private readonly Option<string> version = LossOptions.Version("budget");

    public AdaptSettings()
    {
        Add(Options.Default("--mode", Defaults.Mode, "ff: feed-forward, as predicted; ft: fine-tuned on the shots."),
            (o, v) => o with { Mode = v });
        Add(Options.Default("--arm", Defaults.Arm, "Whether --epochs or --updates counts when fine-tuning."), (o, v) => o with { Arm = v });
        Add(Options.Default("--updates", Defaults.Updates, "Generator updates, for --arm updates.", "N"), (o, v) => o with { Updates = v });
        Add(Options.Default("--epochs", Defaults.Epochs, "Passes over the shots, for --arm epochs; the paper: 40.", "N"),
            (o, v) => o with { Epochs = v });
        Add(Options.Default("--step-cap", Defaults.StepCap, "Most generator updates in either arm.", "N"),
            (o, v) => o with { StepCap = v });
        Add(Options.Default("--batch", Defaults.Batch, "Shots a step.", "N"), (o, v) => o with { Batch = v });
        Add(LossOptions.GeneratorRate(Defaults.GeneratorRate, "G"), (o, v) => o with { GeneratorRate = v });
        Add(LossOptions.DiscriminatorRate(Defaults.DiscriminatorRate), (o, v) => o with { DiscriminatorRate = v });
        Add(LossOptions.DiscriminatorUpdates(Defaults.DiscriminatorUpdates), (o, v) => o with { DiscriminatorUpdates = v });
        Add(LossOptions.Content(Defaults.Content), (o, v) => o with { Content = v });
        Add(contentWeight, (o, v) => o with { ContentWeight = v });
        Add(Options.Default("--jitter", Defaults.Jitter,
            "Most pixels by which shots are shifted when fine-tuning; the paper: 0.", "N"), (o, v) => o with { Jitter = v });
        Add(Options.Default("--keep-best", true,
            "With more than one shot, hold one out and keep the step of fine-tuning that serves it best; false learns from all, to the "
                + "end.", "true|false"), (o, v) => o with { KeepBest = v });
        Add(version);
        Add(Options.Default("--seed", Defaults.Seed, "Seed of the draw of the shots and of their order.", "N"),
            (o, v) => o with { Seed = v });
    }

    /// <summary>What the user chose, checked.</summary>
    public AdaptOptions Of(CommandRun run)
    {
        var others = AdaptOptions.ByVersion(run.Get(version)) with { KeepBest = true };
        var chosen = Over(run, others);
        return (chosen with
        {
            ContentWeight = LossOptions.WeightFor(run, contentWeight, chosen.Content, chosen.ContentWeight, others.Content),
        }).Validated();
    }
}
