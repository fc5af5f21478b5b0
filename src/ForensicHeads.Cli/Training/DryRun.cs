using System.Diagnostics;
using System.Globalization;
using ForensicHeads.Cli.Frame;
using ForensicHeads.Foundation;
using ForensicHeads.Generator.Training;
using ForensicHeads.Neural.Networks;

namespace ForensicHeads.Cli.Training;

/// <summary><c>train --dry-run</c>: how large the networks are, and what a step costs, measured on frames of noise.</summary>
internal static class DryRun
{
    // A step over this many frame pixels is measured as it is; a larger one on fewer episodes and scaled.
    private const long MeasuredPixels = 8L * 9 * 64 * 64;

    // Values, gradients and two Adam moments of all four networks and of W; averages of E, G and P; 4 bytes each.
    private const int BytesLearnt = 16;
    private const int BytesAveraged = 4;

    /// <summary>Counts, measures and says it.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="preset">The sizes.</param>
    /// <param name="options">How it would be learnt.</param>
    /// <param name="videos">Rows of W, or null where no store was named.</param>
    /// <param name="measuredSteps">Steps to measure of each kind, with D and without; 0 for none.</param>
    public static CommandOutcome Run(CommandRun run, NetworkPreset preset, TrainOptions options, int? videos, int measuredSteps)
    {
        var nets = new Architecture(preset);
        var (e, g, p, d) = (nets.Embedder.Layout.ParameterCount, nets.Generator.Layout.ParameterCount, nets.Projection.Layout.ParameterCount, nets.Discriminator.Layout.ParameterCount);
        run.Say($"preset {preset.Name}: {preset.Size} px, N = {preset.Embedding}");
        foreach (var (name, count) in new[] { ("E", e), ("G", g), ("P", p), ("D", d) }) run.Say(string.Create(CultureInfo.InvariantCulture, $"{name} {count,12:N0} parameters"));
        var videoBytes = (long)preset.Embedding * BytesLearnt;
        var parameterBytes = ((e + g + p + d) * BytesLearnt) + ((e + g + p) * BytesAveraged) + ((videos ?? 0) * videoBytes);
        var rows = videos is { } many ? $"with W of {many} videos" : $"without W, which takes {videoBytes} bytes a video of --data";
        run.Say(string.Create(CultureInfo.InvariantCulture, $"parameters, gradients, optimisers and averages, {rows}: {Gibibytes(parameterBytes)}"));
        var measured = measuredSteps > 0 ? Measure(run, preset, options, measuredSteps) : null;
        if (measured is not null)
        {
            var scaled = measured.Batch < options.Batch ? string.Create(CultureInfo.InvariantCulture, $", measured at batch {measured.Batch} and scaled to {options.Batch}") : "";
            run.Say(string.Create(CultureInfo.InvariantCulture, $"memory in all about {Gibibytes(parameterBytes + measured.ActivationBytes)}{scaled}"));
            if (measured is { WithD: { } with, WithoutD: { } without }) run.Say(string.Create(CultureInfo.InvariantCulture, $"a step takes {without:0.##} s up to step {options.AdversarialFrom}, {with:0.##} s from there, with the discriminator"));
            run.Say(string.Create(CultureInfo.InvariantCulture, $"a step takes {measured.SecondsAStep:0.##} s{scaled}; {options.Steps} steps about {TimeSpan.FromSeconds(measured.SecondsAStep * options.Steps):d\\.hh\\:mm\\:ss}"));
        }

        return new CommandOutcome(new
        {
            preset,
            options,
            parameters = new { embedder = e, generator = g, projection = p, discriminator = d },
            videos,
            parameter_bytes = parameterBytes,
            estimated_bytes = measured is null ? (long?)null : parameterBytes + measured.ActivationBytes,
            seconds_a_step = measured?.SecondsAStep,
            seconds_with_discriminator = measured?.WithD,
            seconds_without_discriminator = measured?.WithoutD,
            measured_steps = measuredSteps,
            measured_batch = measured?.Batch,
        });
    }

    // The steps before --adversarial-from go without D and are far cheaper: each kind is measured and counts by its share.
    private static Measured Measure(CommandRun run, NetworkPreset preset, TrainOptions options, int steps)
    {
        var without = options.DiscriminatorUpdates == 0 ? 1 : Math.Min(1, (double)options.AdversarialFrom / options.Steps);

        // With D first: it needs the most memory, and the peak of a process never falls.
        var dear = without < 1 ? Measure(run, preset, options with { AdversarialFrom = 0 }, steps, "measuring with D") : null;
        var cheap = without > 0 ? Measure(run, preset, options with { AdversarialFrom = int.MaxValue }, steps, "measuring without D") : null;
        var seconds = ((dear?.Seconds ?? 0) * (1 - without)) + ((cheap?.Seconds ?? 0) * without);
        var (batch, _, bytes) = (dear ?? cheap)!;
        return new Measured(batch, seconds, dear?.Seconds, cheap?.Seconds, bytes);
    }

    private static Phase Measure(CommandRun run, NetworkPreset preset, TrainOptions options, int steps, string stage)
    {
        var pixels = (long)preset.Size * preset.Size * (options.Shots + 1);
        var batch = (int)Math.Clamp(MeasuredPixels / pixels, 1, options.Batch);
        var data = Noise(preset.Size, batch, options.Shots + 1);
        using var weights = new GeneratorWeights(preset, options.Seed);
        using var learner = new MetaLearner(weights, data.Videos, options with { Batch = batch });
        var sampler = new EpisodeSampler(data, batch, options.Shots, options.Seed);
        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        var watch = new Stopwatch();
        // The first step also allocates and picks algorithms: not counted unless it is the only one.
        for (var step = 0; step <= steps; step++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (step == 1) watch.Start();
            using var episodes = EpisodeLoader.Load(data, sampler.Draw(step));
            learner.Learn(episodes);
            run.Progress.Report(new StepProgress(stage, step + 1, steps + 1, "steps"));
        }

        process.Refresh();
        var scale = (double)options.Batch / batch;
        return new Phase(batch, watch.Elapsed.TotalSeconds / steps * scale, (long)(Math.Max(0, process.PeakWorkingSet64 - before) * scale));
    }

    private static EpisodeData Noise(int size, int videos, int frames)
    {
        var random = new SeededRandom(1, "dry-run");
        var pixels = new byte[size * size * 3];
        foreach (ref var value in pixels.AsSpan()) value = (byte)random.NextInt(256);
        var points = new Landmarks68([.. Enumerable.Range(0, 2 * Landmarks68.Count).Select(_ => (float)random.Uniform(0, size))]);
        return new EpisodeData(
            size,
            [.. Enumerable.Range(0, videos).Select(_ => Enumerable.Repeat(pixels, frames).ToArray())],
            [.. Enumerable.Range(0, videos).Select(_ => Enumerable.Repeat(points, frames).ToArray())],
            "dry-run");
    }

    private static string Gibibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.00} GiB");

    /// <summary>Steps of one kind.</summary>
    private sealed record Phase(int Batch, double Seconds, long ActivationBytes);

    /// <summary>The mean over a whole run, and its two kinds of steps where they occur.</summary>
    private sealed record Measured(int Batch, double SecondsAStep, double? WithD, double? WithoutD, long ActivationBytes);
}
