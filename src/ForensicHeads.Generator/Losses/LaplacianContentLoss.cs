using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>Multi-scale L1 with Laplacian terms: at each of four scales the mean absolute difference of frames and of their band-pass
/// layer.</summary>
/// <remarks>After Bojanowski et al. 2018 (Laplacian pyramid loss), with pooling in place of Gaussian filters.</remarks>
public sealed class LaplacianContentLoss : IContentLoss
{
    private const int Scales = 4;

    // Bands are several times smaller than the frames they come from; this brings both terms to one size.
    private const double BandWeight = 2;

    /// <inheritdoc/>
    public string Name => "laplacian";

    /// <inheritdoc/>
    public Tensor Of(Tensor generated, Tensor truth, Tensor? scales = null)
    {
        // Pooling and differences are linear, so the pyramid of the difference is the difference of the pyramids.
        var difference = generated - truth;
        var total = difference.abs().mean();
        for (var scale = 1; scale < Scales; scale++)
        {
            var coarse = nn.functional.avg_pool2d(difference, 2);
            var band = difference - nn.functional.interpolate(coarse, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
            total = total.Plus(band.abs().mean().Times(BandWeight)).Plus(coarse.abs().mean());
            difference = coarse;
        }

        return total.DividedBy(Scales);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
