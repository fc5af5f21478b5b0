using System.Diagnostics;
using System.Globalization;

namespace ForensicHeads.Cli.Training;

/// <summary><c>train --dry-run</c>: how large the networks are, and what a step costs, measured on frames of noise.</summary>
internal static class DryRun
{
    // A step over this many frame pixels is measured as it is; a larger one on fewer episodes and scaled.
    private const long MeasuredPixels = 8L * 9 * 64 * 64;

    /// <summary>Counts, measures and says it.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="preset">The sizes.</param>
    /// <param name="options">How it would be learnt.</param>
    /// <param name="videos">Rows of W, or null where no store was named.</param>
    /// <param name="measuredSteps">Steps to measure of each kind, with D and without; 0 for none.</param>
    /// <param name="device">Where the networks run.</param>
    /// <param name="losses">Where the networks of content losses lie.</param>
    public static CommandOutcome Run(CommandRun run, NetworkPreset preset, TrainOptions options, int? videos, int measuredSteps,
        string device, ContentLossFiles losses)
    {
        var nets = new Architecture(preset);
        var (e, g, p, d) =
            (nets.Embedder.Layout.ParameterCount, nets.Generator.Layout.ParameterCount, nets.Projection.Layout.ParameterCount,
            nets.Discriminator.Layout.ParameterCount);
        var memory = MemoryEstimate.Of(preset, options, videos ?? 0);
        run.Say($"preset {preset.Name}: {preset.Size} px, N = {preset.Embedding}; device {device}, {TorchRuntime.Threads} threads");
        foreach (var (name, count, note) in new[] { ("E", e, ""), ("G", g, ""), ("P", p, ""), ("D", d, " (without W)"),
            ("all", e + g + p + d, "") }) run.Say(string.Create(CultureInfo.InvariantCulture, $"{name,-5}{count,12:N0} parameters{note}"));
        run.Say($"weights {Gibibytes(memory.Values)}, gradients {Gibibytes(memory.Gradients)}, Adam {Gibibytes(memory.Moments)}, "
            + $"averages {Gibibytes(memory.Averages)}, {Rows(preset, videos, memory)}");
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"activations at batch {options.Batch}, K = {options.Shots}: about {Gibibytes(memory.Activations)}; memory in all about "
            + $"{Gibibytes(memory.Total)}, estimated"));
        var measured = measuredSteps > 0 ? Measure(run, preset, options, measuredSteps, losses) : null;
        if (measured is not null)
        {
            var scaled = measured.Batch < options.Batch
                ? string.Create(CultureInfo.InvariantCulture, $", measured at batch {measured.Batch} and scaled to {options.Batch}") : "";
            run.Say($"activations and workspace: {Gibibytes(measured.ActivationBytes)} measured{scaled}; memory in all "
                + $"{Gibibytes(memory.Parameters + measured.ActivationBytes)}");
            if (measured is { WithD: { } with, WithoutD: { } without }) run.Say(string.Create(CultureInfo.InvariantCulture,
                $"a step takes {without:0.##} s up to step {options.AdversarialFrom}, {with:0.##} s from there, with the discriminator"));
            run.Say(string.Create(CultureInfo.InvariantCulture,
                $"a step takes {measured.SecondsAStep:0.##} s{scaled}; {options.Steps} steps about "
                + $"{TimeSpan.FromSeconds(measured.SecondsAStep * options.Steps):d\\.hh\\:mm\\:ss}"));
        }

        return new CommandOutcome(new
        {
            preset,
            options,
            parameters = new { embedder = e, generator = g, projection = p, discriminator = d },
            videos,
            device,
            threads = TorchRuntime.Threads,
            memory,
            parameter_bytes = memory.Parameters,
            estimated_bytes = memory.Total,
            measured_bytes = memory.Parameters + measured?.ActivationBytes,
            seconds_a_step = measured?.SecondsAStep,
            seconds_with_discriminator = measured?.WithD,
            seconds_without_discriminator = measured?.WithoutD,
            measured_steps = measuredSteps,
            measured_batch = measured?.Batch,
        });
    }

    // The steps before --adversarial-from go without D and are far cheaper: each kind is measured and counts by its share.
    private static Measured Measure(CommandRun run, NetworkPreset preset, TrainOptions options, int steps, ContentLossFiles losses)
    {
        var without = options.DiscriminatorUpdates == 0 ? 1 : Math.Min(1, (double)options.AdversarialFrom / options.Steps);

        // With D first: it needs the most memory, and the peak of a process never falls.
        var dear = without < 1 ? Measure(run, preset, options with { AdversarialFrom = 0 }, steps, losses, "measuring with D") : null;
        var cheap = without > 0
            ? Measure(run, preset, options with { AdversarialFrom = int.MaxValue }, steps, losses, "measuring without D") : null;
        var seconds = ((dear?.Seconds ?? 0) * (1 - without)) + ((cheap?.Seconds ?? 0) * without);
        var (batch, _, bytes) = (dear ?? cheap)!;
        return new Measured(batch, seconds, dear?.Seconds, cheap?.Seconds, bytes);
    }

    private static Phase Measure(CommandRun run, NetworkPreset preset, TrainOptions options, int steps, ContentLossFiles losses,
        string stage)
    {
        var pixels = (long)preset.Size * preset.Size * (options.Shots + 1);
        var batch = (int)Math.Clamp(MeasuredPixels / pixels, 1, options.Batch);
        var data = Noise(preset.Size, batch, options.Shots + 1);
        using var weights = new GeneratorWeights(preset, options.Seed);
        using var learner = new MetaLearner(weights, data.Videos, options with { Batch = batch }, losses);
        var sampler = new EpisodeSampler(data, batch, options.Shots, options.Seed);
        // The weights, moments and averages are there by now; the gradients come with the first step.
        var gradients = MemoryEstimate.Of(preset, options, data.Videos).Gradients;
        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        var watch = new Stopwatch();
        // The first step also allocates and picks algorithms: not counted unless it is the only one.
        for (var step = 0; step <= steps; step++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (step == 1) watch.Start();
            using var episodes = EpisodeFrames.Read(data, sampler.Draw(step)).ToBatch();
            learner.Learn(episodes);
            run.Progress.Report(new StepProgress(stage, step + 1, steps + 1, "steps"));
        }

        process.Refresh();
        var scale = (double)options.Batch / batch;
        return new Phase(batch, watch.Elapsed.TotalSeconds / steps * scale,
            (long)(Math.Max(0, process.PeakWorkingSet64 - before - gradients) * scale));
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

    private static string Rows(NetworkPreset preset, int? videos, MemoryEstimate memory) =>
        videos is { } many ? $"W of {many} videos {Gibibytes(memory.Videos)}"
            : $"without W, which takes {MemoryEstimate.BytesAVideo(preset)} bytes a video of --data";

    private static string Gibibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.00} GiB");

    /// <summary>Steps of one kind.</summary>
    private sealed record Phase(int Batch, double Seconds, long ActivationBytes);

    /// <summary>The mean over a whole run, and its two kinds of steps where they occur.</summary>
    private sealed record Measured(int Batch, double SecondsAStep, double? WithD, double? WithoutD, long ActivationBytes);
}
