using System.Diagnostics;
using System.Globalization;

namespace ForensicHeads.Benchmarks;

/// <summary>One meta-learning step here, in float32 and in bfloat16, against the same networks in Debian's PyTorch, which knows float32
/// alone on a CPU; in alternating runs on the same threads.</summary>
internal static class TrainingSpeed
{
    private const int Shots = 4, Updates = 2, Threads = 2, Steps = 5;

    /// <summary>Measures the presets named, or heads-64 and heads-128.</summary>
    /// <param name="arguments">Rounds, then presets.</param>
    public static int Run(string[] arguments)
    {
        var rounds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 5;
        foreach (var preset in arguments.Length > 1 ? arguments[1..] : ["heads-64", "heads-128"])
        {
            var batch = preset == "heads-128" ? 4 : 8;
            var (here, half, there) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                there.Add(PyTorch(preset, batch));
                here.Add(Own(preset, batch, Precision.Float32));
                half.Add(Own(preset, batch, Precision.Bf16));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{preset} round {round + 1}: {here[^1]:F3} s here, {half[^1]:F3} s in bf16, {there[^1]:F3} s in PyTorch"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{preset}, batch {batch}, K = {Shots}, {Updates} D updates, {Threads} threads: median {Median(here):F3} s here, "
                    + $"{Median(half):F3} s in bf16, {Median(there):F3} s in PyTorch; ratios {Ratio(here)}, {Ratio(half)}"));

            string Ratio(List<double> own)
            {
                var ratios = own.Zip(there, (a, b) => a / b).Order().ToArray();
                return string.Create(CultureInfo.InvariantCulture, $"{Median(ratios):F2} [{ratios[0]:F2}, {ratios[^1]:F2}]");
            }
        }

        return 0;
    }

    private static double Own(string name, int batchSize, Precision precision)
    {
        TorchRuntime.Threads = Threads;
        var preset = NetworkPreset.ByName(name);
        using var weights = new GeneratorWeights(preset, 1);
        var data = Noise(preset.Size);
        using var learner = new MetaLearner(weights, data.Videos, new TrainOptions { DiscriminatorUpdates = Updates })
        {
            Compute = Compute.Choose("cpu", precision),
        };
        using var batch = EpisodeFrames.Read(data, new EpisodeSampler(data, batchSize, Shots, 1).Draw(0)).ToBatch(weights.Device);
        learner.Learn(batch);
        return Median([.. Enumerable.Range(0, Steps).Select(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            learner.Learn(batch);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        })]);
    }

    private static double PyTorch(string preset, int batch)
    {
        var script = Path.Combine("tests", "reference", "training_speed.py");
        if (!File.Exists(script)) throw new UserErrorException($"{script} is not here; run the benchmark from the repository's root.");
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardOutput = true };
        foreach (var argument in new object[] { script, preset, batch, Shots, Updates, Threads, Steps }) start.ArgumentList.Add(
            Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        using var process = Process.Start(start)
            ?? throw new UserErrorException("/usr/bin/python3 does not start; install Debian's python3-torch.");
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new UserErrorException($"{script} ended with {process.ExitCode}; install Debian's python3-torch.");
        return double.Parse(text, CultureInfo.InvariantCulture);
    }

    // The cost does not depend on what the frames show.
    private static FaceVideos Noise(int size)
    {
        var random = new SeededRandom(1, "benchmark");
        byte[] Pixels() => [.. Enumerable.Range(0, size * size * 3).Select(_ => (byte)random.NextInt(256))];
        Landmarks68 Points() => new([.. Enumerable.Range(0, 136).Select(_ => (float)random.Uniform(0, size))]);
        var frames = Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, 6).Select(_ => Pixels()).ToArray()).ToArray();
        return new FaceVideos(size, frames, [.. frames.Select(video => video.Select(_ => Points()).ToArray())], "noise");
    }

    private static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);
}
