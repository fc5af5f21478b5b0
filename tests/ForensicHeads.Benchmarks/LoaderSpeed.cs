using System.Diagnostics;
using System.Globalization;

namespace ForensicHeads.Benchmarks;

/// <summary>How many episodes a second are read for a GPU: frames kept in memory, half of them, or none; landmark images are drawn each
/// time.</summary>
internal static class LoaderSpeed
{
    private const int Shots = 8, People = 40, Frames = 24;

    /// <summary>Measures the presets that want a GPU, on one core and on all.</summary>
    /// <param name="arguments">Seconds of each measurement, 5 where nothing is said.</param>
    public static int Run(string[] arguments)
    {
        var seconds = arguments.Length > 0 ? double.Parse(arguments[0], CultureInfo.InvariantCulture) : 5;
        using var folder = new TemporaryFolder();
        Console.WriteLine("| preset, batch | kept | readers | episodes/s | steps/s |\n|---|---|---|---|---|");
        foreach (var (preset, batch) in new[] { ("heads-128", 48), ("paper-256", 16) })
        {
            var size = NetworkPreset.ByName(preset).Size;
            var store = ProceduralStore.Render(
                new ProceduralOptions { Identities = People, FirstIdentity = 0, Videos = 1, Frames = Frames, Size = size },
                folder[preset], null, CancellationToken.None);
            foreach (var (kept, share) in new[] { ("all", 1.0), ("half", 0.5), ("none", 0) })
            {
                var data = StoreVideos.Load(store, size, _ => true, 0, CancellationToken.None,
                    (long)(share * store.Frames.Count * size * size * 3));
                foreach (var readers in new[] { 1, Environment.ProcessorCount }.Distinct())
                {
                    var rate = Rate(data, batch, readers, seconds);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"| {preset}, {batch} | {kept} | {readers} | {rate:F0} | {rate / batch:F1} |"));
                }
            }
        }

        return 0;
    }

    private static double Rate(FaceVideos data, int batch, int readers, double seconds)
    {
        var sampler = new EpisodeSampler(data, batch, Shots, 1);
        Parallel.For(0, readers, step => EpisodeFrames.Read(data, sampler.Draw(step)));
        var (start, next) = (Stopwatch.GetTimestamp(), readers);
        var done = 0;
        Parallel.For(0, readers, new ParallelOptions { MaxDegreeOfParallelism = readers }, _ =>
        {
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            {
                EpisodeFrames.Read(data, sampler.Draw(Interlocked.Increment(ref next)));
                Interlocked.Add(ref done, batch);
            }
        });
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
