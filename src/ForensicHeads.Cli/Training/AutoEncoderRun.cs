using System.Globalization;
using ForensicHeads.Cli.Frame;
using ForensicHeads.Foundation;
using ForensicHeads.Generator.Baselines;
using ForensicHeads.Generator.Training;
using ForensicHeads.Neural.Networks;

namespace ForensicHeads.Cli.Training;

/// <summary>Trains the auto-encoder of the <c>reconstruct</c> anchor; a matter of minutes, so it has no checkpoints.</summary>
internal static class AutoEncoderRun
{
    private const string WeightsName = "autoencoder.safetensors";

    public static CommandOutcome Run(CommandRun run, NetworkPreset preset, EpisodeData data, TrainOptions options, string path, bool half, IReadOnlyDictionary<string, string> metadata)
    {
        var folder = new RunFolder(path);
        var file = Path.Combine(folder.Path, WeightsName);
        if (File.Exists(file)) throw new UserErrorException($"{folder.Path} holds an auto-encoder already. Choose another --out.");
        var stats = new List<string>();
        using var autoEncoder = new FrameAutoEncoder(preset, options.Seed);
        autoEncoder.Train(data, options.Steps, options.Batch, options.Seed, (step, loss) =>
        {
            if (step % 20 == 0 || step == options.Steps) stats.Add(CanonicalJson.ToLine(new { step, content = loss }) + "\n");
            run.Progress.Report(new StepProgress("auto-encoder", step, options.Steps, "steps", string.Create(CultureInfo.InvariantCulture, $"content {loss:F3}")));
        }, run.Cancellation);
        AtomicFile.WriteText(folder.StatsFile, string.Concat(stats));
        var all = new Dictionary<string, string>(metadata)
        {
            ["step"] = options.Steps.ToString(CultureInfo.InvariantCulture),
            ["data"] = data.Hash,
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
        };
        autoEncoder.Save(file, all, half);
        run.Say($"auto-encoder: {file}");
        return new CommandOutcome(new { weights = file, weights_sha256 = Hashes.OfFile(file), steps = options.Steps, data_sha256 = data.Hash });
    }
}
