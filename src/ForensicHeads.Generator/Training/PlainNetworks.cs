namespace ForensicHeads.Generator.Training;

/// <summary>The networks that are learnt in one go, by name.</summary>
public static class PlainNetworks
{
    /// <summary>The auto-encoder of the <c>reconstruct</c> anchor: the one network whose layers a preset gives.</summary>
    public const string AutoEncoder = "autoencoder";

    /// <summary>The auto-encoders behind aligned pseudo-fakes.</summary>
    public const string Decoders = "decoders";

    private const int DecoderSize = 128;
    private const int FaceSize = 64;

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [AutoEncoder, Decoders, "identity-loss", "identity-judge", "landmarks"];

    /// <summary>Side in pixels of the frames that a network without a preset learns from.</summary>
    public static int SizeOf(string name) => name == Decoders ? DecoderSize : FaceSize;

    /// <summary>Steps and batch where nothing else is asked for.</summary>
    public static TrainOptions Defaults(string name) => name switch
    {
        AutoEncoder => new TrainOptions { Steps = 900 },
        Decoders => new TrainOptions { Steps = 600, Batch = 16 },
        _ => new TrainOptions { Steps = 1500, Batch = 48 },
    };

    /// <summary>A fresh network.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="preset">Layers of the auto-encoder; the face networks take its frames' side, or 64 px; none for decoders.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <exception cref="UserErrorException">Unknown name; a preset missing, or one too many.</exception>
    public static IPlainNetwork Create(string name, NetworkPreset? preset, long seed)
    {
        if (!Names.Contains(name)) throw new UserErrorException(
            $"There is no network '{name}'. Use {string.Join(", ", Names)}, or leave --network out for the few-shot generator.",
            exitCode: 2);
        if (name == Decoders && preset is not null) throw new UserErrorException(
            $"--preset does not go with --network {name}, whose sizes are fixed. Leave it out.", exitCode: 2);
        var size = preset?.Size ?? SizeOf(name);
        return name switch
        {
            AutoEncoder =>
                new FrameAutoEncoder(preset
                ?? throw new UserErrorException(
                    $"--preset is missing; use one of {string.Join(", ", NetworkPreset.All.Select(one => one.Name))}.", exitCode: 2), seed),
            Decoders => new AlignedDecoders(seed),
            "landmarks" => new LandmarkTraining(seed, size),
            _ => new IdentityTraining(IdentityDesign.Find(name, size), seed),
        };
    }
}
