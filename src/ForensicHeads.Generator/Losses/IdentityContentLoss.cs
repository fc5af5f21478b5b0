using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>
/// L1 between the features of the small face-identity network made for it, each layer's output divided by the mean magnitude of the true
/// frame's, plus the Laplacian content loss, so that colours hold; the mean over all these terms.
/// </summary>
/// <remarks>Frames of 128 px and more are first averaged to 64 px for the features. The network's weights are constants.</remarks>
public sealed class IdentityContentLoss : IContentLoss
{
    private readonly FaceIdentity network;
    private readonly LaplacianContentLoss colours = new();

    /// <summary>Takes the network over.</summary>
    public IdentityContentLoss(FaceIdentity network) => this.network = network;

    /// <summary>Reads the network.</summary>
    /// <exception cref="UserErrorException">The weights are missing, damaged or not those of the loss network.</exception>
    public IdentityContentLoss(string path)
        : this(FaceIdentities.Load(IdentityDesign.Loss.Kind, path))
    {
    }

    /// <inheritdoc/>
    public string Name => "identity";

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">The frames' side is not a multiple of 64.</exception>
    public Tensor Of(Tensor generated, Tensor truth, Tensor? scales = null)
    {
        var (bound, target) = Target(truth);
        var distance = FeatureDistance.Of(network.Features(Reduced(generated), bound), target, scales);
        return colours.Of(generated, truth).Plus(distance).DividedBy(target.Count + 1);
    }

    /// <inheritdoc/>
    public Tensor Scales(Tensor truth) => FeatureDistance.Scales(Target(truth).Features);

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        colours.Dispose();
    }

    private (BoundParameters Bound, IReadOnlyList<Tensor> Features) Target(Tensor truth)
    {
        network.Parameters.To(truth.device);
        var bound = network.Parameters.Bind(learn: false, advance: false);
        using var _ = no_grad();
        return (bound, network.Features(Reduced(truth), bound));
    }

    private static Tensor Reduced(Tensor frames)
    {
        var (side, size) = (frames.shape[3], IdentityDesign.Loss.Size);
        if (side % size != 0) throw new UserErrorException(
            $"The content loss 'identity' works on frames of {size} px and multiples of it, not of {side} px. Use "
            + "the content loss laplacian or random-vgg.", exitCode: 2);
        return side == size ? frames : nn.functional.avg_pool2d(frames, side / size);
    }
}
