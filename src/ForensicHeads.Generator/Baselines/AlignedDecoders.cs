using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Baselines;

/// <summary>
/// Small auto-encoders that differ in how their decoder doubles the size: true frames through one of them are aligned pseudo-fakes, which
/// differ from the true frame in the traces of a decoder and in nothing else (docs/detector-training.md, "More to learn from"). No face is
/// exchanged and nobody is moved.
/// </summary>
/// <remarks>
/// Two halvings of the side (three for <c>latent</c>, as in latent diffusion, Rombach et al. 2022) by convolutions of stride 2, a narrow
/// code, and as many doublings. They learn L1 on patches of true frames, so they know textures, and nobody's face.
/// </remarks>
public sealed class AlignedDecoders : IPlainNetwork
{
    private const string Kind = "forensicheads-decoders";
    private const int Patch = 64;
    private const int Multiple = 8;
    private const int FramesAtOnce = 8;
    private const double Rate = 2e-3;

    private readonly ParameterLayout layout = new();
    private readonly IReadOnlyDictionary<string, CodeNetwork> networks;
    private Compute compute = Compute.Cpu;

    /// <summary>Fresh decoders.</summary>
    public AlignedDecoders(long seed)
    {
        networks = new Dictionary<string, CodeNetwork>(StringComparer.Ordinal)
        {
            ["nearest"] = new(layout, "nearest", Doubling.Nearest, halvings: 2, code: 16),
            ["bilinear"] = new(layout, "bilinear", Doubling.Bilinear, halvings: 2, code: 16),
            ["transposed"] = new(layout, "transposed", Doubling.Transposed, halvings: 2, code: 16),
            ["pixel-shuffle"] = new(layout, "pixel-shuffle", Doubling.PixelShuffle, halvings: 2, code: 16),
            ["latent"] = new(layout, "latent", Doubling.Nearest, halvings: 3, code: 16),
        };
        Parameters = new NetworkParameters(layout, seed, PlainNetworks.Decoders);
    }

    /// <inheritdoc/>
    public string Name => PlainNetworks.Decoders;

    /// <inheritdoc/>
    public string LossName => "l1";

    /// <summary>Names of the decoders.</summary>
    public IReadOnlyList<string> Names => [.. networks.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whom they learnt from; null where the file does not say.</summary>
    public LearntPeople? Learnt { get; private init; }

    /// <summary>SHA-256 of the file these weights came from; empty for fresh ones.</summary>
    public string Sha256 { get; private init; } = "";

    private NetworkParameters Parameters { get; }

    /// <summary>Every frame through one of them.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="frames">Frames of one size, any.</param>
    /// <returns>As many of the same size.</returns>
    public RgbImage[] Reconstruct(string name, IReadOnlyList<RgbImage> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bound = Parameters.Bind(learn: false, advance: false);
        var result = new List<RgbImage>(frames.Count);
        foreach (var chunk in frames.Chunk(FramesAtOnce))
        {
            using var inner = NewDisposeScope();
            var (width, height) = (chunk[0].Width, chunk[0].Height);
            long[] edges = [0, Rest(width), 0, Rest(height)];
            var whole = nn.functional.pad(FrameTensor.From(chunk, Parameters.Device), edges, PaddingModes.Replicate);
            using var fast = compute.Forwards();
            result.AddRange(FrameTensor.ToImages(networks[name].Forward(whole, bound).narrow(2, 0, height).narrow(3, 0, width)));
        }

        return [.. result];

        static int Rest(int side) => (Multiple - (side % Multiple)) % Multiple;
    }

    /// <inheritdoc/>
    public void To(Compute compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        Parameters.To(compute.Device);
        this.compute = compute;
    }

    /// <inheritdoc/>
    public void Learn(FaceVideos data, int steps, int batch, long seed, Action<int, double>? onStep, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Size < Patch) throw new UserErrorException(
            $"The frames have {data.Size} px; decoders learn from patches of {Patch} px. Choose a store of at least that size.");
        TrainingLoop.Descend(Parameters.Values, steps, Rate, step =>
        {
            var random = new SeededRandom(seed, FormattableString.Invariant($"decoders/{step}"));
            var bytes = new byte[batch * Patch * Patch * 3];
            for (var i = 0; i < batch; i++) Cut(data, random).CopyTo(bytes, i * Patch * Patch * 3);
            var patches = FrameTensor.FromBytes(bytes, batch, Patch, Patch, Parameters.Device);
            var bound = Parameters.Bind(learn: true, advance: false);
            using var fast = compute.Forwards();
            return networks.Values.Select(network => (network.Forward(patches, bound).to_type(ScalarType.Float32) - patches).abs().mean())
                .Aggregate((sum, loss) => sum.Plus(loss)).DividedBy(networks.Count);
        }, onStep, cancellation);
    }

    /// <summary>Peak signal-to-noise ratio in dB of each, over all held-out frames.</summary>
    public IReadOnlyDictionary<string, double> Measure(FaceVideos heldOut)
    {
        ArgumentNullException.ThrowIfNull(heldOut);
        RgbImage[] frames = [.. Enumerable.Range(0, heldOut.Videos).SelectMany(video => Enumerable.Range(0, heldOut.Frames(video))
            .Select(frame => new RgbImage(heldOut.Size, heldOut.Size, heldOut.Pixels(video, frame))))];
        return Names.ToDictionary(name => "psnr_" + name.Replace('-', '_'), name => Psnr(frames, Reconstruct(name, frames)));
    }

    /// <inheritdoc/>
    public void Save(string path, IReadOnlyDictionary<string, string> metadata, bool half) => SafetensorsFile.Write(path,
        [.. NetworkFile.Export(PlainNetworks.Decoders, Parameters, half)], new Dictionary<string, string>(metadata) { ["kind"] = Kind });

