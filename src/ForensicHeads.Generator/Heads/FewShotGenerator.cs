using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Heads;

/// <summary>The few-shot generator: makes a person's head from T shots, feed-forward or fine-tuned (section 3.3 of the paper).</summary>
/// <param name="weights">Meta-learnt weights; not changed, not owned.</param>
/// <param name="options">Mode and budget.</param>
public sealed class FewShotGenerator(GeneratorWeights weights, AdaptOptions options)
{
    private const int EmbedBatch = 32;
    private readonly AdaptOptions options = options.Validated();

    /// <summary>Where the networks of content losses lie.</summary>
    public ContentLossFiles ContentFiles { get; init; } = ContentLossFiles.None;

    /// <summary>In which numbers it computes; where is where the weights lie.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    private Device Device => weights.Device;

    /// <summary>Makes the head of one person.</summary>
    /// <param name="shots">At least one shot, all of the generator's frame size.</param>
    /// <param name="progress">Called after every step of a fine-tuning.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public ITalkingHead Adapt(IReadOnlyList<Shot> shots, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var embedding = Embed(shots);
        return options.Mode == Mode.Ff ? FromEmbedding(embedding)
            : FineTune(shots, embedding, options.StepsFor(shots.Count), progress, cancellation);
    }

    /// <summary>
    /// Fine-tuned heads of one person under several budgets. Where the rates do not fall (<see cref="AdaptOptions.DecayShare"/> 0) one
    /// training passes through them all; else each budget falls in its own time and is a training of its own.
    /// </summary>
    /// <param name="shots">At least one shot, all of the generator's frame size.</param>
    /// <param name="updates">Numbers of generator updates, ascending, from 1.</param>
    /// <param name="progress">Called after every update.</param>
    /// <param name="cancellation">Stops between updates.</param>
    /// <returns>One head for each number, in their order; each equals to the bit what a fine-tuning of that number alone gives.</returns>
    public IReadOnlyList<NetworkHead> FineTuneTo(IReadOnlyList<Shot> shots, IReadOnlyList<int> updates, IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(updates);
        using var scope = NewDisposeScope();
        var embedding = Embed(shots);
        var heads = new List<NetworkHead>(updates.Count);
        try
        {
            if (options.DecayShare > 0)
            {
                foreach (var count in updates) heads.Add(FineTune(shots, embedding, count, progress, cancellation));
                return heads;
            }

            heads.Add(FineTune(shots, embedding, updates[^1], progress, cancellation, (done, learner) =>
            {
                if (done < updates[^1] && updates.Contains(done)) heads.Add(learner.Finish());
            }));
            return heads;
        }
        catch
        {
            foreach (var head in heads) head.Dispose();
            throw;
        }
    }

    /// <summary>The head of a given vector ê, float32[1, N]: feed-forward.</summary>
    public NetworkHead FromEmbedding(Tensor embedding)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var adaptive = weights.Architecture.Projection.Forward(embedding, weights.Projection.Bind(learn: false, advance: false));
        return new NetworkHead(weights.Architecture, weights.Preset.Size, weights.Generator, ownsGenerator: false, adaptive)
        {
            Compute = Compute,
        };
    }

    /// <summary>The head of the mean training vector: nobody's face, the <c>t0</c> anchor.</summary>
    /// <exception cref="UserErrorException">The weights carry no mean vector.</exception>
    public NetworkHead Nobody()
    {
        using var scope = NewDisposeScope();
        var mean = weights.MeanEmbedding
            ?? throw new UserErrorException(
                "These weights carry no mean embedding, which t0 needs. Export them again with this version's 'train'.");
        return FromEmbedding(mean.ToTensor(Device, 1, mean.Length));
    }

    /// <summary>ê of the shots, float32[1, N]: the mean over them.</summary>
    public Tensor Embed(IReadOnlyList<Shot> shots)
    {
        if (shots.Count == 0) throw new UserErrorException("No shots were given; a head needs at least one.", exitCode: 2);
        foreach (var shot in shots)
        {
            if (shot.Image.Width == weights.Preset.Size && shot.Image.Height == weights.Preset.Size) continue;
            throw new UserErrorException(
                $"A shot is {shot.Image.Width}×{shot.Image.Height}, but {weights.Preset.Name} works at {weights.Preset.Size} px. Reduce "
                + $"the store with --size {weights.Preset.Size}.");
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bound = weights.Embedder.Bind(learn: false, advance: false);
        var parts = shots.Chunk(EmbedBatch).Select(chunk =>
        {
            // A scope a chunk: the layers' outputs of hundreds of shots would fill the memory.
            using var inner = NewDisposeScope();
            using var fast = Compute.Forwards();
            return weights.Architecture.Embedder.Forward(Pairs(chunk).Both, bound).to_type(ScalarType.Float32).MoveToOuterDisposeScope();
        }).ToArray();
        return cat(parts, 0).mean([0L], keepdim: true).MoveToOuterDisposeScope();
    }

    private NetworkHead FineTune(IReadOnlyList<Shot> shots, Tensor embedding, int steps, IProgress<StepProgress>? progress,
        CancellationToken cancellation, Action<int, FineTuner>? passed = null)
    {
        using var scope = NewDisposeScope();
        using var learner = new FineTuner(weights, embedding, options, ContentFiles) { Compute = Compute };
        // ê is the mean over all shots, the held-out one too: it says who, not how they look in that frame.
        int? heldOut = options.KeepBest && shots.Count > 1 ? BestStep.Choose(shots.Count, options.Seed) : null;
        using var best = heldOut is { } shot ? new BestStep(learner, shots[shot], shot) : null;
        if (heldOut is not null) shots = [.. shots.Where((_, i) => i != heldOut)];
        var (frames, landmarks, _) = Pairs(shots);
        var order = new ShotOrder(shots.Count, Math.Min(options.Batch, shots.Count), options.Seed);
        var jitter = new ShotJitter(options.Jitter, options.Seed);
        string? shown = null;
        TrainingLoop.Run(0, steps, step =>
        {
            var rows = order.Next().ToTensor(Device);
            var (shiftedFrames, shiftedLandmarks) = jitter.Shift(frames.index_select(0, rows), landmarks.index_select(0, rows));
            var sum = learner.Learn(shiftedFrames, shiftedLandmarks, options.RateFactor(step, steps));
            best?.After(step + 1, steps);
            if (UnreadSteps.IsDue(step + 1, Device)) shown = FormattableString.Invariant($"content {sum.Content():F3}");
            progress?.Report(new StepProgress("fine-tuning", step + 1, steps, "steps", shown));
            passed?.Invoke(step + 1, learner);
        }, cancellation);
        return learner.Finish(best?.Result(steps));
    }

    private (Tensor Frames, Tensor Landmarks, Tensor Both) Pairs(IReadOnlyList<Shot> shots)
    {
        var frames = FrameTensor.From(shots.Select(shot => shot.Image).ToArray(), Device);
        var landmarks = FrameTensor.From(shots.Select(shot => LandmarkRaster.Draw(shot.Landmarks, shot.Image.Width)).ToArray(), Device);
        return (frames, landmarks, cat([frames, landmarks], 1));
    }
}
