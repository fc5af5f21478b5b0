using System.Globalization;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Training;

/// <summary>A whole meta-learning run: loads episodes ahead, learns, logs, draws samples, keeps checkpoints, exports weights.</summary>
public sealed class MetaTraining(FaceVideos data, GeneratorWeights start, TrainOptions options, RunFolder run)
{
    private const int StatsEvery = UnreadSteps.Every;
    private const int Prefetch = 4;

    /// <summary>Where, and in which numbers, it learns.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    /// <summary>Facts that go into the weights' metadata besides step, data hash and seed: licence, command.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>What the frames were taken from, for <c>run.json</c>.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the networks of content losses lie.</summary>
    public ContentLossFiles ContentFiles { get; init; } = ContentLossFiles.None;

    /// <summary>The people drawn every <see cref="TrainOptions.SampleEvery"/> steps, from the averaged weights; null for none.</summary>
    public SampleGrid? Samples { get; init; }

    /// <summary>Called with a warning: of a canary (D pinned, ê ignored), or of a resumed run whose surroundings have changed.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>The clock, for timings.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Runs to the last step, or to the cancellation, after which the run can be resumed.</summary>
    /// <returns>Path of the final weights.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; a checkpoint of the last step has been written.</exception>
    /// <exception cref="UserErrorException">Losses, gradients or weights became NaN; or the folder holds another run, or one at
    /// work.</exception>
    public Task<string> RunAsync(bool resume, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        // One thread for all steps: libtorch keeps a pool of helpers for every thread that computes.
        Task.Run(() => Run(resume, progress, cancellation), CancellationToken.None);

    private string Run(bool resume, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        TorchRuntime.EnsureLoaded();
        using var learner = new MetaLearner(start.To(Compute), data.Videos, options, ContentFiles) { Compute = Compute };
        var sampler = new EpisodeSampler(data, options.Batch, options.Shots, options.Seed);
        var record = Record();
        using var taken = run.Take();
        if (resume) Compare(RunRecord.Find(run.Path), record);
        run.Begin(learner, record, resume);
        var canary = new TrainingCanary(message => Warn?.Invoke(message), () => run.LastCheckpoint);
        using var log = new RunLog(run, Time);
        StepLosses? last = null;
        using var unread = new UnreadSteps<(int Step, UnreadLosses Losses)>((step, numbers) =>
            canary.Observe(step.Step, last = step.Losses.Read(numbers)));
        var readers = data.IsInMemory ? 1 : Math.Min(Prefetch, Environment.ProcessorCount);
        using var loader = new StepPrefetcher<EpisodeFrames>(
            step => EpisodeFrames.Read(data, sampler.Draw(step)), learner.Step, options.Steps, Prefetch, readers);
        var clock = new StepClock(Time);
        try
        {
            TrainingLoop.Run(learner.Step, options.Steps, step =>
            {
                learner.Measures = IsLogged(step + 1);
                using var batch = loader.Next(cancellation).ToBatch(start.Device);
                clock.Waited();
                var losses = learner.LearnUnread(batch);
                unread.Add((learner.Step, losses), losses.Scalars);
                if (learner.Measures || IsDue(learner.Step, options.CheckpointEvery) || UnreadSteps.IsDue(learner.Step, start.Device))
                    unread.Read();
                clock.Computed();
                if (learner.Measures) Log(learner, last!, log, clock, canary);
                if (IsDue(learner.Step, options.CheckpointEvery)) run.SaveCheckpoint(learner, record);
                clock.Kept();
                Report(learner.Step, last, progress);
            }, cancellation);
        }
        catch (OperationCanceledException)
        {
            unread.Read();
            run.SaveCheckpoint(learner, record);
            throw;
        }

        var averaged = learner.Averaged;
        averaged.MeanEmbedding = MeanEmbedding.Of(averaged, data, progress, cancellation);
        averaged.Save(run.WeightsFile, FullMetadata(learner));
        run.Written?.Invoke(run.WeightsFile);
        return run.WeightsFile;
    }

    private bool IsDue(int step, int every) => step % every == 0 || step == options.Steps;

    private bool IsLogged(int step) => IsDue(step, StatsEvery) || (Samples is not null && IsDue(step, options.SampleEvery));

    private void Log(MetaLearner learner, StepLosses losses, RunLog log, StepClock clock, TrainingCanary canary)
    {
        var step = learner.Step;
        var drawing = Samples is not null && IsDue(step, options.SampleEvery) ? Samples.Draw(learner.Averaged) : null;
        canary.ObserveSwap(step, drawing?.SwapChange);
        var factor = options.RateFactor(step - 1);
        var figures = new StepFigures
        {
            Step = step,
            Content = losses.Content,
            Adversarial = losses.Of(AdversarialTerm.Key),
            FeatureMatching = losses.Of(FeatureMatchingTerm.Key),
            Matching = losses.Of(MatchingTerm.Key),
            Discriminator = losses.Discriminator,
            ScoreReal = losses.Measures?.RealScore,
            ScoreGenerated = losses.Measures?.GeneratedScore,
            GradientEmbedder = losses.Measures?.Embedder,
            GradientGenerator = losses.Measures?.Generator,
            GradientProjection = losses.Measures?.Projection,
            GradientDiscriminator = losses.Measures?.Discriminator,
            RateGenerator = options.GeneratorRate * factor,
            RateDiscriminator = options.DiscriminatorRate * factor,
            EmbeddingSpread = losses.EmbeddingSpread,
            SwapChange = drawing?.SwapChange,
            Further = losses.Terms.Where(term => !StepFigures.Terms.Contains(term.Key))
                .ToDictionary(term => term.Key, term => JsonSerializer.SerializeToElement(term.Value)),
        };
        log.Write(figures, clock.Read(step), drawing);
    }

    private void Report(int step, StepLosses? losses, IProgress<StepProgress>? progress)
    {
        var discriminator = losses?.Discriminator is { } hinge ? FormattableString.Invariant($", D {hinge:F2}") : "";
        var shown = losses is null ? null : FormattableString.Invariant($"content {losses.Content:F3}{discriminator}");
        progress?.Report(new StepProgress("meta-learning", step, options.Steps, "steps", shown));
    }

    private RunRecord Record() => new()
    {
        Options = options,
        Preset = start.Preset,
        Data = data.Hash,
        Videos = data.Videos,
        Init = start.Sha256,
        Metadata = Metadata,
        Environment = RunEnvironment.Here(Compute),
        Inputs = AllInputs(),
    };

    private Dictionary<string, string> AllInputs()
    {
        var all = new Dictionary<string, string>(Inputs);
        if (Samples is not null) all[RunRecord.SamplesKey] = Samples.DataHash;
        return all;
    }

    // Other options or data are refused; what only may change the last bits, or the grids, is said.
    private void Compare(RunRecord? begun, RunRecord now)
    {
        if (begun?.Environment?.Difference(now.Environment!)
            is { } difference) Warn?.Invoke($"the run was begun with {difference}; its end may not be the same to the byte.");
        if (begun is not null && begun.Options.MicroBatch != now.Options.MicroBatch) Warn?.Invoke(
            $"the run was begun with micro-batches of {Part(begun)}, now {Part(now)}; its end will not be the same to the byte.");
        if (begun is not null && begun.Inputs.TryGetValue(RunRecord.SamplesKey, out var people)
            && people != now.Inputs.GetValueOrDefault(RunRecord.SamplesKey))
        {
            Warn?.Invoke(
                "the sample grids show other people from here on than when the run was begun; name the same --held-out to keep them.");
        }
    }

    private static int Part(RunRecord record) => record.Options.MicroBatch ?? record.Options.Batch;

    private Dictionary<string, string> FullMetadata(MetaLearner learner) => new(Metadata)
    {
        ["step"] = learner.Step.ToString(CultureInfo.InvariantCulture),
        ["data"] = data.Hash,
        ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
        ["options"] = CanonicalJson.ToLine(options),
        [LearntPeople.MetadataKey] = data.Learnt.And(start.Learnt).ToLine(),
    };
}

/// <summary>The mean of ê over the training videos, for the <c>t0</c> anchor.</summary>
internal static class MeanEmbedding
{
    private const int ShotsPerVideo = 8;

    public static float[] Of(GeneratorWeights weights, FaceVideos data, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bound = weights.Embedder.Bind(learn: false, advance: false);
        var total = DeviceTensors.Zeros(weights.Device, weights.Preset.Embedding);
        for (var video = 0; video < data.Videos; video++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var shots = Math.Min(ShotsPerVideo, data.Frames(video));
            var frames = Enumerable.Range(0, shots).Select(i => i * data.Frames(video) / shots).ToArray();
            using var batch = EpisodeFrames.Read(data, [new Episode(video, frames, 0)]).ToBatch(weights.Device);
            total.AddInPlace(weights.Architecture.Embedder.Average(batch.Shots, shots, bound).view(-1));
            progress?.Report(new StepProgress("mean vector", video + 1, data.Videos, "videos"));
        }

        return total.DividedBy(data.Videos).ToHost<float>();
    }
}
