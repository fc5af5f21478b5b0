using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>adapt</c>: a person's head from T shots.</summary>
internal sealed class AdaptCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var source = new ShotSource();
        var settings = new AdaptSettings();
        var compute = new ComputeOptions();
        var weightsPath = Options.Required<string>("--weights",
            "Meta-learnt weights: a run folder, a .safetensors file, or the name of shipped weights (heads-64).", "RUN");
        var draw = Options.Default("--draw", 0, "Which draw of the shots, from 0; each draw takes other frames.", "N");
        var to = Options.Required<string>("--out", "The head's file to write, .safetensors.", "HEAD");
        var command =
            new CliCommand("adapt", "Makes a person's head from T shots; only of people with may_generate and a consent record that holds.",
            "forensicheads adapt --weights runs/heads-64 --shots-from data/heads:p70000-v0 --shots 8 --mode ft --out "
            + "heads/p70000.safetensors")
        {
            weightsPath, draw, to,
        }.Alias("fine-tune");
        source.AddTo(command);
        settings.AddTo(command);
        compute.AddTo(command);
        command.Shows("--weights", "--out", "--shots-from", "--photo", "--consent", "--shots", "--mode", "--updates", "--seed");
        return command.Runs(context, run =>
        {
            var options = settings.Of(run);
            var chosen = compute.Apply(run);
            var losses = ShippedFaces.ContentLoss(source.Models(run));
            if (options.Mode == Mode.Ft) ContentLosses.Require(options.Content, losses);
            GeneratorWeights? weights = null;
            GeneratorWeights Weights() => weights ??= GeneratorWeights.Load(ShippedWeights.Resolve(run.Get(weightsPath))).To(chosen);
            try
            {
                return source.Use(run, () => CropRule.Of(Weights().CropSpecification, Weights().Preset.Size), (video, record) =>
                {
                    var set = ShotSet.Of(video, source.Count(run), Weights().Preset.Size, run.Get(draw), options.Seed);
                    source.CheckOnePerson(run, set);
                    if (LearntPeople.Doubt(Weights().Learnt?.Among(set.Frames) ?? [], run.Get(weightsPath)) is { } seen) run.Warn(seen);
                    if (options.Mode == Mode.Ft && Weights().FineTuningDoubt is { } doubt) run.Warn(
                        $"{run.Get(weightsPath)} was {doubt} (--mode ff).");
                    using var head =
                        (NetworkHead)new FewShotGenerator(Weights(), options) { ContentFiles = losses, Compute = chosen }
                        .Adapt(set.Shots, run.Progress, run.Cancellation);
                    return Saved(run, Path.GetFullPath(run.Get(to)), head,
                        HeadInfo.Of(Weights(), options, set, record, head.Kept, CliContext.ToolVersion));
                });
            }
            finally
            {
                weights?.Dispose();
            }
        });
    }

    private static CommandOutcome Saved(CommandRun run, string path, NetworkHead head, HeadInfo info)
    {
        HeadFile.Save(path, head, info);
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"head of {info.Identity} from {info.ShotKeys.Count} shot(s), {info.Adaptation.Mode.Text()}: {path}"));
        if (info.Kept is { } kept) run.Say(string.Create(CultureInfo.InvariantCulture,
            $"kept step {kept.Step} of {kept.Steps}, by shot {info.ShotKeys[kept.HeldOutShot]}, which was not learnt from (content loss "
            + $"{kept.HeldOutLoss:F4})"));
        return new CommandOutcome(new { head = path, sha256 = Hashes.OfFile(path), info });
    }
}
