using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ForensicHeads.Benchmarks;

/// <summary>Frames a second of each feature family, and beside it of the same definitions in plain NumPy, in alternating rounds.</summary>
/// <remarks>
/// One thread against one is measured in processor time, so that other jobs of a shared machine do not count; all cores by the clock, where they do: the best
/// round is what an idle machine would come nearest to.
/// </remarks>
internal static class FeatureSpeed
{
    private const int Size = 256, Frames = 16, TrackLength = 250;
    private const double LeastSeconds = 0.4;
    private const string Landmarks = "landmarks";

    private static readonly string[] Families = ["spectrum", "dct_beta", "npr_stats", "srm", "cooccurrence", "jpeg", "trivial_pixels"];

    /// <summary>Runs it: <c>features [ROUNDS]</c>.</summary>
    public static int Run(string[] arguments)
    {
        var rounds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 5;
        var video = new ProceduralVideo(ProceduralPerson.Create(1, 0), 0, 1);
        var images = Enumerable.Range(0, Frames).Select(i => video.Render(5 * i, Size).Image).ToArray();
        var track = Enumerable.Range(0, TrackLength).Select(i => new LandmarkSample(i / 25.0, video.Render(i, 64).Landmarks, 1)).ToArray();
        var rows = Families.Select(name => new Row(name, [name]))
            .Append(new Row("spectrum + dct_beta + npr_stats", Families[..3])).Append(new Row("all seven", Families)).Append(new Row(Landmarks, [Landmarks])).ToArray();
        var folder = Directory.CreateTempSubdirectory("features");
        try
        {
            var (frames, points) = (Path.Combine(folder.FullName, "frames"), Path.Combine(folder.FullName, "track"));
            File.WriteAllBytes(frames, [.. images.SelectMany(image => image.Pixels)]);
            File.WriteAllBytes(points, [.. track.SelectMany(sample => MemoryMarshal.AsBytes(sample.Landmarks.Values.AsSpan()).ToArray())]);
            // The first round warms up: the JIT compiles hot loops a second time.
            for (var round = 0; round <= rounds; round++)
            {
                var numPy = NumPy(frames, points);
                foreach (var row in rows) row.Measure(images, track, numPy, keep: round > 0);
                Console.Error.WriteLine(Text($"round {round} of {rounds}"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Console.WriteLine(Text($"{Size} px, {rounds} rounds, frames/s: best (worst); {Environment.ProcessorCount} cores\n"));
        Console.WriteLine("| family | all cores, clock | one thread, processor time | NumPy, one thread | ratio, median (range) |\n|---|---|---|---|---|");
        foreach (var row in rows) Console.WriteLine(row.ToString());
        return 0;
    }

    private static Dictionary<string, double> NumPy(string frames, string track)
    {
        var script = Path.Combine("tests", "reference", "feature_speed.py");
        if (!File.Exists(script)) throw new UserErrorException($"{script} is not here; run the benchmark from the repository's root.");
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardOutput = true };
        foreach (var argument in new object[] { script, frames, Size, track }) start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        using var process = Process.Start(start) ?? throw new UserErrorException("/usr/bin/python3 does not start; install Debian's python3-numpy, python3-scipy and python3-pil.");
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new UserErrorException($"{script} ended with {process.ExitCode}; install Debian's python3-numpy, python3-scipy and python3-pil.");
        return JsonSerializer.Deserialize<Dictionary<string, double>>(text)!;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private sealed class Row(string title, string[] families)
    {
        private readonly List<double> cores = [];
        private readonly List<double> one = [];
        private readonly List<double> reference = [];

        public void Measure(RgbImage[] images, LandmarkSample[] track, Dictionary<string, double> numPy, bool keep)
        {
            Func<double> alone, together;
            if (title == Landmarks)
            {
                var family = new LandmarksFamily();
                var features = new float[family.ColumnNames.Count];
                alone = () => Rate(TrackLength, ProcessorTime, () => family.Compute(track, features));
                together = () => Rate(8 * TrackLength, Clock, () => Parallel.For(0, 8, _ => family.Compute(track, new float[features.Length])));
            }
            else
            {
                var layout = new FeatureLayout(families, Size);
                var features = new float[layout.Length];
                alone = () => Rate(Frames, ProcessorTime, () =>
                {
                    foreach (var image in images) layout.Compute(image, features);
                });
                together = () => Rate(4 * Frames, Clock, () => FeatureExtractor.Extract(4 * Frames, i => images[i % Frames], layout));
            }

            var (rate, rateTogether) = (alone(), together());
            if (!keep) return;
            one.Add(rate);
            cores.Add(rateTogether);
            reference.Add(1 / families.Sum(name => numPy[name]));
        }

        public override string ToString()
        {
            var ratios = one.Zip(reference, (a, b) => a / b).Order().ToArray();
            return Text($"| {title} | {Span(cores)} | {Span(one)} | {Span(reference)} | {ratios[ratios.Length / 2]:F1} ({ratios[0]:F1} to {ratios[^1]:F1}) |");
        }

        private static string Span(List<double> rates) => Text($"{rates.Max():F0} ({rates.Min():F0})");

        private static TimeSpan ProcessorTime() => Environment.CpuUsage.TotalTime;

        private static TimeSpan Clock() => Stopwatch.GetElapsedTime(0);

        private static double Rate(int frames, Func<TimeSpan> now, Action work)
        {
            var (calls, start) = (0, now());
            while ((now() - start).TotalSeconds < LeastSeconds)
            {
                work();
                calls++;
            }

            return frames * calls / (now() - start).TotalSeconds;
        }
    }
}
