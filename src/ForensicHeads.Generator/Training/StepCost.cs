using System.Diagnostics;

namespace ForensicHeads.Generator.Training;

/// <summary>What a step of meta-learning costs, measured on frames of noise.</summary>
/// <param name="Batch">Episodes of a measured step; fewer than were asked for where the frames are large, and then scaled.</param>
/// <param name="SecondsAStep">The mean over a whole run.</param>
/// <param name="WithDiscriminator">Seconds of a step in which the discriminator learns; null where none does.</param>
/// <param name="WithoutDiscriminator">Seconds of a step before <see cref="TrainOptions.AdversarialFrom"/>; null where none is.</param>
/// <param name="ActivationBytes">Activations and workspace of the dearest step, in bytes.</param>
public sealed record StepCost(
    int Batch, double SecondsAStep, double? WithDiscriminator, double? WithoutDiscriminator, long ActivationBytes)
{
    // A step over this many frame pixels is measured as it is; a larger one on fewer episodes and scaled.
    private const long MeasuredPixels = 8L * 9 * 64 * 64;

    /// <summary>Measures both kinds of steps, those with the discriminator and the far cheaper ones before it takes part; each counts by
    /// its share of the run.</summary>
    /// <param name="preset">Sizes of the networks.</param>
    /// <param name="options">How it would be learnt.</param>
    /// <param name="steps">Steps to measure of each kind, from 1.</param>
    /// <param name="losses">Where the networks of content losses lie.</param>
    /// <param name="compute">Where, and in which numbers, the steps are computed.</param>
    /// <param name="progress">Steps done, of each kind.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">No step to measure.</exception>
    public static StepCost Measure(NetworkPreset preset, TrainOptions options, int steps, ContentLossFiles losses, Compute compute,
        IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(preset);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var without = options.DiscriminatorUpdates == 0 ? 1 : Math.Min(1, (double)options.AdversarialFrom / options.Steps);

        // With D first: it needs the most memory, and the peak of a process never falls.
        var dear = without < 1 ? Of(options with { AdversarialFrom = 0 }, "measuring with D") : null;
        var cheap = without > 0 ? Of(options with { AdversarialFrom = int.MaxValue }, "measuring without D") : null;
        var (batch, _, bytes) = (dear ?? cheap)!;
        var seconds = ((dear?.Seconds ?? 0) * (1 - without)) + ((cheap?.Seconds ?? 0) * without);
        return new StepCost(batch, seconds, dear?.Seconds, cheap?.Seconds, bytes);

        Phase Of(TrainOptions phase, string stage) => MeasurePhase(preset, phase, steps, losses, compute, stage, progress, cancellation);
    }

    private static Phase MeasurePhase(NetworkPreset preset, TrainOptions options, int steps, ContentLossFiles losses, Compute compute,
        string stage, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var pixels = (long)preset.Size * preset.Size * (options.Shots + 1);
        var part = options.MicroBatch ?? options.Batch;
        var measured = (int)Math.Clamp(MeasuredPixels / pixels, 1, part);
        // Of several parts two are measured: in a step of one, E and G draw once instead of twice.
        var batch = part == options.Batch ? measured : 2 * measured;
        var data = Noise(preset.Size, batch, options.Shots + 1);
        using var weights = new GeneratorWeights(preset, options.Seed);
        var asked = options with { Batch = batch, MicroBatch = part == options.Batch ? null : measured };
        using var learner = new MetaLearner(weights.To(compute), data.Videos, asked, losses)
        {
            Compute = compute,
        };
        var sampler = new EpisodeSampler(data, batch, options.Shots, options.Seed);
        // The weights, moments and averages are there by now; the gradients come with the first step.
        var gradients = MemoryEstimate.Of(preset, options, data.Videos).Gradients;
        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        var watch = new Stopwatch();
        // The first step also allocates and picks algorithms: not counted.
        for (var step = 0; step <= steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (step == 1) watch.Start();
            using var episodes = EpisodeFrames.Read(data, sampler.Draw(step)).ToBatch(weights.Device);
            learner.Learn(episodes);
            progress?.Report(new StepProgress(stage, step + 1, steps + 1, "steps"));
        }

        process.Refresh();
        return new Phase(batch, watch.Elapsed.TotalSeconds / steps * options.Batch / batch,
            (long)(Math.Max(0, process.PeakWorkingSet64 - before - gradients) * ((double)part / measured)));
    }

    private static FaceVideos Noise(int size, int videos, int frames)
    {
        var random = new SeededRandom(1, "dry-run");
        var pixels = new byte[size * size * 3];
        foreach (ref var value in pixels.AsSpan()) value = (byte)random.NextInt(256);
        var points = new Landmarks68([.. Enumerable.Range(0, 2 * Landmarks68.Count).Select(_ => (float)random.Uniform(0, size))]);
        return new FaceVideos(
            size,
            [.. Enumerable.Range(0, videos).Select(_ => Enumerable.Repeat(pixels, frames).ToArray())],
            [.. Enumerable.Range(0, videos).Select(_ => Enumerable.Repeat(points, frames).ToArray())],
            "dry-run");
    }

    /// <summary>Steps of one kind.</summary>
    private sealed record Phase(int Batch, double Seconds, long ActivationBytes);
}
