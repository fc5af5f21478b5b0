namespace ForensicHeads.Generator.Training;

/// <summary>A network learnt from single frames in one go: a matter of minutes, so there are no checkpoints.</summary>
public interface IPlainNetwork : IDisposable
{
    /// <summary>Name, also of its weights file.</summary>
    string Name { get; }

    /// <summary>What its loss is called in <c>stats.jsonl</c>.</summary>
    string LossName { get; }

    /// <summary>Learns from the frames; of the options, steps, batch and seed count. Deterministic for a number of threads.</summary>
    /// <param name="data">Training frames.</param>
    /// <param name="options">Steps, batch, seed.</param>
    /// <param name="onStep">Receives step (from 1) and loss.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="Foundation.UserErrorException">The data do not suit the network.</exception>
    void Learn(EpisodeData data, TrainOptions options, Action<int, double>? onStep, CancellationToken cancellation);

    /// <summary>How well it does on people it never saw: figures by name; empty where there is nothing to measure.</summary>
    /// <exception cref="Foundation.UserErrorException">The data do not suit the measure.</exception>
    IReadOnlyDictionary<string, double> Measure(EpisodeData heldOut);

    /// <summary>Writes the weights.</summary>
    void Save(string path, IReadOnlyDictionary<string, string> metadata, bool half);
}

/// <summary>The networks that are learnt in one go, by name.</summary>
public static class PlainNetworks
{
    /// <summary>The auto-encoder of the <c>reconstruct</c> anchor: the one network whose sizes a preset gives.</summary>
    public const string AutoEncoder = "autoencoder";

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [AutoEncoder, "identity-loss", "identity-judge", "landmarks"];

    /// <summary>Steps and batch where nothing else is asked for.</summary>
    public static TrainOptions Defaults(string name) =>
        name == AutoEncoder ? new TrainOptions { Steps = 900 } : new TrainOptions { Steps = 1500, Batch = 48 };

    /// <summary>A fresh network.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="preset">Sizes of the auto-encoder; null for the others.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <exception cref="UserErrorException">Unknown name; a preset missing, or one too many.</exception>
    public static IPlainNetwork Create(string name, NetworkPreset? preset, long seed)
    {
        if (!Names.Contains(name)) throw new UserErrorException(
            $"There is no network '{name}'. Use {string.Join(", ", Names)}, or leave --network out for the few-shot generator.",
            exitCode: 2);
        if (name != AutoEncoder
            && preset
            is not null) throw new UserErrorException($"--preset does not go with --network {name}, whose sizes are fixed. Leave it out.",
            exitCode: 2);
        return name switch
        {
            AutoEncoder =>
                new FrameAutoEncoder(preset
                ?? throw new UserErrorException(
                    $"--preset is missing; use one of {string.Join(", ", NetworkPreset.All.Select(one => one.Name))}.", exitCode: 2), seed),
            "identity-loss" => new IdentityTraining(IdentityDesign.Loss, seed),
            "identity-judge" => new IdentityTraining(IdentityDesign.Judge, seed),
            _ => new LandmarkTraining(seed),
        };
    }
}
