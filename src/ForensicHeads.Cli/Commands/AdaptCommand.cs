using System.Globalization;
using ForensicHeads.Cli.Frame;
using ForensicHeads.Cli.Heads;
using ForensicHeads.Foundation;
using ForensicHeads.Generator.Heads;
using ForensicHeads.Generator.Training;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>adapt</c>: a person's head from T shots.</summary>
internal sealed class AdaptCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var settings = new AdaptSettings();
        var compute = new ComputeOptions();
        var weightsPath = Options.Required<string>("--weights", "Meta-learnt weights: a run folder or a .safetensors file.", "RUN");
        var from = Options.Required<string>("--shots-from", "The video of a store that holds the shots.", "STORE:VIDEO");
        var shots = Options.Required<int>("--shots", "T, the number of shots.", "T");
        var draw = Options.Default("--draw", 0, "Which draw of the shots, from 0; each draw takes other frames.", "N");
        var consent = Options.Optional<string?>("--consent", "Consent records to use in place of the store's.", "FILE");
        var purpose = Options.Default("--purpose", Consent.Self, "The purpose that the consent record must cover.", "TEXT");
        var to = Options.Required<string>("--out", "The head's file to write, .safetensors.", "HEAD");
        var command = new CliCommand("adapt", "Makes a person's head from T shots; only of people with may_generate and a consent record that holds.", "forensicheads adapt --weights runs/heads-64 --shots-from data/heads:p00000-v0 --shots 8 --mode ft --out heads/p00000.safetensors")
        {
            weightsPath, from, shots, draw, consent, purpose, to,
        };
        settings.AddTo(command);
        compute.AddTo(command);
        return command.Runs(context, run =>
        {
            var options = settings.Of(run);
            var video = StoreVideo.Open("--shots-from", run.Get(from));
            var record = Consent.Check(video, run.Get(purpose), run.Find(consent), context.Time);
            compute.Apply(run);
            using var weights = GeneratorWeights.Load(run.Get(weightsPath));
            var set = ShotSet.Draw(video, run.Get(shots), weights.Preset.Size, options.Seed, run.Get(draw));
            using var head = (NetworkHead)new FewShotGenerator(weights, options).Adapt(set.Shots, run.Progress, run.Cancellation);
            var info = new HeadInfo
            {
                Preset = weights.Preset,
                Adaptation = options,
                Identity = video.Identity,
                Consent = record,
                WeightsSha256 = weights.Sha256,
                StoreSha256 = video.Store.ContentHash,
                ShotVideo = video.Video,
                ShotKeys = set.Keys,
                ShotHashes = [.. set.Hashes.Select(HeadInfo.HashText)],
                Draw = run.Get(draw),
                Licence = string.Join("; ", video.Frames.Select(frame => frame.Licence).Distinct(StringComparer.Ordinal)),
                ToolVersion = CliContext.ToolVersion,
            };
            var path = Path.GetFullPath(run.Get(to));
            HeadFile.Save(path, head, info);
            run.Say(string.Create(CultureInfo.InvariantCulture, $"head of {info.Identity} from {set.Shots.Count} shot(s), {options.Mode.ToString().ToLowerInvariant()}: {path}"));
            return new CommandOutcome(new { head = path, sha256 = Hashes.OfFile(path), info });
        });
    }
}
