using System.Text.Json;
using System.Text.Json.Nodes;

namespace ForensicHeads.Generator.Training;

/// <summary>The four trained networks of one preset: what meta-learning makes and adaptation starts from.</summary>
public sealed class GeneratorWeights : IDisposable
{
    internal const string Kind = "forensicheads-generator";
    private const string MeanName = "mean_embedding";

    /// <summary>Fresh networks.</summary>
    public GeneratorWeights(NetworkPreset preset, long seed)
        : this(preset, new Architecture(preset), seed)
    {
    }

    private GeneratorWeights(NetworkPreset preset, Architecture architecture, long seed)
    {
        Preset = preset;
        Architecture = architecture;
        Embedder = new NetworkParameters(architecture.Embedder.Layout, seed, "embedder");
        Generator = new NetworkParameters(architecture.Generator.Layout, seed, "generator");
        Projection = new NetworkParameters(architecture.Projection.Layout, seed, "projection");
        Discriminator = new NetworkParameters(architecture.Discriminator.Layout, seed, "discriminator");
        architecture.Projection.StartScalesAtOne(Projection);
    }

    internal GeneratorWeights(GeneratorWeights like, NetworkParameters embedder, NetworkParameters generator, NetworkParameters projection,
        NetworkParameters discriminator)
    {
        Preset = like.Preset;
        Architecture = like.Architecture;
        Embedder = embedder;
        Generator = generator;
        Projection = projection;
        Discriminator = discriminator;
    }

    /// <summary>The sizes.</summary>
    public NetworkPreset Preset { get; }

    /// <summary>The networks' wiring.</summary>
    public Architecture Architecture { get; }

    /// <summary>φ.</summary>
    public NetworkParameters Embedder { get; }

    /// <summary>ψ.</summary>
    public NetworkParameters Generator { get; }

    /// <summary>P.</summary>
    public NetworkParameters Projection { get; }

    /// <summary>θ, w0, b.</summary>
    public NetworkParameters Discriminator { get; }

    /// <summary>What the file's metadata said: step, data set hash, licence, seed.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private init; } = new Dictionary<string, string>();

    /// <summary>Whom they were meta-trained on; null where they do not say.</summary>
    public LearntPeople? Learnt => LearntPeople.In(Metadata);

    /// <summary>How the frames that taught them were cut out, as their store said; weights that do not say learnt from rendered
    /// heads.</summary>
    public string CropSpecification => Metadata.GetValueOrDefault("crop") ?? CropRule.Procedural;

