using System.Globalization;

namespace ForensicHeads.Cli.Training;

/// <summary><c>train --dry-run</c>: how large the networks are, and what a step costs.</summary>
internal static class DryRun
{
    /// <summary>Counts, measures and says it.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="preset">The sizes.</param>
    /// <param name="options">How it would be learnt.</param>
    /// <param name="videos">Rows of W, or null where no store was named.</param>
    /// <param name="measuredSteps">Steps to measure of each kind, with D and without; 0 for none.</param>
    /// <param name="compute">Where, and in which numbers, the networks run.</param>
    /// <param name="losses">Where the networks of content losses lie.</param>
    /// <param name="memoryHere">Bytes of memory where they run.</param>
    public static CommandOutcome Run(CommandRun run, NetworkPreset preset, TrainOptions options, int? videos, int measuredSteps,
        Compute compute, ContentLossFiles losses, long memoryHere)
    {
        var nets = new Architecture(preset);
        var (e, g, p, d) =
            (nets.Embedder.Layout.ParameterCount, nets.Generator.Layout.ParameterCount, nets.Projection.Layout.ParameterCount,
            nets.Discriminator.Layout.ParameterCount);
        var memory = MemoryEstimate.Of(preset, options, videos ?? 0, compute.Precision);
        run.Say($"preset {preset.Name}: {preset.Size} px, N = {preset.Embedding}; device {compute.Name}, {TorchRuntime.Threads} threads");
        foreach (var (name, count, note) in new[] { ("E", e, ""), ("G", g, ""), ("P", p, ""), ("D", d, " (without W)"),
            ("all", e + g + p + d, "") }) run.Say(string.Create(CultureInfo.InvariantCulture, $"{name,-5}{count,12:N0} parameters{note}"));
        run.Say($"weights {Gibibytes(memory.Values)}, gradients {Gibibytes(memory.Gradients)}, Adam {Gibibytes(memory.Moments)}, "
            + $"averages {Gibibytes(memory.Averages)}, {Rows(preset, videos, memory)}");
        var parts = options.MicroBatch is { } part ? $" in micro-batches of {part}" : "";
        run.Say($"activations at batch {options.Batch}{parts}, K = {options.Shots}, and memory in all, estimated:");
        var choices = new[] { Precision.Float32, Precision.Bf16 }.Select(precision => new
        {
            precision = precision.ToString().ToLowerInvariant(),
            memory = MemoryEstimate.Of(preset, options, videos ?? 0, precision),
            micro_batch = MemoryEstimate.Fitting(preset, options, videos ?? 0, precision, memoryHere),
        }).ToArray();
        foreach (var choice in choices)
        {
            var fits = choice.micro_batch is not { } size ? "not even --micro-batch 1 fits"
                : size == options.Batch ? "the whole batch fits" : $"--micro-batch {size} fits";
            run.Say($"  {choice.precision,-8} about {Gibibytes(choice.memory.Activations)}, in all {Gibibytes(choice.memory.Total)}; "
                + $"{fits} three quarters of the {Gibibytes(memoryHere)} here");
        }

        var work = StepWork.Of(preset, options);
        run.Say(string.Create(CultureInfo.InvariantCulture, $"work of a step: about {work / 1e12:0.###} TFLOP in convolutions"));
        var measured = measuredSteps > 0
            ? StepCost.Measure(preset, options, measuredSteps, losses, compute, run.Progress, run.Cancellation) : null;
        if (measured is not null)
        {
            var scaled = measured.Batch < options.Batch
                ? string.Create(CultureInfo.InvariantCulture, $", measured at batch {measured.Batch} and scaled to {options.Batch}") : "";
            run.Say($"activations and workspace: {Gibibytes(measured.ActivationBytes)} measured{scaled}; memory in all "
                + $"{Gibibytes(memory.Parameters + measured.ActivationBytes)}");
            if (measured is { WithDiscriminator: { } with, WithoutDiscriminator: { } without }) run.Say(string.Create(
                CultureInfo.InvariantCulture,
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
            device = compute.Name,
            threads = TorchRuntime.Threads,
            memory,
            parameter_bytes = memory.Parameters,
            estimated_bytes = memory.Total,
            memory_here_bytes = memoryHere,
            choices,
            flop_a_step = work,
            measured_bytes = memory.Parameters + measured?.ActivationBytes,
            seconds_a_step = measured?.SecondsAStep,
            seconds_with_discriminator = measured?.WithDiscriminator,
            seconds_without_discriminator = measured?.WithoutDiscriminator,
            measured_steps = measuredSteps,
            measured_batch = measured?.Batch,
        });
    }

    private static string Rows(NetworkPreset preset, int? videos, MemoryEstimate memory) =>
        videos is { } many ? $"W of {many} videos {Gibibytes(memory.Videos)}"
            : $"without W, which takes {MemoryEstimate.BytesAVideo(preset)} bytes a video of --data";

    private static string Gibibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.00} GiB");
}
