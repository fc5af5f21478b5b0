namespace ForensicHeads.Generator.Losses;

/// <summary>The convolutions of a VGG network up to relu5_1, by the names of the published Caffe models.</summary>
/// <param name="Name">Which network.</param>
/// <param name="Stages">For each of the five stages its output channels and how many convolutions it has; of the last, one.</param>
/// <param name="Means">Mean of the training set, subtracted from B, G, R in 0…255.</param>
public sealed record VggLayers(string Name, IReadOnlyList<(int Channels, int Convolutions)> Stages, IReadOnlyList<float> Means)
{
    /// <summary>VGG19 (Simonyan and Zisserman 2015), trained on ImageNet; means of the Caffe model.</summary>
    public static VggLayers Vgg19 { get; } = new("vgg19", [(64, 2), (128, 2), (256, 4), (512, 4), (512, 1)], [103.939f, 116.779f, 123.68f]);

    /// <summary>VGGFace (Parkhi et al. 2015), a VGG16 trained on faces; means of the Caffe model.</summary>
    public static VggLayers VggFace { get; } = new("vggface", [(64, 2), (128, 2), (256, 3), (512, 3), (512, 1)], [93.5940f, 104.7624f, 129.1863f]);

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
