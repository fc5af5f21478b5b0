using ForensicHeads.Generator.Losses;
using ForensicHeads.Neural;
using ForensicHeads.Neural.Networks;
using ForensicHeads.Neural.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Training;

/// <summary>What one meta-learning step measured; D's loss is null where D takes no part, the spread of ê where the batch holds one episode.</summary>
public sealed record StepLosses(double Content, double Adversarial, double FeatureMatching, double Matching, double? Discriminator, double? EmbeddingSpread)
{
    /// <summary>Scores and gradient norms; null where <see cref="MetaLearner.Measures"/> was off.</summary>
    public StepMeasures? Measures { get; init; }
}

/// <summary>The meta-learning step of the paper (section 3.2): E, G, P against D over a batch of episodes.</summary>
public sealed class MetaLearner : IDisposable
{
    private readonly TrainOptions options;
    private readonly IContentLoss content;
    private readonly Architecture nets;
    private readonly Adam embedderAdam;
    private readonly Adam generatorAdam;
    private readonly Adam projectionAdam;
    private readonly Adam discriminatorAdam;
    private readonly ParameterAverage embedderAverage;
    private readonly ParameterAverage generatorAverage;
    private readonly ParameterAverage projectionAverage;
    private readonly VideoVectors videoVectors;
    private (double? Real, double? Generated) scores;

    /// <summary>Starts learning from the given weights, which it changes and does not own.</summary>
    /// <param name="weights">The four networks.</param>
    /// <param name="videos">Number of training videos: rows of W.</param>
    /// <param name="options">Rates and weights of the losses.</param>
    /// <param name="files">Where the networks of content losses lie; null for none.</param>
    public MetaLearner(GeneratorWeights weights, int videos, TrainOptions options, ContentLossFiles? files = null)
    {
        this.options = options.Validated();
        Weights = weights;
        nets = weights.Architecture;
        content = ContentLosses.ByName(options.Content, options.Seed, files, options.Vgg19Weight, options.VggFaceWeight);
        var (generatorSide, discriminatorSide) = (new AdamOptions(options.GeneratorRate, options.GeneratorBeta1), new AdamOptions(Epsilon: options.DiscriminatorEpsilon));
        embedderAdam = new Adam(weights.Embedder.Values, generatorSide);
        generatorAdam = new Adam(weights.Generator.Values, generatorSide);
        projectionAdam = new Adam(weights.Projection.Values, generatorSide);
        discriminatorAdam = new Adam(weights.Discriminator.Values, discriminatorSide);
        videoVectors = new VideoVectors(videos, weights.Preset.Embedding, discriminatorSide, options.VideoSpectralNorm);
        // Weights that were trained before are no random start to be forgotten.
        var warmUp = weights.Sha256.Length == 0;
        embedderAverage = new ParameterAverage(weights.Embedder, options.AverageDecay, warmUp);
        generatorAverage = new ParameterAverage(weights.Generator, options.AverageDecay, warmUp);
        projectionAverage = new ParameterAverage(weights.Projection, options.AverageDecay, warmUp);
    }

    /// <summary>The networks being learnt.</summary>
    public GeneratorWeights Weights { get; }

    /// <summary>Called between the backward pass of E, G and P and their updates, for tests that look at gradients.</summary>
    internal Action? GradientProbe { get; init; }

    /// <summary>Steps done.</summary>
    public int Step { get; internal set; }

    /// <summary>Whether steps also measure D's scores and the norms of the gradients.</summary>
    public bool Measures { get; set; }

    private bool IsAdversarial => options.DiscriminatorUpdates > 0 && Step >= options.AdversarialFrom;

    /// <summary>The averaged E, G, P with the present D: what is exported. A view, not a copy; do not dispose of it.</summary>
    public GeneratorWeights Averaged => new(Weights, embedderAverage.Average, generatorAverage.Average, projectionAverage.Average, Weights.Discriminator);

    /// <summary>All state that a resumed run needs, by name: networks, averages, optimisers, W.</summary>
    internal LearnerState State => new(
        [.. Weights.Networks, ("average.embedder", embedderAverage.Average), ("average.generator", generatorAverage.Average), ("average.projection", projectionAverage.Average)],
        [("adam.embedder", embedderAdam), ("adam.generator", generatorAdam), ("adam.projection", projectionAdam), ("adam.discriminator", discriminatorAdam)],
        videoVectors.State);

