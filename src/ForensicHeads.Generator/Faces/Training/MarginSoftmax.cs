using ForensicHeads.Neural;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Faces.Training;

/// <summary>
/// Large-margin cosine loss (CosFace, Wang et al. 2018, eq. 4): softmax cross entropy of s · (cos θ − m at the true class). The class vectors are those of
/// another video of each person in the batch (as the prototypes of Snell et al. 2017), so that nothing but the network has to be learnt.
/// </summary>
internal static class MarginSoftmax
{
    /// <summary>s, above the bound of the paper's eq. 6 for batches of tens of people.</summary>
    public const double Scale = 16;

    /// <summary>Mean loss, either side told by the other.</summary>
    /// <param name="first">Unit vectors float32[P, L], a person each.</param>
    /// <param name="second">Unit vectors float32[P, L] of the same people in other videos.</param>
    /// <param name="margin">m.</param>
    public static Tensor Of(Tensor first, Tensor second, double margin)
    {
        var people = first.shape[0];
        var logits = (first.matmul(second.t()) - eye(people).Times(margin)).Times(Scale);
        var truth = tensor(Enumerable.Range(0, (int)people).Select(i => (long)i).ToArray());
        return nn.functional.cross_entropy(logits, truth).Plus(nn.functional.cross_entropy(logits.t(), truth)).DividedBy(2);
    }
}
