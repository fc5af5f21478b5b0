using System.Globalization;
using System.Text.Json;

namespace ForensicHeads.Generator.Heads;

/// <summary>A person's head as one safetensors file: G's weights, folded, the adaptive coefficients, and where they came from.</summary>
/// <remarks>A feed-forward head carries the weights it shares too, so that a file is enough to generate and its hash names all of
/// it.</remarks>
public sealed class HeadFile : IDrivenHead
{
    private const string Kind = "forensicheads-head";
    private const string GeneratorName = "generator";
    private const string AdaptiveName = "adaptive";

    private HeadFile(NetworkHead head, HeadInfo info, string sha256, RenderOptions rendering)
    {
        Head = head;
        Info = info;
        Sha256 = sha256;
        Rendering = rendering;
        Renderer = rendering.Runtime == RenderRuntime.Torch ? head
            : new OnnxHead(head.ToOnnx(OnnxMetadata.Of(info, sha256)).Bytes, rendering);
    }

    /// <summary>The head as it was adapted.</summary>
    public NetworkHead Head { get; }

    /// <summary>What drivers are given to: the head itself, or its copy in ONNX Runtime.</summary>
    public ITalkingHead Renderer { get; }

    /// <summary>Runtime, batch and threads of <see cref="Renderer"/>.</summary>
    public RenderOptions Rendering { get; }

    /// <summary>What it is.</summary>
    public HeadInfo Info { get; }

    /// <summary>SHA-256 of the file.</summary>
    public string Sha256 { get; }

    /// <inheritdoc/>
    public HeadOrigin Origin => Info;

    /// <inheritdoc/>
    public string Generator => Generators.FewShot.Name;

    /// <summary>Writes a head; whole or not at all. Spectral norm is divided into the stored weights.</summary>
    public static void Save(string path, NetworkHead head, HeadInfo info)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(info);
        Leftovers.RemoveBeside(path);
        using var folded = head.Generator.Clone();
        folded.Fold();
        var tensors = NetworkFile.Export(GeneratorName, folded).ToList();
        tensors.Add(new NamedTensor(AdaptiveName, head.Adaptive.shape, head.Adaptive.ToHost<float>()));
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string> { ["kind"] = Kind, ["head"] = CanonicalJson.ToLine(info) });
    }

    /// <summary>Reads a head.</summary>
    /// <param name="path">A file written by <see cref="Save"/>.</param>
    /// <param name="rendering">How it is rendered; null for libtorch.</param>
    /// <param name="compute">Where, and in which numbers, libtorch renders it; null for the CPU.</param>
    /// <exception cref="UserErrorException">Missing, damaged, or not a head; or an option is out of range.</exception>
    public static HeadFile Load(string path, RenderOptions? rendering = null, Compute? compute = null)
    {
        rendering = (rendering ?? new RenderOptions { Runtime = RenderRuntime.Torch }).Validated();
        if (!File.Exists(path)) throw new UserErrorException($"There is no head at {path}. Name a .safetensors file written by 'adapt'.");
        var content = SafetensorsFile.Read(path);
        var info = ReadInfo(content.Metadata, path);
        var architecture = Architecture.Of(info.Preset, path);
        NetworkFile.Check(GeneratorName, architecture.Generator.Layout, content, path);
        var generator = new NetworkParameters(architecture.Generator.Layout, seed: 0, GeneratorName);
        try
        {
            NetworkFile.Import(GeneratorName, generator, content, path);
            long[] shape = [1, architecture.Generator.Slots.Length];
            compute ??= Compute.Cpu;
            generator.To(compute.Device);
            using var adaptive = NetworkFile.Find(content, AdaptiveName, shape, path).Values.ToTensor(compute.Device, shape);
            var head = new NetworkHead(architecture, info.Preset.Size, generator, ownsGenerator: true, adaptive, rendering.Batch)
            {
                Compute = compute,
            };
            return new HeadFile(head, info, Hashes.OfFile(path), rendering);
        }
        catch
        {
            generator.Dispose();
            throw;
        }
    }

    /// <summary>Whom a file shows, without loading its networks; null for a safetensors file of another kind.</summary>
    /// <exception cref="UserErrorException">No such file, or a damaged one.</exception>
    public static string? IdentityIn(string path)
    {
        var metadata = SafetensorsFile.ReadMetadata(path);
        return metadata.GetValueOrDefault("kind") == Kind ? ReadInfo(metadata, path).Identity : null;
    }

    /// <inheritdoc/>
    public IEnumerable<DrivenFrame> Render(DriverVideo driver, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        new HeadDriver(Renderer, Head.Size, Rendering.Batch).Render(driver, progress, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!ReferenceEquals(Renderer, Head)) Renderer.Dispose();
        Head.Dispose();
    }

    private static HeadInfo ReadInfo(IReadOnlyDictionary<string, string> metadata, string path)
    {
        if (metadata.GetValueOrDefault("kind") != Kind || !metadata.TryGetValue("head", out var json))
        {
            throw new UserErrorException(
                $"{path} holds no head (kind '{metadata.GetValueOrDefault("kind", "none")}'). Use a file written by 'adapt'.");
        }

        try
        {
            var info = JsonSerializer.Deserialize<HeadInfo>(json, CanonicalJson.Foreign) ?? throw new JsonException("it is null");
            var hashes = info.ShotHashes.All(hash => ulong.TryParse(hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _));
            if (info.ShotLandmarks?.All(values => values?.Length == 2 * Landmarks68.Count && values.All(float.IsFinite)) == false)
                throw new JsonException("its shots' landmarks are not 136 numbers each");
            return info.ShotKeys.Count > 0 && info.ShotHashes.Count > 0 && hashes ? info
                : throw new JsonException("its shots are not named");
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{path} describes its head in a form this version cannot read: {error.Describe()} Make it again "
                + "with 'adapt'.", inner: error);
        }
    }
}
