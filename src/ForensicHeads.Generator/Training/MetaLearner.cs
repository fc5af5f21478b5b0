using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Training;

/// <summary>The meta-learning step of the paper (section 3.2): E, G, P against D over a batch of episodes.</summary>
public sealed class MetaLearner : IDisposable
{
    private readonly TrainOptions options;
    private readonly Objective objective;
    private readonly Architecture nets;

    // Of E, G, P and D, in the order of GeneratorWeights.Networks.
    private readonly Adam[] adams;

    // Of E, G and P.
    private readonly ParameterAverage[] averages;
    private readonly VideoVectors videoVectors;
    private (Tensor? Real, Tensor? Generated) scores;

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
        objective = new Objective(options, files);
        var generatorSide = new AdamOptions(options.GeneratorRate, options.GeneratorBeta1);
        var discriminatorSide = new AdamOptions(Epsilon: options.DiscriminatorEpsilon);
        adams =
        [
            .. GeneratorSide.Select(item => new Adam(item.Parameters.Values, generatorSide)),
            new Adam(weights.Discriminator.Values, discriminatorSide),
        ];
        videoVectors = new VideoVectors(videos, weights.Preset.Embedding, weights.Device, discriminatorSide, options.VideoSpectralNorm);
        // Weights that were trained before are no random start to be forgotten.
        var warmUp = weights.Sha256.Length == 0;
        averages = [.. GeneratorSide.Select(item => new ParameterAverage(item.Parameters, options.AverageDecay, warmUp))];
    }

    /// <summary>The networks being learnt.</summary>
    public GeneratorWeights Weights { get; }

    /// <summary>In which numbers it computes; where is where the weights lie.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    /// <summary>Called between the backward pass of E, G and P and their updates, for tests that look at gradients.</summary>
    internal Action? GradientProbe { get; init; }

    /// <summary>Steps done.</summary>
    public int Step { get; internal set; }

    /// <summary>Whether steps also measure D's scores and the norms of the gradients.</summary>
    public bool Measures { get; set; }

    private bool IsAdversarial => options.DiscriminatorUpdates > 0 && Step >= options.AdversarialFrom;

    private IEnumerable<(string Name, NetworkParameters Parameters)> GeneratorSide => Weights.Networks.SkipLast(1);

    private Adam DiscriminatorAdam => adams[^1];

    /// <summary>The averaged E, G, P with the present D: what is exported. A view, not a copy; do not dispose of it.</summary>
    public GeneratorWeights Averaged => new(Weights, averages[0].Average, averages[1].Average, averages[2].Average, Weights.Discriminator);

    /// <summary>All state that a resumed run needs, by name: networks, averages, optimisers, W.</summary>
    internal LearnerState State => new(
        [.. Weights.Networks, .. GeneratorSide.Zip(averages, (item, average) => ($"average.{item.Name}", average.Average))],
        [.. Weights.Networks.Zip(adams, (item, adam) => ($"adam.{item.Name}", adam))],
        videoVectors.State);

    /// <summary>One step: D is updated on the frames of one forward of E and G, then E, G and P through the updated D.</summary>
    public StepLosses Learn(EpisodeBatch batch)
    {
        using var scope = NewDisposeScope();
        StepLosses? losses = null;
        using var unread = new UnreadSteps<UnreadLosses>((step, numbers) => losses = step.Read(numbers));
        var step = LearnUnread(batch);
        unread.Add(step, step.Scalars);
        unread.Read();
        return losses!;
    }

    /// <summary>The same without waiting for the device; the losses belong to the caller's dispose scope.</summary>
    internal UnreadLosses LearnUnread(EpisodeBatch batch)
    {
        using var scope = NewDisposeScope();
        var factor = options.RateFactor(Step);
        var videos = BatchVideos.Of(batch.Videos, Weights.Device);
        foreach (var adam in adams) adam.Measures = Measures;
        scores = (null, null);
        var isAdversarial = IsAdversarial;
        var embedder = Weights.Embedder.Bind(learn: true, advance: true);
        var generator = Weights.Generator.Bind(learn: true, advance: true);
        var projection = Weights.Projection.Bind(learn: true, advance: true);

        Tensor embedding, adaptive, generated;
        using (Compute.Forwards())
        {
            embedding = nets.Embedder.Average(batch.Shots, batch.Shots.shape[0] / batch.Target.shape[0], embedder)
                .to_type(ScalarType.Float32);
            adaptive = nets.Projection.Forward(embedding, projection).to_type(ScalarType.Float32);
            generated = nets.Generator.Forward(batch.TargetLandmarks, adaptive, generator).to_type(ScalarType.Float32);
        }

        Tensor? discriminatorLoss = null;
        if (isAdversarial)
        {
            videoVectors.Start(videos, embedding);
            for (var i = 0; i < options.DiscriminatorUpdates; i++) discriminatorLoss =
                LearnDiscriminator(batch, videos, generated.detach(), factor);
        }

        Tensor? leaf = null;
        var step = new LossStep(generated, batch.Target, isAdversarial ? Judge : null)
        {
            Landmarks = batch.TargetLandmarks,
            Embedding = embedding,
            Adaptive = adaptive,
        };
        var terms = LearnGenerator(step, factor);
        // Only a term that teaches W, too, left a gradient there.
        if (leaf?.grad is not null) videoVectors.Step(videos, leaf, options.DiscriminatorRate * factor);
        foreach (var average in averages) average.Update(Step + 1);
        Step++;
        Tensor?[] measures = !Measures ? [] :
            [scores.Real, scores.Generated, .. adams.SkipLast(1).Select(adam => adam.GradientNorm),
                isAdversarial ? DiscriminatorAdam.GradientNorm : null];
        return UnreadLosses.Of(terms, [discriminatorLoss, Spread(embedding), .. measures]);

        DiscriminatorJudgement Judge()
        {
            var bound = Weights.Discriminator.Bind(learn: false, advance: false);
            (leaf, var rows) = videoVectors.Bind(videos, advance: false);
            using var fast = Compute.Forwards();
            var judgement = AdversarialLoss.Judge(nets.Discriminator, bound, batch.Target, generated, batch.TargetLandmarks,
                vectors => nets.Discriminator.Score(vectors, rows.detach(), bound));
            return judgement with { VideoVectors = rows };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var adam in adams) adam.Dispose();
        foreach (var average in averages) average.Dispose();
        videoVectors.Dispose();
        objective.Dispose();
    }

    private Tensor LearnDiscriminator(EpisodeBatch batch, BatchVideos videos, Tensor generated, double factor)
    {
        using var scope = NewDisposeScope();
        var bound = Weights.Discriminator.Bind(learn: true, advance: true);
        var (leaf, rows) = videoVectors.Bind(videos, advance: true);
        Tensor real, fake;
        using (Compute.Forwards()) (real, fake) = AdversarialLoss.Scores(nets.Discriminator, bound, batch.Target, generated,
            batch.TargetLandmarks, vectors => nets.Discriminator.Score(vectors, cat([rows, rows], 0), bound));
        if (Measures) scores = (real.detach().mean().MoveToOuterDisposeScope(), fake.detach().mean().MoveToOuterDisposeScope());
        var loss = AdversarialLoss.Hinge(real, fake);
        loss.backward();
        DiscriminatorAdam.Step(options.DiscriminatorRate * factor);
        videoVectors.Step(videos, leaf, options.DiscriminatorRate * factor);
        if (Measures) DiscriminatorAdam.GradientNorm?.MoveToOuterDisposeScope();
        return loss.detach().MoveToOuterDisposeScope();
    }

    private IReadOnlyList<KeyValuePair<string, Tensor>> LearnGenerator(LossStep step, double factor)
    {
        var sum = objective.Of(step);
        sum.Total.backward();
        GradientProbe?.Invoke();
        foreach (var adam in adams.SkipLast(1)) adam.Step(options.GeneratorRate * factor);
        return sum.Terms;
    }

    // Spread of ê over the people of a batch, relative to its size: near zero means that the embedder does nothing.
    private static Tensor? Spread(Tensor embedding)
    {
        if (embedding.shape[0] < 2) return null;
        using var _ = no_grad();
        var detached = embedding.detach();
        return detached.std(0L).mean() / detached.abs().mean().AtLeast(1e-6);
    }
}
