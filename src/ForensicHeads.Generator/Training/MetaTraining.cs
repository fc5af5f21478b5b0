using System.Globalization;
using System.Threading.Channels;
using ForensicHeads.Foundation;
using ForensicHeads.Neural;

namespace ForensicHeads.Generator.Training;

/// <summary>A whole meta-learning run: loads episodes ahead, learns, logs, draws samples, keeps checkpoints, exports weights.</summary>
public sealed class MetaTraining(EpisodeData data, GeneratorWeights start, TrainOptions options, RunFolder run)
{
    private const int StatsEvery = 20;
    private const int Prefetch = 4;

    /// <summary>Facts that go into the weights' metadata besides step, data hash and seed: licence, command.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Draws the sample grid of a step from the averaged weights; null for none.</summary>
    public Action<GeneratorWeights, string>? DrawSamples { get; init; }

    /// <summary>Called with a warning of a canary: D pinned, ê ignored, NaN.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Runs to the last step, or to the cancellation, after which the run can be resumed.</summary>
    /// <returns>Path of the final weights.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; a checkpoint of the last step has been written.</exception>
    public async Task<string> RunAsync(bool resume, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        TorchRuntime.EnsureLoaded();
        using var learner = new MetaLearner(start, data.Videos, options);
        var sampler = new EpisodeSampler(data, options.Batch, options.Shots, options.Seed);
        var record = new RunRecord { Options = options, Preset = start.Preset, Data = data.Hash, Videos = data.Videos, Init = start.Sha256, Metadata = Metadata };
        run.Begin(learner, record, resume);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var channel = Channel.CreateBounded<EpisodeBatch>(Prefetch);
        var loader = Task.Run(() => LoadAheadAsync(sampler, learner.Step, channel.Writer, stop.Token), CancellationToken.None);
        var canary = new TrainingCanary(message => Warn?.Invoke(message));
        try
        {
            while (learner.Step < options.Steps)
            {
                cancellation.ThrowIfCancellationRequested();
                using var batch = await channel.Reader.ReadAsync(cancellation).ConfigureAwait(false);
                var losses = learner.Learn(batch);
                canary.Observe(learner.Step, losses);
                Report(learner, record, losses, progress);
            }
        }
        catch (ChannelClosedException error) when (error.InnerException is { } cause)
        {
            // What stopped the loader is the error, not the empty channel.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(cause);
        }
        catch (OperationCanceledException)
        {
            run.SaveCheckpoint(learner, record);
            throw;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await loader.ConfigureAwait(false);
            while (channel.Reader.TryRead(out var rest)) rest.Dispose();
        }

        var averaged = learner.Averaged;
        averaged.MeanEmbedding = MeanEmbedding.Of(averaged, data);
        averaged.Save(run.WeightsFile, FullMetadata(learner));
        return run.WeightsFile;
    }

    private async Task LoadAheadAsync(EpisodeSampler sampler, int firstStep, ChannelWriter<EpisodeBatch> writer, CancellationToken stop)
    {
        Exception? failure = null;
        try
        {
            for (var step = firstStep; step < options.Steps; step++)
            {
                var batch = EpisodeLoader.Load(data, sampler.Draw(step));
                try
                {
                    await writer.WriteAsync(batch, stop).ConfigureAwait(false);
                }
                catch
                {
                    batch.Dispose();
                    throw;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The reader stopped.
        }
        catch (Exception error)
        {
            failure = error;
        }

        writer.Complete(failure);
    }

    private void Report(MetaLearner learner, RunRecord record, StepLosses losses, IProgress<StepProgress>? progress)
    {
        var step = learner.Step;
        if (step % StatsEvery == 0 || step == options.Steps)
        {
            File.AppendAllText(run.StatsFile, CanonicalJson.ToLine(new
            {
                step,
                content = losses.Content,
                adversarial = losses.Adversarial,
                feature_matching = losses.FeatureMatching,
                matching = losses.Matching,
                discriminator = losses.Discriminator,
                embedding_spread = losses.EmbeddingSpread,
            }) + "\n");
        }

        if (DrawSamples is not null && (step % options.SampleEvery == 0 || step == options.Steps)) DrawSamples(learner.Averaged, run.SampleFile(step));
        if (step % options.CheckpointEvery == 0 || step == options.Steps) run.SaveCheckpoint(learner, record);
        var discriminator = losses.Discriminator is { } hinge ? string.Create(CultureInfo.InvariantCulture, $", D {hinge:F2}") : "";
        progress?.Report(new StepProgress("meta-learning", step, options.Steps, "steps", string.Create(CultureInfo.InvariantCulture, $"content {losses.Content:F3}{discriminator}")));
    }

    private Dictionary<string, string> FullMetadata(MetaLearner learner) => new(Metadata)
    {
        ["step"] = learner.Step.ToString(CultureInfo.InvariantCulture),
        ["data"] = data.Hash,
        ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
        ["options"] = CanonicalJson.ToLine(options),
    };
}
