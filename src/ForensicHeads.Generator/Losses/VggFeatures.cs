using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>A fixed VGG network in Caffe's scaling: the outputs of relu1_1, relu2_1, relu3_1, relu4_1 and relu5_1.</summary>
/// <remarks>Weights come from the user: <c>NAME.safetensors</c> with <c>conv1_1.weight</c>, <c>conv1_1.bias</c> … <c>conv5_1.bias</c> of
/// the published Caffe model.</remarks>
public sealed class VggFeatures : IDisposable
{
    private readonly VggLayers layers;
    private readonly DeviceConstants convolutions;

    /// <summary>Takes the weights of a file.</summary>
    /// <param name="layers">Which network.</param>
    /// <param name="content">The file's tensors.</param>
    /// <param name="source">Its path, for messages.</param>
    /// <exception cref="UserErrorException">A tensor is missing or has another shape.</exception>
    public VggFeatures(VggLayers layers, SafetensorsContent content, string source)
    {
        this.layers = layers;
        if (!content.Tensors.ContainsKey("conv1_1.weight") && content.Tensors.ContainsKey("features.0.weight"))
        {
            throw new UserErrorException(
                $"{source} has torchvision's tensor names (features.0.weight …). Those weights expect frames in another scaling, under "
                + "which the paper's loss weights mean nothing. Convert the published Caffe model, with its names (conv1_1.weight …).");
        }

        var found = layers.Convolutions()
            .Select(layer => (
                layer.Shape,
                Weight: NetworkFile.Find(content, $"{layer.Name}.weight", layer.Shape, source).Values,
                Bias: NetworkFile.Find(content, $"{layer.Name}.bias", [layer.Shape[0]], source).Values))
            .ToArray();
        // Each convolution's weight, then its bias.
        convolutions = new DeviceConstants(device =>
            [.. found.SelectMany(layer => new[] { layer.Weight.ToTensor(device, layer.Shape), layer.Bias.ToTensor(device) })]);
    }

    /// <summary>Frames float32[N, 3, S, S], RGB in −1…1, to the five feature maps.</summary>
    public IReadOnlyList<Tensor> Of(Tensor frames)
    {
        var x = ToCaffe(frames, layers.Means);
        var features = new List<Tensor>();
        foreach (var (layer, parts) in layers.Convolutions().Zip(convolutions.On(frames.device).Chunk(2)))
        {
            if (layer.PoolsFirst) x = nn.functional.max_pool2d(x, 2);
            x = nn.functional.relu(nn.functional.conv2d(x, parts[0], parts[1], padding: [1, 1]));
            if (layer.IsFeature) features.Add(x);
        }

        return features;
    }

    /// <summary>RGB in −1…1 to what Caffe models take: B, G, R in 0…255 less the training set's means.</summary>
    public static Tensor ToCaffe(Tensor frames, IReadOnlyList<float> means) =>
        frames.flip(1).Plus(1).Times(127.5) - means.ToArray().ToTensor(frames.device, 1, 3, 1, 1);

    /// <inheritdoc/>
    public void Dispose() => convolutions.Dispose();
}

/// <summary>The convolutions of a VGG network up to relu5_1, by the names of the published Caffe models.</summary>
/// <param name="Name">Which network.</param>
/// <param name="Stages">For each of the five stages its output channels and how many convolutions it has; of the last, one.</param>
/// <param name="Means">Mean of the training set, subtracted from B, G, R in 0…255.</param>
public sealed record VggLayers(string Name, IReadOnlyList<(int Channels, int Convolutions)> Stages, IReadOnlyList<float> Means)
{
    /// <summary>VGG19 (Simonyan and Zisserman 2015), trained on ImageNet; means of the Caffe model.</summary>
    public static VggLayers Vgg19 { get; } = new("vgg19", [(64, 2), (128, 2), (256, 4), (512, 4), (512, 1)], [103.939f, 116.779f, 123.68f]);

    /// <summary>VGGFace (Parkhi et al. 2015), a VGG16 trained on faces; means of the Caffe model.</summary>
    public static VggLayers VggFace { get; } =
        new("vggface", [(64, 2), (128, 2), (256, 3), (512, 3), (512, 1)], [93.5940f, 104.7624f, 129.1863f]);

    /// <summary>The file of its weights in a model folder.</summary>
    public string FileName => $"{Name}.safetensors";

    /// <summary>Name and weight shape [out, in, 3, 3] of every convolution, from the frame inwards.</summary>
    public IEnumerable<(string Name, long[] Shape, bool IsFeature, bool PoolsFirst)> Convolutions()
    {
        var inputs = 3;
        for (var stage = 0; stage < Stages.Count; stage++)
        {
            var (channels, count) = Stages[stage];
            for (var i = 0; i < count; i++)
            {
                yield return ($"conv{stage + 1}_{i + 1}", [channels, inputs, 3, 3], i == 0, i == 0 && stage > 0);
                inputs = channels;
            }
        }
    }
}