    /// <summary>What they were meta-trained for; null where the metadata does not say, as of weights of the first versions.</summary>
    public TrainedFor? TrainedFor
    {
        get
        {
            try
            {
                return Metadata.TryGetValue("options", out var options) && JsonNode.Parse(options) is JsonObject read
                    && read["for"] is JsonValue purpose && Enum.TryParse<TrainedFor>(purpose.ToString(), ignoreCase: true, out var known)
                    && Enum.IsDefined(known) ? known : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>What speaks against fine-tuning heads from these weights, for a warning; null where nothing does.</summary>
    public string? FineTuningDoubt => TrainedFor != Training.TrainedFor.Ff ? null
        : "meta-trained for feed-forward heads (train --for ff), without the embedding match from which fine-tuning starts; use weights "
        + "trained for ft or both, or feed-forward heads alone";

    /// <summary>SHA-256 of the file these weights came from; empty for fresh ones.</summary>
    public string Sha256 { get; private init; } = "";

    /// <summary>Mean ê over the training videos, float32[N]: nobody's face; null where none was computed.</summary>
    public float[]? MeanEmbedding { get; set; }

    /// <summary>Where the networks lie.</summary>
    public TorchSharp.torch.Device Device => Generator.Device;

    /// <summary>The four networks with the names under which their tensors are stored.</summary>
    public IReadOnlyList<(string Name, NetworkParameters Parameters)> Networks =>
        [("embedder", Embedder), ("generator", Generator), ("projection", Projection), ("discriminator", Discriminator)];

    /// <summary>Moves the networks to the device of a choice, where whatever is made with them then is.</summary>
    public GeneratorWeights To(Compute compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        foreach (var (_, parameters) in Networks) parameters.To(compute.Device);
        return this;
    }

    /// <summary>Folds spectral norm into the weights and writes them.</summary>
    /// <param name="path">The safetensors file.</param>
    /// <param name="metadata">Step, data set hash, licence and the like; the preset is added.</param>
    /// <param name="precision">
    /// How the networks are stored. <see cref="TensorPrecision.Bits8"/> is for E and D alone: G, whose weights make the pictures, and P,
    /// whose outputs are weights of G, take 16 bits then.
    /// </param>
    public void Save(string path, IReadOnlyDictionary<string, string> metadata, TensorPrecision precision = TensorPrecision.Bits32)
    {
        var drawing = precision == TensorPrecision.Bits8 ? TensorPrecision.Bits16 : precision;
        var all = new Dictionary<string, string>(metadata) { ["kind"] = Kind, ["preset"] = CanonicalJson.ToLine(Preset) };
        var tensors = new List<NamedTensor>();
        foreach (var (name, parameters) in Networks)
        {
            using var folded = parameters.Clone();
            folded.Fold();
            tensors.AddRange(NetworkFile.Export(name, folded, name is "generator" or "projection" ? drawing : precision));
        }

        if (MeanEmbedding is { } mean) tensors.Add(new NamedTensor(MeanName, [mean.Length], mean, drawing));
        SafetensorsFile.Write(path, tensors, all);
    }

    /// <summary>Reads weights; a run folder stands for its <c>weights.safetensors</c>.</summary>
    /// <exception cref="UserErrorException">Missing, damaged, or not of this kind.</exception>
    public static GeneratorWeights Load(string path)
    {
        var isRun = Directory.Exists(path);
        var file = isRun ? Path.Combine(path, RunFolder.WeightsName) : path;
        if (!File.Exists(file)) throw new UserErrorException(
            $"There are no weights at {file}. Name a run folder made by 'train', or a .safetensors file of one.");
        var content = isRun ? SafetensorsFile.Read(path, RunFolder.WeightsName) : SafetensorsFile.Read(file);
        if (content.Metadata.GetValueOrDefault("kind") != Kind || !content.Metadata.TryGetValue("preset", out var presetJson))
        {
            throw new UserErrorException(
                $"{file} holds no generator weights (kind '{content.Metadata.GetValueOrDefault("kind", "none")}'). Use a file written by "
                + "'train'.");
        }

        NetworkPreset preset;
        try
        {
            preset = JsonSerializer.Deserialize<NetworkPreset>(presetJson, CanonicalJson.Line) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{file} describes its preset in a form this version cannot read: {error.Describe()}", inner: error);
        }

        var architecture = Architecture.Of(preset, file);
        foreach (var (name, layout) in Layouts(architecture)) NetworkFile.Check(name, layout, content, file);
        var weights = new GeneratorWeights(preset, architecture, seed: 0) { Metadata = content.Metadata, Sha256 = Hashes.OfFile(file) };
        try
        {
            foreach (var (name, parameters) in weights.Networks) NetworkFile.Import(name, parameters, content, file);
            if (content.Tensors.ContainsKey(MeanName)) weights.MeanEmbedding =
                NetworkFile.Find(content, MeanName, [preset.Embedding], file).Values;
        }
        catch
        {
            weights.Dispose();
            throw;
        }

        return weights;
    }

    private static IReadOnlyList<(string Name, ParameterLayout Layout)> Layouts(Architecture architecture) =>
        [("embedder", architecture.Embedder.Layout), ("generator", architecture.Generator.Layout),
            ("projection", architecture.Projection.Layout), ("discriminator", architecture.Discriminator.Layout)];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, parameters) in Networks) parameters.Dispose();
    }
}
