using System.Diagnostics;
using System.Globalization;

namespace ForensicHeads.Benchmarks;

/// <summary>Updates a second of fine-tuning several heads: one after the other with every core for each, side by side with a core each as
/// experiments do it, and so in bfloat16; by turns, medians.</summary>
internal static class FineTuneSpeed
{
    private const int Shots = 8, Updates = 20;

    /// <summary>Measures the presets named, or heads-64 and heads-128.</summary>
    /// <param name="arguments">Rounds, then presets.</param>
    public static int Run(string[] arguments)
    {
        var rounds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 5;
        var cores = Environment.ProcessorCount;
        foreach (var name in arguments.Length > 1 ? arguments[1..] : ["heads-64", "heads-128"])
        {
            using var weights = GeneratorWeights.Load(ShippedWeights.Resolve(name));
            var (after, beside, half) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                after.Add(Rate(weights, cores, heads: 1, Precision.Float32));
                beside.Add(Rate(weights, 1, cores, Precision.Float32));
                half.Add(Rate(weights, 1, cores, Precision.Bf16));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{name} round {round + 1}: {after[^1]:F2} updates/s one after the other, {beside[^1]:F2} side by side, "
                        + $"{half[^1]:F2} so in bf16"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}, {Shots} shots, {cores} cores: side by side {Ratio(beside, after)} times as fast, in bf16 {Ratio(half, after)}"));
        }

        return 0;
    }

    // So many heads at once, so many threads each.
    private static double Rate(GeneratorWeights weights, int threads, int heads, Precision precision)
    {
        TorchRuntime.Threads = threads;
        var options = new AdaptOptions { Mode = Mode.Ft, Arm = Arm.Updates, Updates = Updates };
        var people = Enumerable.Range(0, Environment.ProcessorCount).Select(person =>
        {
            var video = new ProceduralVideo(ProceduralPerson.Create(1, person), 0, 1);
            return Enumerable.Range(0, Shots).Select(i => video.Render(9 * i, weights.Preset.Size))
                .Select(frame => new Shot(frame.Image, frame.Landmarks)).ToArray();
        }).ToArray();
        var start = Stopwatch.GetTimestamp();
        Parallel.For(0, people.Length, new ParallelOptions { MaxDegreeOfParallelism = heads }, person =>
        {
            var generator = new FewShotGenerator(weights, options) { Compute = Compute.Choose("cpu", precision) };
            using var head = generator.Adapt(people[person], null, CancellationToken.None);
        });
        return people.Length * Updates / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Ratio(List<double> one, List<double> other)
    {
        var ratios = one.Zip(other, (a, b) => a / b).Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{ratios[ratios.Length / 2]:F2} [{ratios[0]:F2}, {ratios[^1]:F2}]");
    }
}
