using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>L_CNT of the paper (section 3.2): L1 between VGG19 features and between VGGFace features, each layer's mean over elements,
/// summed over layers.</summary>
public sealed class VggContentLoss : IContentLoss
{
    private readonly (VggFeatures Features, double Weight)[] networks;

    /// <summary>Takes the two networks and the weights of their terms; owns the networks.</summary>
    public VggContentLoss(VggFeatures vgg19, double vgg19Weight, VggFeatures vggFace, double vggFaceWeight) =>
        networks = [(vgg19, vgg19Weight), (vggFace, vggFaceWeight)];

    /// <inheritdoc/>
    public string Name => "vgg";

    /// <summary>Reads <c>vgg19.safetensors</c> and <c>vggface.safetensors</c> of the model folder.</summary>
    /// <param name="folder">The model folder; null where none was named.</param>
    /// <param name="vgg19Weight">1.5e-1 in the ICCV version, 1e-2 in arXiv v1.</param>
    /// <param name="vggFaceWeight">2.5e-2 in the ICCV version, 2e-3 in arXiv v1.</param>
    /// <exception cref="UserErrorException">A file is missing or is not such a network.</exception>
    public static VggContentLoss Load(string? folder, double vgg19Weight, double vggFaceWeight)
    {
        var vgg19 = Read(folder, VggLayers.Vgg19);
        try
        {
            return new VggContentLoss(vgg19, vgg19Weight, Read(folder, VggLayers.VggFace), vggFaceWeight);
        }
        catch
        {
            vgg19.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a folder without the two files; does not read them.</summary>
    /// <inheritdoc cref="Load"/>
    public static void Require(string? folder)
    {
        foreach (var layers in new[] { VggLayers.Vgg19, VggLayers.VggFace }) PathOf(folder, layers);
    }

    /// <inheritdoc/>
    public Tensor Of(Tensor generated, Tensor truth, Tensor? scales = null)
    {
        var total = DeviceTensors.Zero(truth.device);
        foreach (var (features, weight) in networks)
        {
            if (weight == 0) continue;
            IReadOnlyList<Tensor> wanted;
            using (no_grad()) wanted = features.Of(truth);
            foreach (var (made, target) in features.Of(generated).Zip(wanted)) total =
                total.Plus((made - target).abs().mean().Times(weight));
        }

        return total;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (features, _) in networks) features.Dispose();
    }

    private static VggFeatures Read(string? folder, VggLayers layers)
    {
        var path = PathOf(folder, layers);
        return new VggFeatures(layers, SafetensorsFile.Read(path), path);
    }

    private static string PathOf(string? folder, VggLayers layers)
    {
        var file = layers.FileName;
        if (folder is null || !File.Exists(Path.Combine(folder, file)))
        {
            throw new UserErrorException(
                $"The content loss 'vgg' needs {file} in the model folder ({folder ?? "none was named"}), the published Caffe weights as "
                + "safetensors; they cannot be shipped. Put it there, or use the content loss laplacian, random-vgg or identity.");
        }

        return Path.Combine(folder, file);
    }
}
