using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Baselines;

/// <summary>
/// An auto-encoder wired like G, fed with the frame in place of the landmark image, with one learnt ψ for everybody: the
/// <c>reconstruct</c> anchor, and a baseline attacker without adversarial loss.
/// </summary>
public sealed class FrameAutoEncoder : IPlainNetwork
{
    private const string Kind = "forensicheads-autoencoder";
    private const string AdaptiveName = "adaptive";
    private const int ReconstructBatch = 16;
    private readonly Neural.Networks.Generator net;
    private Compute compute = Compute.Cpu;

    /// <summary>A fresh auto-encoder.</summary>
    public FrameAutoEncoder(NetworkPreset preset, long seed)
    {
        Preset = preset;
        net = new Neural.Networks.Generator(preset);
        Parameters = new NetworkParameters(net.Layout, seed, "autoencoder");
        var start = new float[net.Slots.Length];
        foreach (var (offset, channels) in net.Slots.Slots) start.AsSpan((int)(offset + channels), (int)channels).Fill(1);
        Adaptive = start.ToTensor(CPU, 1, start.Length).DetachFromDisposeScope();
        Adaptive.requires_grad_(true);
    }

    /// <inheritdoc/>
    public string Name => PlainNetworks.AutoEncoder;

    /// <inheritdoc/>
    public string LossName => "content";

    /// <summary>Sizes, those of the generator whose decoder this one shares.</summary>
    public NetworkPreset Preset { get; }

    /// <summary>What the file's metadata said.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private init; } = new Dictionary<string, string>();

    /// <summary>Whom it learnt from; null where it does not say.</summary>
    public LearntPeople? Learnt => LearntPeople.In(Metadata);

    /// <summary>SHA-256 of the file these weights came from; empty for fresh ones.</summary>
    public string Sha256 { get; private init; } = "";

    private NetworkParameters Parameters { get; }

    private Tensor Adaptive { get; set; }

    /// <summary>Every frame through encoder and decoder.</summary>
    /// <param name="frames">Frames of the preset's size.</param>
    public RgbImage[] Reconstruct(IReadOnlyList<RgbImage> frames)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bound = Parameters.Bind(learn: false, advance: false);
        var result = new List<RgbImage>(frames.Count);
        foreach (var chunk in frames.Chunk(ReconstructBatch))
        {
            using var inner = NewDisposeScope();
            using var fast = compute.Forwards();
            result.AddRange(FrameTensor.ToImages(net.Forward(FrameTensor.From(chunk, Parameters.Device), Adaptive, bound)));
        }

        return [.. result];
    }

    /// <inheritdoc/>
    public void To(Compute compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        this.compute = compute;
        Parameters.To(compute.Device);
        using var scope = NewDisposeScope();
        using var own = Adaptive;
        Adaptive = own.detach().to(compute.Device, copy: true).DetachFromDisposeScope().requires_grad_(true);
    }

    /// <summary>Learns to reproduce frames under the Laplacian content loss.</summary>
    /// <inheritdoc/>
    public void Learn(FaceVideos data, int steps, int batch, long seed, Action<int, double>? onStep, CancellationToken cancellation)
    {
        using var parameterAdam = new Adam(Parameters.Values, new AdamOptions());
        using var adaptiveAdam = new Adam(Adaptive, new AdamOptions());
        using var content = new LaplacianContentLoss();
        using var unread = new UnreadSteps<int>((step, numbers) => onStep?.Invoke(step, numbers[0]));
        TrainingLoop.Run(0, steps, step =>
        {
            var random = new SeededRandom(seed, FormattableString.Invariant($"autoencoder/{step}"));
            var bytes = new byte[batch * data.Size * data.Size * 3];
            for (var i = 0; i < batch; i++)
            {
                var video = random.NextInt(data.Videos);
                data.Pixels(video, random.NextInt(data.Frames(video))).CopyTo(bytes, i * data.Size * data.Size * 3);
            }

            var frames = FrameTensor.FromBytes(bytes, batch, data.Size, data.Size, Parameters.Device);
            var bound = Parameters.Bind(learn: true, advance: true);
            Tensor made;
            using (compute.Forwards()) made = net.Forward(frames, Adaptive, bound).to_type(ScalarType.Float32);
            var loss = content.Of(made, frames);
            loss.backward();
            // From 1e-3 down to 1e-4 over the run.
            var rate = 1e-3 * (1 - (0.9 * step / steps));
            parameterAdam.Step(rate);
            adaptiveAdam.Step(rate);
            unread.Add(step + 1, [loss]);
            if (step + 1 == steps || UnreadSteps.IsDue(step + 1, frames.device)) unread.Read();
        }, cancellation);
    }

    /// <summary>Nothing: how well it reproduces people is a matter of an experiment's <c>reconstruct</c> anchor.</summary>
    public IReadOnlyDictionary<string, double> Measure(FaceVideos heldOut) => new Dictionary<string, double>();

    /// <summary>Folds spectral norm and writes the weights.</summary>
    public void Save(string path, IReadOnlyDictionary<string, string> metadata, bool half = false)
    {
        using var folded = Parameters.Clone();
        folded.Fold();
        var all = new Dictionary<string, string>(metadata) { ["kind"] = Kind, ["preset"] = CanonicalJson.ToLine(Preset) };
        SafetensorsFile.Write(path,
            [.. NetworkFile.Export("autoencoder", folded, half),
            new NamedTensor(AdaptiveName, Adaptive.shape, Adaptive.ToHost<float>(), half ? TensorPrecision.Bits16
            : TensorPrecision.Bits32)], all);
    }

    /// <summary>Reads weights.</summary>
    /// <exception cref="UserErrorException">Missing, damaged, or made for another preset.</exception>
    public static FrameAutoEncoder Load(string path, NetworkPreset preset)
    {
        var content = SafetensorsFile.Read(path);
        if (content.Metadata.GetValueOrDefault("kind") != Kind) throw new UserErrorException(
            $"{path} holds no auto-encoder (kind '{content.Metadata.GetValueOrDefault("kind", "none")}').");
        var result = new FrameAutoEncoder(preset, seed: 0) { Metadata = content.Metadata, Sha256 = Hashes.OfFile(path) };
        try
        {
            var adaptive = NetworkFile.Find(content, AdaptiveName, result.Adaptive.shape, path);
            NetworkFile.Import("autoencoder", result.Parameters, content, path);
            NetworkFile.Overwrite(result.Adaptive, adaptive.Values);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Parameters.Dispose();
        Adaptive.Dispose();
    }
}
