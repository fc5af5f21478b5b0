using System.Diagnostics;

namespace ForensicHeads.Experiments.Plugins;

/// <summary>Tries a generator of others: one small job with a rendered person, and a look at what comes back.</summary>
public static class GeneratorCheck
{
    private const int Drivers = 8;

    // Of 8 bits a colour: what lies closer is the same picture, but for rounding.
    private const double Same = 1.5;

    /// <summary>Runs it.</summary>
    /// <param name="path">The <c>NAME.generator.json</c>.</param>
    /// <param name="size">Side of the frames in pixels, 32 to 1024.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="UserErrorException">The file cannot be used.</exception>
    public static GeneratorFinding Run(string path, int size, CancellationToken cancellation)
    {
        var file = GeneratorFile.Read(path);
        using var generator = ProgramGenerator.Open(path);
        using var folder = new TemporaryFolder();
        var shots = file.Shots.Count > 0 ? file.Shots[0] : 1;
        var store = ProceduralStore.Render(
            new ProceduralOptions { Identities = 1, Frames = Math.Max(Drivers, shots), Size = size }, folder["heads"], null, cancellation);
        var sampled = ShotSampler.Make(store, store.Identities.Single(),
            new ShotOptions { ShotCounts = [shots], Draws = 1, DriverFrames = Drivers }, cancellation);
        var plan = new PersonPlan(store, sampled, size);
        var task = new GeneratorTask
        {
            Identity = sampled.Identity,
            Shots = plan.Shots(sampled.Draws[0], shots),
            Drivers = plan.Drivers(),
            Mode = file.Mode,
            Log = folder["log"],
        };
        var seconds = new List<double>();
        IReadOnlyList<RgbImage> frames = [];
        try
        {
            // The second job shows what a program costs that is loaded already.
            for (var job = 0; job < 2; job++)
            {
                var began = Stopwatch.GetTimestamp();
                frames = [.. generator.Make(new GeneratorTools(), task, cancellation)[0].Frames];
                seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            }
        }
        catch (JobFailedException error)
        {
            return new GeneratorFinding(file, task, size, [], seconds, error.Message, Log(folder["log.log"]));
        }

        return new GeneratorFinding(file, task, size, frames, seconds, Doubt(task, frames), Log(folder["log.log"]));
    }

    // What works, and is hardly what was meant.
    internal static string? Doubt(GeneratorTask task, IReadOnlyList<RgbImage> frames)
    {
        var drivers = task.Drivers.Select(driver => driver.Image).ToArray();
        if (frames.All(frame => frame.Pixels.Max() - frame.Pixels.Min() < 3))
            return "every frame is of one colour; were values of 0 to 1 written as bytes?";
        if (frames.Zip(drivers).All(pair => Distance(pair.First, pair.Second) < Same))
            return "the frames are the driver's own, so nothing was made";
        if (frames.All(frame => task.Shots.Any(shot => Distance(frame, shot.Image) < Same)))
            return "every frame is one of the shots, so nothing moves; does it read {driver}?";
        if (frames.Skip(1).All(frame => Distance(frame, frames[0]) < Same))
            return "all frames are alike, and the driver's are not; does it read {driver}?";
        var swapped = frames.Select(Swapped).ToArray();
        if (Likeness(swapped, drivers, task) < 0.8 * Likeness(frames, drivers, task))
            return "the colours come closer to the shots with red and blue exchanged; was BGR written as RGB?";
        return null;
    }

    // How far the mean colours of the frames lie from those of the shots.
    private static double Likeness(IReadOnlyList<RgbImage> frames, RgbImage[] drivers, GeneratorTask task)
    {
        var (own, known) = (Mean(frames), Mean([.. task.Shots.Select(shot => shot.Image), .. drivers]));
        return own.Zip(known, (a, b) => Math.Abs(a - b)).Sum();
    }

    private static double[] Mean(IReadOnlyList<RgbImage> images) =>
        [.. Enumerable.Range(0, 3).Select(channel => images.Average(image => image.Pixels.Where((_, i) => i % 3 == channel)
            .Average(value => (double)value)))];

    private static RgbImage Swapped(RgbImage image)
    {
        var result = image.Clone();
        for (var i = 0; i < result.Pixels.Length; i += 3)
            (result.Pixels[i], result.Pixels[i + 2]) = (result.Pixels[i + 2], result.Pixels[i]);
        return result;
    }

    private static double Distance(RgbImage a, RgbImage b) =>
        a.Pixels.Zip(b.Pixels, (one, other) => (double)Math.Abs(one - other)).Average();

    private static string Log(string path) => File.Exists(path) ? PrintedText.Visible(PlainFile.ReadText(path)) : "";
}

/// <summary>What a trial of a generator gave.</summary>
/// <param name="File">The generator.</param>
/// <param name="Task">What it was given.</param>
/// <param name="Size">Side of the frames in pixels.</param>
/// <param name="Frames">What it made; empty where it failed.</param>
/// <param name="Seconds">Of each job, the first with its start.</param>
/// <param name="Wrong">What is wrong, or doubtful, in a line; null for nothing.</param>
/// <param name="Log">What it said in the last job.</param>
public sealed record GeneratorFinding(GeneratorFile File, GeneratorTask Task, int Size, IReadOnlyList<RgbImage> Frames,
    IReadOnlyList<double> Seconds, string? Wrong, string Log)
{
    /// <summary>The shots, the driver and the frames as one picture.</summary>
    public byte[] Picture()
    {
        var drivers = Task.Drivers.Select(driver => driver.Image).ToArray();
        PictureRow Row(string label, IReadOnlyList<RgbImage> images) =>
            new(label, [.. Enumerable.Range(0, drivers.Length).Select(i => i < images.Count ? images[i] : null)]);
        return new PictureGrid([.. Enumerable.Range(0, drivers.Length).Select(i => FormattableString.Invariant($"{i}"))],
            [Row("shots", [.. Task.Shots.Select(shot => shot.Image)]), Row("driver", drivers), Row(File.Name, Frames)]).ToPng();
    }
}
