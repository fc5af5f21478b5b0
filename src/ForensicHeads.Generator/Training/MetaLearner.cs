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
        var parts = MicroBatch.Of(batch, videos, options.MicroBatch);
        foreach (var adam in adams) adam.Measures = Measures;
        scores = (null, null);
        var isAdversarial = IsAdversarial;
        foreach (var (_, parameters) in GeneratorSide) parameters.AdvanceSpectral();

        // One part keeps its graph for the update of E, G and P. Of several D sees the bare frames; each is drawn anew for that update.
        var whole = parts.Count == 1 ? Draw(batch) : null;
        Tensor? discriminatorLoss = null;
        if (isAdversarial)
        {
            Drawn[] drawn = whole is not null ? [whole] : [.. parts.Select(DrawBare)];
            videoVectors.Start(videos, whole?.Embedding ?? cat([.. drawn.Select(part => part.Embedding)], 0));
            Tensor[] generated = [.. drawn.Select(part => part.Generated.detach())];
            for (var i = 0; i < options.DiscriminatorUpdates; i++) discriminatorLoss =
                LearnDiscriminator(parts, videos, generated, factor);
        }

        var leaf = isAdversarial ? videoVectors.Leaf(videos) : null;
        var (terms, embedding) = LearnGenerator(parts, whole, leaf, factor);
        // Only a term that teaches W, too, left a gradient there.
        if (leaf?.grad is not null) videoVectors.Step(videos, leaf, options.DiscriminatorRate * factor);
        foreach (var average in averages) average.Update(Step + 1);
        Step++;
        Tensor?[] measures = !Measures ? [] :
            [scores.Real, scores.Generated, .. adams.SkipLast(1).Select(adam => adam.GradientNorm),
                isAdversarial ? DiscriminatorAdam.GradientNorm : null];
        return UnreadLosses.Of(terms, [discriminatorLoss, Spread(embedding), .. measures]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var adam in adams) adam.Dispose();
        foreach (var average in averages) average.Dispose();
        videoVectors.Dispose();
        objective.Dispose();
    }

    private Drawn Draw(EpisodeBatch episodes)
    {
        var embedder = Weights.Embedder.Bind(learn: true, advance: false);
        var generator = Weights.Generator.Bind(learn: true, advance: false);
        var projection = Weights.Projection.Bind(learn: true, advance: false);
        using var fast = Compute.Forwards();
        var embedding = nets.Embedder.Average(episodes.Shots, episodes.Shots.shape[0] / episodes.Target.shape[0], embedder)
            .to_type(ScalarType.Float32);
        var adaptive = nets.Projection.Forward(embedding, projection).to_type(ScalarType.Float32);
        var generated = nets.Generator.Forward(episodes.TargetLandmarks, adaptive, generator).to_type(ScalarType.Float32);
        return new Drawn(embedding, adaptive, generated);
    }

    // Without a graph, and freed of all but the results.
    private Drawn DrawBare(MicroBatch part)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (embedding, adaptive, generated) = Draw(part.Episodes);
        return new Drawn(Outer(embedding), Outer(adaptive), Outer(generated));
    }

    // One update from the gradient of the whole batch.
    private Tensor LearnDiscriminator(IReadOnlyList<MicroBatch> parts, BatchVideos videos, Tensor[] generated, double factor)
    {
        using var scope = NewDisposeScope();
        Weights.Discriminator.AdvanceSpectral();
        videoVectors.Advance();
        var leaf = videoVectors.Leaf(videos);
        Tensor? loss = null;
        scores = (null, null);
        for (var i = 0; i < parts.Count; i++)
        {
            using var inner = NewDisposeScope();
            var (episodes, own) = parts[i];
            var bound = Weights.Discriminator.Bind(learn: true, advance: false);
            var rows = videoVectors.Rows(own, leaf);
            Tensor real, fake;
            using (Compute.Forwards()) (real, fake) = AdversarialLoss.Scores(nets.Discriminator, bound, episodes.Target, generated[i],
                episodes.TargetLandmarks, vectors => nets.Discriminator.Score(vectors, cat([rows, rows], 0), bound));
            if (Measures) scores = (Mean(scores.Real, real.mean(), parts.Count), Mean(scores.Generated, fake.mean(), parts.Count));
            var hinge = AdversarialLoss.Hinge(real, fake);
            hinge.DividedBy(parts.Count).backward();
            loss = Mean(loss, hinge, parts.Count);
        }

        DiscriminatorAdam.Step(options.DiscriminatorRate * factor);
        videoVectors.Step(videos, leaf, options.DiscriminatorRate * factor);
        if (Measures)
        {
            scores = (Outer(scores.Real!), Outer(scores.Generated!));
            Outer(DiscriminatorAdam.GradientNorm!);
        }

        return Outer(loss!);
    }

    // One update from the gradient of the whole batch, with ê of all its episodes.
    private (IReadOnlyList<KeyValuePair<string, Tensor>> Terms, Tensor Embedding) LearnGenerator(
        IReadOnlyList<MicroBatch> parts, Drawn? whole, Tensor? leaf, double factor)
    {
        KeyValuePair<string, Tensor>[] terms = [];
        var embeddings = new List<Tensor>(parts.Count);
        var scales = whole is null ? objective.ContentScales([.. parts.Select(part => part.Episodes.Target)]) : null;
        foreach (var (episodes, videos) in parts)
        {
            using var inner = NewDisposeScope();
            var drawn = whole ?? Draw(episodes);
            var step = new LossStep(drawn.Generated, episodes.Target, leaf is null ? null : () => Judge(episodes, videos, drawn, leaf))
            {
                Landmarks = episodes.TargetLandmarks,
                Embedding = drawn.Embedding,
                Adaptive = drawn.Adaptive,
                ContentScales = scales,
            };
            var sum = objective.Of(step);
            sum.Total.DividedBy(parts.Count).backward();
            terms = [.. sum.Terms.Select((term, i) => KeyValuePair.Create(term.Key,
                Mean(terms.Length == 0 ? null : terms[i].Value, term.Value, parts.Count)))];
            embeddings.Add(Outer(drawn.Embedding.detach()));
        }

        GradientProbe?.Invoke();
        foreach (var adam in adams.SkipLast(1)) adam.Step(options.GeneratorRate * factor);
        return (terms, embeddings.Count == 1 ? embeddings[0] : cat([.. embeddings], 0));
    }

    private DiscriminatorJudgement Judge(EpisodeBatch episodes, BatchVideos videos, Drawn drawn, Tensor leaf)
    {
        var bound = Weights.Discriminator.Bind(learn: false, advance: false);
        var rows = videoVectors.Rows(videos, leaf);
        using var fast = Compute.Forwards();
        var judgement = AdversarialLoss.Judge(nets.Discriminator, bound, episodes.Target, drawn.Generated, episodes.TargetLandmarks,
            vectors => nets.Discriminator.Score(vectors, rows.detach(), bound));
        return judgement with { VideoVectors = rows };
    }

    // Adds a part's number to the mean over all parts, in the outer scope.
    private static Tensor Mean(Tensor? sum, Tensor value, int parts)
    {
        var share = value.detach().DividedBy(parts);
        return Outer(sum?.Plus(share) ?? share);
    }

    private static Tensor Outer(Tensor value) => value.MoveToOuterDisposeScope();

    // Spread of ê over the people of a batch, relative to its size: near zero means that the embedder does nothing.
    private static Tensor? Spread(Tensor embedding)
    {
        if (embedding.shape[0] < 2) return null;
        using var _ = no_grad();
        var detached = embedding.detach();
        return detached.std(0L).mean() / detached.abs().mean().AtLeast(1e-6);
    }

    /// <summary>What E, P and G make of some episodes.</summary>
    /// <param name="Embedding">ê, float32[N, E].</param>
    /// <param name="Adaptive">ψ̂, float32[N, n].</param>
    /// <param name="Generated">x̂, float32[N, 3, S, S].</param>
    private sealed record Drawn(Tensor Embedding, Tensor Adaptive, Tensor Generated);
}
