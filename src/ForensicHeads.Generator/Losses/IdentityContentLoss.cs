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
    public Tensor Of(Tensor generated, Tensor truth)
    {
        network.Parameters.To(truth.device);
        var bound = network.Parameters.Bind(learn: false, advance: false);
        IReadOnlyList<Tensor> target;
        using (no_grad()) target = network.Features(Reduced(truth), bound);
        return colours.Of(generated, truth).Plus(Distance(network.Features(Reduced(generated), bound), target)).DividedBy(target.Count + 1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        colours.Dispose();
    }

    /// <summary>Sum over layers of mean |f − t| / mean |t|.</summary>
    internal static Tensor Distance(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> target)
    {
        var total = DeviceTensors.Zero(target[0].device);
        for (var i = 0; i < target.Count; i++) total =
            total.Plus((features[i] - target[i]).abs().mean() / target[i].detach().abs().mean().AtLeast(1e-3));
        return total;
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
