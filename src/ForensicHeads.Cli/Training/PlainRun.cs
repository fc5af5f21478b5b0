using System.Globalization;

namespace ForensicHeads.Cli.Training;

/// <summary>Trains one of the networks that are learnt in one go, and measures it on people it never saw.</summary>
internal static class PlainRun
{
    private const string MeasureName = "held-out.json";

    /// <summary>Learns, measures and writes the weights.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="network">The fresh network.</param>
    /// <param name="data">Frames to learn from.</param>
    /// <param name="heldOut">Frames of people never trained on, or null.</param>
    /// <param name="options">Steps, batch, seed.</param>
    /// <param name="path">The run's folder.</param>
    /// <param name="half">Whether the weights are written in 16 bits.</param>
    /// <param name="metadata">Facts for the weights.</param>
    public static CommandOutcome Run(CommandRun run, IPlainNetwork network, FaceVideos data, FaceVideos? heldOut, TrainOptions options,
        string path, bool half, IReadOnlyDictionary<string, string> metadata)
    {
        var folder = new RunFolder(path);
        var file = FileOf(folder.Path, network.Name);
        var stats = new List<string>();
        network.Learn(data, options.Steps, options.Batch, options.Seed, (step, loss) =>
        {
            if (step % 20 == 0 || step == options.Steps) stats.Add(
                CanonicalJson.ToLine(new Dictionary<string, double> { ["step"] = step, [network.LossName] = loss }) + "\n");
            run.Progress.Report(new StepProgress(network.Name, step, options.Steps, "steps",
                string.Create(CultureInfo.InvariantCulture, $"{network.LossName} {loss:F3}")));
        }, run.Cancellation);
        AtomicFile.WriteText(folder.Path, RunFolder.StatsName, string.Concat(stats));
        var all = new Dictionary<string, string>(metadata)
        {
            ["step"] = options.Steps.ToString(CultureInfo.InvariantCulture),
            ["data"] = data.Hash,
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            [LearntPeople.MetadataKey] = data.Learnt.ToLine(),
        };
        network.Save(file, all, half);
        run.Say($"{network.Name}: {file}");
        var measured = heldOut is null ? null : network.Measure(heldOut);
        if (measured is { Count: > 0 })
        {
            AtomicFile.WriteText(folder.Path, MeasureName, CanonicalJson.ToText(measured));
            foreach (var (name, value) in measured) run.Say(
                string.Create(CultureInfo.InvariantCulture, $"held out: {name} {value:0.#####}"));
        }

        return new CommandOutcome(new
        {
            weights = file,
            weights_sha256 = Hashes.OfFile(file),
            steps = options.Steps,
            data_sha256 = data.Hash,
            held_out = measured
        });
    }

    /// <summary>Refuses a folder that holds weights of the network already, before anything is learnt.</summary>
    public static void CheckFree(string path, string name)
    {
        var file = FileOf(Path.GetFullPath(path), name);
        if (File.Exists(file)) throw new UserErrorException($"{file} is there already. Choose another --out.");
    }

    private static string FileOf(string folder, string name) => Path.Combine(folder, name + ".safetensors");
}
