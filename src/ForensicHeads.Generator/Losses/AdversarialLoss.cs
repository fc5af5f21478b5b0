using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>How L_MCH is taken over the N elements of W_i − ê_i; the paper does not say.</summary>
public enum MatchingReduction
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}

/// <summary>The adversarial terms of the paper (equations 3 to 6).</summary>
public static class AdversarialLoss
{
    /// <summary>Hinge loss of the discriminator: mean max(0, 1 + D(x̂)) + mean max(0, 1 − D(x)).</summary>
    public static Tensor Hinge(Tensor realScores, Tensor generatedScores)
    {
        return nn.functional.relu(realScores.neg().Plus(1)).mean().Plus(nn.functional.relu(generatedScores.Plus(1)).mean());
    }

    /// <summary>Feature matching: L1 between the discriminator's block outputs of the true and the generated frame, mean over
    /// blocks.</summary>
    public static Tensor FeatureMatching(DiscriminatorFeatures real, DiscriminatorFeatures generated)
    {
        var total = DeviceTensors.Zero(generated.Vectors.device);
        for (var i = 0; i < real.Blocks.Count; i++) total = total.Plus((generated.Blocks[i] - real.Blocks[i].detach()).abs().mean());
        return total.DividedBy(real.Blocks.Count);
    }

    /// <summary>L_MCH: |W_i − ê_i|, mean over the batch, and over the N elements their mean or their sum.</summary>
    public static Tensor Matching(Tensor videoVectors, Tensor embeddings, MatchingReduction reduction)
    {
        var difference = (videoVectors - embeddings).abs();
        return reduction == MatchingReduction.Mean ? difference.mean() : difference.sum(1L).mean();
    }

    /// <summary>D's scores of true and of generated frames, float32[N] each, from one forward.</summary>
    /// <param name="net">D's wiring.</param>
    /// <param name="bound">Its values.</param>
    /// <param name="truth">x, float32[N, 3, S, S].</param>
    /// <param name="generated">x̂, likewise.</param>
    /// <param name="landmarks">y, likewise.</param>
    /// <param name="score">V float32[2N, E] to scores float32[2N].</param>
    internal static (Tensor Real, Tensor Generated) Scores(
        Discriminator net, BoundParameters bound, Tensor truth, Tensor generated, Tensor landmarks, Func<Tensor, Tensor> score)
    {
        var pairs = cat([cat([truth, generated], 0), cat([landmarks, landmarks], 0)], 1);
        var scores = score(net.Features(pairs, bound).Vectors);
        var count = truth.shape[0];
        return (scores.narrow(0, 0, count), scores.narrow(0, count, count));
    }

    /// <summary>What D makes of both frames of a step, for the terms of the generator's side.</summary>
    /// <inheritdoc cref="Scores"/>
    internal static DiscriminatorJudgement Judge(
        Discriminator net, BoundParameters bound, Tensor truth, Tensor generated, Tensor landmarks, Func<Tensor, Tensor> score)
    {
        DiscriminatorFeatures real;
        using (no_grad()) real = net.Features(cat([truth, landmarks], 1), bound);
        var made = net.Features(cat([generated, landmarks], 1), bound);
        return new DiscriminatorJudgement(real, made, score(made.Vectors));
    }
}

/// <summary>−D(x̂).</summary>
internal sealed record AdversarialTerm : ILossTerm
{
    public const string Key = "adversarial";

    public string Name => Key;

    public Tensor? Of(LossStep step) => step.DiscriminatorJudgement is { } judgement ? -judgement.Scores.mean() : null;
}

/// <summary><see cref="AdversarialLoss.FeatureMatching"/>.</summary>
internal sealed record FeatureMatchingTerm : ILossTerm
{
    public const string Key = "feature_matching";

    public string Name => Key;

    public Tensor? Of(LossStep step) =>
        step.DiscriminatorJudgement is { } judgement ? AdversarialLoss.FeatureMatching(judgement.Real, judgement.Generated) : null;
}

/// <summary><see cref="AdversarialLoss.Matching"/>, which teaches E and, where asked, W.</summary>
internal sealed record MatchingTerm(MatchingReduction Reduction, bool TeachesVideos) : ILossTerm
{
    public const string Key = "matching";

    public string Name => Key;

    public Tensor? Of(LossStep step) => step is { DiscriminatorJudgement.VideoVectors: { } rows, Embedding: { } embedding }
        ? AdversarialLoss.Matching(TeachesVideos ? rows : rows.detach(), embedding, Reduction)
        : null;
}