    /// <summary>Reads weights.</summary>
    /// <exception cref="UserErrorException">Missing, damaged, or weights of another network.</exception>
    public static AlignedDecoders Load(string path)
    {
        var content = SafetensorsFile.Read(path);
        if (content.Metadata.GetValueOrDefault("kind") != Kind) throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
            $"{path} holds no decoders (kind '{content.Metadata.GetValueOrDefault("kind", "none")}'). Make some with 'train --network "
            + $"{PlainNetworks.Decoders}'."));
        var result = new AlignedDecoders(seed: 0) { Learnt = LearntPeople.In(content.Metadata), Sha256 = Hashes.OfFile(path) };
        try
        {
            NetworkFile.Import(PlainNetworks.Decoders, result.Parameters, content, path);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Parameters.Dispose();

    private static byte[] Cut(FaceVideos data, SeededRandom random)
    {
        var video = random.NextInt(data.Videos);
        var pixels = data.Pixels(video, random.NextInt(data.Frames(video)));
        var (left, top) = (random.NextInt(data.Size - Patch + 1), random.NextInt(data.Size - Patch + 1));
        var patch = new byte[Patch * Patch * 3];
        for (var y = 0; y < Patch; y++)
            pixels.AsSpan(3 * (((top + y) * data.Size) + left), 3 * Patch).CopyTo(patch.AsSpan(3 * y * Patch));
        return patch;
    }

    private static double Psnr(RgbImage[] frames, RgbImage[] others)
    {
        double squares = 0, values = 0;
        foreach (var (frame, other) in frames.Zip(others))
        {
            for (var i = 0; i < frame.Pixels.Length; i++)
                squares += (frame.Pixels[i] - other.Pixels[i]) * (double)(frame.Pixels[i] - other.Pixels[i]);
            values += frame.Pixels.Length;
        }

        return 10 * Math.Log10(255.0 * 255 * values / Math.Max(squares, 1));
    }

    private enum Doubling
    {
        /// <summary>Each pixel four times, then a 3×3 convolution.</summary>
        Nearest,

        /// <summary>Bilinear interpolation, then a 3×3 convolution.</summary>
        Bilinear,

        /// <summary>A transposed 4×4 convolution of stride 2.</summary>
        Transposed,

        /// <summary>A 3×3 convolution to four times the channels, dealt out to 2×2 pixels (Shi et al. 2016).</summary>
        PixelShuffle,
    }

    /// <summary>One auto-encoder: float32[N, 3, H, W] to the same, H and W multiples of 8.</summary>
    private sealed class CodeNetwork
    {
        private static readonly int[] Channels = [16, 32, 48, 64];
        private readonly Convolution[] down;
        private readonly Convolution toCode;
        private readonly Convolution fromCode;
        private readonly SizeDoubling[] up;
        private readonly Convolution last;

        public CodeNetwork(ParameterLayout layout, string name, Doubling how, int halvings, int code)
        {
            down = [.. Enumerable.Range(0, halvings).Select(i => new Convolution(layout, $"{name}.down{i}",
                i == 0 ? 3 : Channels[i], Channels[i + 1], 3, hasBias: true, spectralNorm: false, stride: 2))];
            toCode = new Convolution(layout, $"{name}.code", Channels[halvings], code, 3, hasBias: true, spectralNorm: false);
            fromCode = new Convolution(layout, $"{name}.wide", code, Channels[halvings], 3, hasBias: true, spectralNorm: false);
            up = [.. Enumerable.Range(0, halvings).Reverse().Select(i =>
                new SizeDoubling(layout, $"{name}.up{i}", Channels[i + 1], Channels[i], how))];
            last = new Convolution(layout, $"{name}.last", Channels[0], 3, 3, hasBias: true, spectralNorm: false);
        }

        public Tensor Forward(Tensor frames, BoundParameters parameters)
        {
            var x = frames;
            foreach (var step in down) x = nn.functional.relu(step.Forward(x, parameters));
            x = nn.functional.relu(fromCode.Forward(toCode.Forward(x, parameters), parameters));
            foreach (var step in up) x = nn.functional.relu(step.Forward(x, parameters));
            return last.Forward(x, parameters);
        }
    }

    private sealed class SizeDoubling
    {
        private readonly Doubling how;
        private readonly Convolution? convolution;
        private readonly int weight;
        private readonly int bias;

        public SizeDoubling(ParameterLayout layout, string name, int inputs, int outputs, Doubling how)
        {
            this.how = how;
            if (how == Doubling.Transposed)
            {
                weight = layout.Add($"{name}.weight", Initial.He, spectralNorm: false, inputs, outputs, 4, 4);
                bias = layout.Add($"{name}.bias", Initial.Zeros, spectralNorm: false, outputs);
            }
            else
            {
                convolution = new Convolution(layout, name, inputs, how == Doubling.PixelShuffle ? 4 * outputs : outputs, 3, hasBias: true,
                    spectralNorm: false);
            }
        }

        public Tensor Forward(Tensor x, BoundParameters parameters) => how switch
        {
            Doubling.Nearest => convolution!.Forward(x, parameters, Resample.Up),
            Doubling.Bilinear => convolution!.Forward(nn.functional.interpolate(x, scale_factor: [2, 2],
                mode: InterpolationMode.Bilinear, align_corners: false), parameters),
            Doubling.PixelShuffle => nn.functional.pixel_shuffle(convolution!.Forward(x, parameters), 2),
            _ => nn.functional.conv_transpose2d(x, parameters[weight], parameters[bias], strides: [2, 2], padding: [1, 1]),
        };
    }
}
