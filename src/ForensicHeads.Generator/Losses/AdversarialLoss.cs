using ForensicHeads.Neural;
using ForensicHeads.Neural.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>The adversarial terms of the paper (equations 3 to 6).</summary>
public static class AdversarialLoss
{
    /// <summary>Hinge loss of the discriminator: mean max(0, 1 + D(x̂)) + mean max(0, 1 − D(x)).</summary>
    public static Tensor Hinge(Tensor realScores, Tensor generatedScores)
    {
        return nn.functional.relu(realScores.neg().Plus(1)).mean().Plus(nn.functional.relu(generatedScores.Plus(1)).mean());
    }

    /// <summary>Feature matching: L1 between the discriminator's block outputs of the true and the generated frame, mean over blocks.</summary>
    public static Tensor FeatureMatching(DiscriminatorFeatures real, DiscriminatorFeatures generated)
    {
        var total = zeros(1)[0];
        for (var i = 0; i < real.Blocks.Count; i++) total = total.Plus((generated.Blocks[i] - real.Blocks[i].detach()).abs().mean());
        using var count = real.Blocks.Count.ToScalar();
        return total.div(count);
    }

    /// <summary>L_MCH: |W_i − ê_i|, mean over the batch, and over the N elements their mean or their sum.</summary>
    public static Tensor Matching(Tensor videoVectors, Tensor embeddings, MatchingReduction reduction)
    {
        var difference = (videoVectors - embeddings).abs();
        return reduction == MatchingReduction.Mean ? difference.mean() : difference.sum(1L).mean();
    }
}
