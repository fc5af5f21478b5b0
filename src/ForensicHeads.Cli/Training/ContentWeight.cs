using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Training;

/// <summary>The weight of the content loss of <c>train</c> and <c>adapt</c>.</summary>
internal static class ContentWeight
{
    private const string Vgg = "vgg";

    /// <summary>
    /// What the user gave; else what the loss version has, unless its weight belongs to VGG features and another loss was chosen, or the
    /// other way round: then that of the small presets, or the published one for VGG features, and a warning.
    /// </summary>
    /// <param name="run">The command's run.</param>
    /// <param name="content">The option of the loss.</param>
    /// <param name="weight">The option of its weight.</param>
    /// <param name="otherContent">The loss of the version, or of the run that is resumed.</param>
    /// <param name="otherWeight">Its weight there.</param>
    public static double Of(CommandRun run, Option<string> content, Option<double> weight, string otherContent, double otherWeight)
    {
        if (run.IsGiven(weight)) return run.Get(weight);
        if (!run.IsGiven(content) || (run.Get(content) == Vgg) == (otherContent == Vgg)) return otherWeight;
        var version = otherContent == Vgg ? "small" : "iccv";
        var taken = TrainOptions.ByVersion(version).ContentWeight;
        run.Warn(string.Create(CultureInfo.InvariantCulture,
            $"the content weight {otherWeight} belongs to the loss {otherContent}; {run.Get(content)} takes {taken}, that of the loss "
            + $"version {version}. {weight.Name} says otherwise."));
        return taken;
    }
}