    /// <summary>One step: D is updated on the frames of one forward of E and G, then E, G and P through the updated D.</summary>
    public StepLosses Learn(EpisodeBatch batch)
    {
        using var scope = NewDisposeScope();
        var factor = options.RateFactor(Step);
        var videos = BatchVideos.Of(batch.Videos);
        foreach (var adam in new[] { embedderAdam, generatorAdam, projectionAdam, discriminatorAdam }) adam.Measures = Measures;
        scores = (null, null);
        var isAdversarial = IsAdversarial;
        var embedder = Weights.Embedder.Bind(learn: true, advance: true);
        var generator = Weights.Generator.Bind(learn: true, advance: true);
        var projection = Weights.Projection.Bind(learn: true, advance: true);

        var embedding = nets.Embedder.Average(batch.Shots, (int)(batch.Shots.shape[0] / batch.Target.shape[0]), embedder);
        var generated = nets.Generator.Forward(batch.TargetLandmarks, nets.Projection.Forward(embedding, projection), generator);
        double? discriminatorLoss = null;
        if (IsAdversarial)
        {
            videoVectors.Start(videos, embedding);
            for (var i = 0; i < options.DiscriminatorUpdates; i++) discriminatorLoss = LearnDiscriminator(batch, videos, generated.detach(), factor);
        }

        var losses = LearnGenerator(batch, videos, embedding, generated, factor);
        embedderAverage.Update(Step + 1);
        generatorAverage.Update(Step + 1);
        projectionAverage.Update(Step + 1);
        Step++;
        return losses with
        {
            Discriminator = discriminatorLoss,
            EmbeddingSpread = Spread(embedding),
            Measures = Measures ? new StepMeasures(scores.Real, scores.Generated, embedderAdam.GradientNorm, generatorAdam.GradientNorm, projectionAdam.GradientNorm, isAdversarial ? discriminatorAdam.GradientNorm : null) : null,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var adam in new[] { embedderAdam, generatorAdam, projectionAdam, discriminatorAdam }) adam.Dispose();
        foreach (var average in new[] { embedderAverage, generatorAverage, projectionAverage }) average.Dispose();
        videoVectors.Dispose();
        content.Dispose();
    }

    private double LearnDiscriminator(EpisodeBatch batch, BatchVideos videos, Tensor generated, double factor)
    {
        using var scope = NewDisposeScope();
        var bound = Weights.Discriminator.Bind(learn: true, advance: true);
        var pairs = cat([cat([batch.Target, generated], 0), cat([batch.TargetLandmarks, batch.TargetLandmarks], 0)], 1);
        var features = nets.Discriminator.Features(pairs, bound);
        var (leaf, rows) = videoVectors.Bind(videos, advance: true);
        var scores = nets.Discriminator.Score(features.Vectors, cat([rows, rows], 0), bound);
        var count = batch.Target.shape[0];
        var (real, fake) = (scores.narrow(0, 0, count), scores.narrow(0, count, count));
        if (Measures) this.scores = (real.mean().item<float>(), fake.mean().item<float>());
        var loss = AdversarialLoss.Hinge(real, fake);
        loss.backward();
        discriminatorAdam.Step(options.DiscriminatorRate * factor);
        videoVectors.Step(videos, leaf, options.DiscriminatorRate * factor);
        return loss.item<float>();
    }

    private StepLosses LearnGenerator(EpisodeBatch batch, BatchVideos videos, Tensor embedding, Tensor generated, double factor)
    {
        using var scope = NewDisposeScope();
        var contentLoss = content.Of(generated, batch.Target);
        var total = contentLoss.Times(options.ContentWeight);
        var (adversarial, matchingFeatures, matching) = (0.0, 0.0, 0.0);
        Tensor? matchedLeaf = null;
        if (IsAdversarial)
        {
            var bound = Weights.Discriminator.Bind(learn: false, advance: false);
            DiscriminatorFeatures real;
            using (no_grad()) real = nets.Discriminator.Features(cat([batch.Target, batch.TargetLandmarks], 1), bound);
            var fake = nets.Discriminator.Features(cat([generated, batch.TargetLandmarks], 1), bound);
            var (leaf, rows) = videoVectors.Bind(videos, advance: false);
            var adversarialLoss = -nets.Discriminator.Score(fake.Vectors, rows.detach(), bound).mean();
            var featureLoss = AdversarialLoss.FeatureMatching(real, fake);
            total = total.Plus(adversarialLoss.Times(options.AdversarialWeight)).Plus(featureLoss.Times(options.FeatureMatchingWeight));
            var matchingLoss = AdversarialLoss.Matching(options.MatchingTeachesVideos ? rows : rows.detach(), embedding, options.MatchingReduction);
            if (options.MatchingTeachesVideos) matchedLeaf = leaf;
            total = total.Plus(matchingLoss.Times(options.MatchingWeight));
            (adversarial, matchingFeatures, matching) = (adversarialLoss.item<float>(), featureLoss.item<float>(), matchingLoss.item<float>());
        }

        total.backward();
        GradientProbe?.Invoke();
        embedderAdam.Step(options.GeneratorRate * factor);
        generatorAdam.Step(options.GeneratorRate * factor);
        projectionAdam.Step(options.GeneratorRate * factor);
        if (matchedLeaf is not null) videoVectors.Step(videos, matchedLeaf, options.DiscriminatorRate * factor);
        return new StepLosses(contentLoss.item<float>(), adversarial, matchingFeatures, matching, null, null);
    }

    // Spread of ê over the people of a batch, relative to its size: near zero means that the embedder does nothing.
    private static double? Spread(Tensor embedding)
    {
        if (embedding.shape[0] < 2) return null;
        using var _ = no_grad();
        var detached = embedding.detach();
        return (detached.std(0L).mean() / detached.abs().mean().AtLeast(1e-6)).item<float>();
    }
}
