using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Training;

/// <summary>The options of losses and rates of <c>train</c> and <c>adapt</c>, which differ by their defaults alone.</summary>
internal static class LossOptions
{
    private const string Vgg = "vgg";

    public static Option<string> Content(string value) => Options.Default("--content", value,
        $"Content loss: {string.Join(", ", ContentLosses.All.Names)} (vgg: your weights in the model folder).", "NAME",
        ContentLosses.All.Names);

    public static Option<double> ContentWeight(double value) => Options.Default("--content-weight", value,
        "Weight of the content loss; not given, 1 for vgg and 40 for the others.", "W");

    public static Option<double> GeneratorRate(double value, string networks) =>
        Options.Default("--generator-rate", value, $"Learning rate of {networks}; the paper: 5e-5.", "RATE");

    public static Option<double> DiscriminatorRate(double value) =>
        Options.Default("--discriminator-rate", value, "Learning rate of D; the paper: 2e-4.", "RATE");

    public static Option<int> DiscriminatorUpdates(int value) => Options.Default("--discriminator-updates", value,
        "Discriminator updates a generator update; the paper: 2.", "N");

    public static Option<string> Version(string what) => Options.Default("--loss-version", "small",
        $"Losses, rates and {what} of: small (these defaults), iccv (the ICCV paper) or v1 (its arXiv version 1). Single options go over "
        + "it.", "NAME", ["small", "iccv", "v1"]);

    /// <summary>
    /// The weight that was chosen; but where it is only that of the loss version, belongs to VGG features and another loss was chosen, or
    /// the other way round: that of the small presets, or the published one for VGG features, and a warning.
    /// </summary>
    /// <param name="run">The command's run.</param>
    /// <param name="option">The option of the weight.</param>
    /// <param name="content">The loss that was chosen.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="other">The loss of the version, or of the run that is resumed.</param>
    public static double WeightFor(CommandRun run, Option<double> option, string content, double weight, string other)
    {
        if (run.IsGiven(option) || (content == Vgg) == (other == Vgg)) return weight;
        var version = other == Vgg ? "small" : "iccv";
        var taken = TrainOptions.ByVersion(version).ContentWeight;
        run.Warn(string.Create(CultureInfo.InvariantCulture,
            $"the content weight {weight} belongs to the loss {other}; {content} takes {taken}, that of the loss version {version}. "
            + $"{option.Name} says otherwise."));
        return taken;
    }
}
