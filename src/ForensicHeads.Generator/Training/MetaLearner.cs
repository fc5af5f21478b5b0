using ForensicHeads.Generator.Losses;
using ForensicHeads.Neural.Networks;
using ForensicHeads.Neural.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Training;

/// <summary>What one meta-learning step measured; D's loss is null where D takes no part, the spread of ê where the batch holds one episode.</summary>
public sealed record StepLosses(double Content, double Adversarial, double FeatureMatching, double Matching, double? Discriminator, double? EmbeddingSpread);

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
    private readonly Adam videoAdam;
    private readonly ParameterAverage embedderAverage;
    private readonly ParameterAverage generatorAverage;
    private readonly ParameterAverage projectionAverage;
    private readonly Tensor videoVectors;
    private readonly Tensor videoSeen;

    /// <summary>Starts learning from the given weights, which it changes and does not own.</summary>
    /// <param name="weights">The four networks.</param>
    /// <param name="videos">Number of training videos: rows of W.</param>
    /// <param name="options">Rates and weights of the losses.</param>
    public MetaLearner(GeneratorWeights weights, int videos, TrainOptions options)
    {
        this.options = options.Validated();
        Weights = weights;
        nets = weights.Architecture;
        content = ContentLosses.ByName(options.Content, options.Seed);
        videoVectors = zeros(videos, weights.Preset.Embedding).DetachFromDisposeScope();
        videoVectors.requires_grad_(true);
        videoSeen = zeros(videos).DetachFromDisposeScope();
        embedderAdam = new Adam(weights.Embedder.Values, new AdamOptions(options.GeneratorRate, options.GeneratorBeta1));
        generatorAdam = new Adam(weights.Generator.Values, new AdamOptions(options.GeneratorRate, options.GeneratorBeta1));
        projectionAdam = new Adam(weights.Projection.Values, new AdamOptions(options.GeneratorRate, options.GeneratorBeta1));
        discriminatorAdam = new Adam(weights.Discriminator.Values, new AdamOptions(Epsilon: options.DiscriminatorEpsilon));
        videoAdam = new Adam(videoVectors, new AdamOptions(Epsilon: options.DiscriminatorEpsilon));
        embedderAverage = new ParameterAverage(weights.Embedder, options.AverageDecay);
        generatorAverage = new ParameterAverage(weights.Generator, options.AverageDecay);
        projectionAverage = new ParameterAverage(weights.Projection, options.AverageDecay);
    }

    /// <summary>The networks being learnt.</summary>
    public GeneratorWeights Weights { get; }

    /// <summary>Steps done.</summary>
    public int Step { get; internal set; }

    private bool IsAdversarial => options.DiscriminatorUpdates > 0 && Step >= options.AdversarialFrom;

    /// <summary>The averaged E, G, P with the present D: what is exported. A view, not a copy; do not dispose of it.</summary>
    public GeneratorWeights Averaged => new(Weights, embedderAverage.Average, generatorAverage.Average, projectionAverage.Average, Weights.Discriminator);

    /// <summary>All state that a resumed run needs, by name: networks, averages, optimisers, W.</summary>
    internal LearnerState State => new(
        [.. Weights.Networks, ("average.embedder", embedderAverage.Average), ("average.generator", generatorAverage.Average), ("average.projection", projectionAverage.Average)],
        [("adam.embedder", embedderAdam), ("adam.generator", generatorAdam), ("adam.projection", projectionAdam), ("adam.discriminator", discriminatorAdam), ("adam.videos", videoAdam)],
        [("videos.vectors", videoVectors), ("videos.seen", videoSeen)]);

    /// <summary>One step: D is updated on the frames of one forward of E and G, then E, G and P through the updated D.</summary>
    public StepLosses Learn(EpisodeBatch batch)
    {
        using var scope = NewDisposeScope();
        var factor = options.RateFactor(Step);
        var embedder = Weights.Embedder.Bind(learn: true, advance: true);
        var generator = Weights.Generator.Bind(learn: true, advance: true);
        var projection = Weights.Projection.Bind(learn: true, advance: true);

        var embedding = nets.Embedder.Average(batch.Shots, (int)(batch.Shots.shape[0] / batch.Target.shape[0]), embedder);
        var generated = nets.Generator.Forward(batch.TargetLandmarks, nets.Projection.Forward(embedding, projection), generator);
        double? discriminatorLoss = null;
        if (IsAdversarial)
        {
            StartVideoVectors(batch.Videos, embedding);
            for (var i = 0; i < options.DiscriminatorUpdates; i++) discriminatorLoss = LearnDiscriminator(batch, generated.detach(), factor);
        }

        var losses = LearnGenerator(batch, embedding, generated, factor);
        embedderAverage.Update(Step + 1);
        generatorAverage.Update(Step + 1);
        projectionAverage.Update(Step + 1);
        Step++;
        return losses with { Discriminator = discriminatorLoss, EmbeddingSpread = Spread(embedding) };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var adam in new[] { embedderAdam, generatorAdam, projectionAdam, discriminatorAdam, videoAdam }) adam.Dispose();
        foreach (var average in new[] { embedderAverage, generatorAverage, projectionAverage }) average.Dispose();
        videoVectors.Dispose();
        videoSeen.Dispose();
        content.Dispose();
    }

    // W_i starts at ê_i when its video is first met: L_MCH then binds the two without first pulling ê towards an arbitrary start.
    private void StartVideoVectors(Tensor videos, Tensor embedding)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var seen = videoSeen.index_select(0, videos).unsqueeze(1);
        var rows = videoVectors.index_select(0, videos);
        videoVectors.index_copy_(0, videos, (rows * seen) + (embedding.detach() * (1 - seen)));
        videoSeen.index_fill_(0, videos, 1);
    }

    private double LearnDiscriminator(EpisodeBatch batch, Tensor generated, double factor)
    {
        using var scope = NewDisposeScope();
        var bound = Weights.Discriminator.Bind(learn: true, advance: true);
        var pairs = cat([cat([batch.Target, generated], 0), cat([batch.TargetLandmarks, batch.TargetLandmarks], 0)], 1);
        var features = nets.Discriminator.Features(pairs, bound);
        var rows = videoVectors.index_select(0, batch.Videos);
        var scores = nets.Discriminator.Score(features.Vectors, cat([rows, rows], 0), bound);
        var count = batch.Target.shape[0];
        var loss = AdversarialLoss.Hinge(scores.narrow(0, 0, count), scores.narrow(0, count, count));
        loss.backward();
        discriminatorAdam.Step(options.DiscriminatorRate * factor);
        videoAdam.Step(options.DiscriminatorRate * factor);
        return loss.item<float>();
    }

    private StepLosses LearnGenerator(EpisodeBatch batch, Tensor embedding, Tensor generated, double factor)
    {
        using var scope = NewDisposeScope();
        var contentLoss = content.Of(generated, batch.Target);
        var total = options.ContentWeight * contentLoss;
        var (adversarial, matchingFeatures, matching) = (0.0, 0.0, 0.0);
        if (IsAdversarial)
        {
            var bound = Weights.Discriminator.Bind(learn: false, advance: false);
            DiscriminatorFeatures real;
            using (no_grad()) real = nets.Discriminator.Features(cat([batch.Target, batch.TargetLandmarks], 1), bound);
            var fake = nets.Discriminator.Features(cat([generated, batch.TargetLandmarks], 1), bound);
            var rows = videoVectors.detach().index_select(0, batch.Videos);
            var adversarialLoss = -nets.Discriminator.Score(fake.Vectors, rows, bound).mean();
            var featureLoss = AdversarialLoss.FeatureMatching(real, fake);
            total = total + (options.AdversarialWeight * adversarialLoss) + (options.FeatureMatchingWeight * featureLoss);
            var matchingLoss = AdversarialLoss.Matching(videoVectors.index_select(0, batch.Videos), embedding);
            total = total + (options.MatchingWeight * matchingLoss);
            (adversarial, matchingFeatures, matching) = (adversarialLoss.item<float>(), featureLoss.item<float>(), matchingLoss.item<float>());
        }

        total.backward();
        embedderAdam.Step(options.GeneratorRate * factor);
        generatorAdam.Step(options.GeneratorRate * factor);
        projectionAdam.Step(options.GeneratorRate * factor);
        if (IsAdversarial) videoAdam.Step(options.DiscriminatorRate * factor);
        return new StepLosses(contentLoss.item<float>(), adversarial, matchingFeatures, matching, null, null);
    }

    // Spread of ê over the people of a batch, relative to its size: near zero means that the embedder does nothing.
    private static double? Spread(Tensor embedding)
    {
        if (embedding.shape[0] < 2) return null;
        using var _ = no_grad();
        var detached = embedding.detach();
        return (detached.std(0L).mean() / detached.abs().mean().clamp_min(1e-6)).item<float>();
    }
}
