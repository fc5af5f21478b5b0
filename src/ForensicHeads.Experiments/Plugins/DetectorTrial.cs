using System.Diagnostics;
using System.Globalization;

namespace ForensicHeads.Experiments.Plugins;

/// <summary>Tries a detector of others: rendered frames, half of them fakes, and a look at what it says.</summary>
public static class DetectorTrial
{
    private const int FramesEach = 4;

    /// <summary>Runs it.</summary>
    /// <param name="path">The <c>NAME.detector.json</c>.</param>
    /// <param name="size">Side of the frames in pixels, 32 to 1024.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="UserErrorException">The file cannot be used: it says so at the first look.</exception>
    public static DetectorFinding Run(string path, int size, CancellationToken cancellation)
    {
        using var detector = ForeignDetectors.Open(DetectorFile.Read(path));
        var file = detector.File;
        if (file.Kind == DetectorKind.Scores) return new DetectorFinding(file, [], [], [], null, [], null);
        using var folder = new TemporaryFolder();
        var length = file.Clip is { } clip ? Math.Max(FramesEach, ((clip.Frames - 1) * clip.Every) + 1) : FramesEach;
        var (real, fake) = Frames(length, size, folder, cancellation);
        ForeignSample[][] clips =
            [.. new[] { real, fake }.Select((frames, c) => frames.Select((frame, i) => Sample(frame, c, i)).ToArray())];
        double?[][] scores;
        string? wrong;
        var began = Stopwatch.GetTimestamp();
        try
        {
            scores = [.. detector.Score(clips, cancellation)];
            wrong = Doubt(file, scores);
        }
        catch (JobFailedException error)
        {
            (scores, wrong) = ([], error.Message);
        }

        return new DetectorFinding(file, [.. real.Select(shot => shot.Image)], [.. fake.Select(shot => shot.Image)],
            [.. scores.SelectMany(clip => clip)], Stopwatch.GetElapsedTime(began).TotalSeconds / (2 * length), Ranges(file), wrong);

        ForeignSample Sample(Shot frame, int clip, int i)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{clip}{i:D3}");
            // A program that wants files has one for every clip.
            var file = folder[$"{clip}.png"];
            if (i == 0) AtomicFile.WriteBytes(file, ImageCodec.EncodePng(frame.Image));
            return new ForeignSample(key, frame.Image, frame.Landmarks)
            {
                Path = file,
                FileName = file,
                IsWhole = detector.File.Crop?.Of == CropOf.Frame,
            };
        }
    }

    // A person of nobody, and the same by the toolkit's plainest attacker.
    private static (IReadOnlyList<Shot> Real, IReadOnlyList<Shot> Fake) Frames(int length, int size, TemporaryFolder folder,
        CancellationToken cancellation)
    {
        var store = ProceduralStore.Render(
            new ProceduralOptions { Identities = 1, Frames = length, Size = size }, folder["heads"], null, cancellation);
        var sampled = ShotSampler.Make(store, store.Identities.Single(),
            new ShotOptions { ShotCounts = [1], Draws = 1, DriverFrames = length }, cancellation);
        var plan = new PersonPlan(store, sampled, size);
        var drivers = plan.Drivers();
        var made = Generators.The<WarpedShot>().Make(new GeneratorTools(),
            new GeneratorTask { Identity = sampled.Identity, Shots = plan.Shots(sampled.Draws[0], 1), Drivers = drivers }, cancellation);
        return (drivers, [.. made[0].Frames.Zip(drivers, (image, driver) => new Shot(image, driver.Landmarks))]);
    }

    private static IReadOnlyList<(double Low, double High)> Ranges(DetectorFile file) => file.Input is not { } input ? []
        : [.. Enumerable.Range(0, 3).Select(c => (-input.Mean[c] / input.Std[c], ((255 * input.Scale) - input.Mean[c]) / input.Std[c]))];

    // What works, and is hardly what was meant.
    private static string? Doubt(DetectorFile file, IReadOnlyList<double?[]> scores)
    {
        const double Alike = 1e-6;
        double?[] all = [.. scores.SelectMany(clip => clip)];
        double[] known = [.. all.OfType<double>()];
        if (known.Length == 0) return "it gave no score for any of the frames";
        if (known.Length < (all.Length + 1) / 2) return string.Create(CultureInfo.InvariantCulture,
            $"it gave no score for {all.Length - known.Length} of the {all.Length} frames");
        if (known.Max() - known.Min() < Alike)
            return "every frame has the same score, so it does not see the pictures; is the scale right?";
        if (Ranges(file).Any(range => Math.Max(Math.Abs(range.Low), Math.Abs(range.High)) > 10) && file.Check is null)
            return "its numbers go far beyond 10, and most networks want about −2 to 2; is the scale right? A \"check\" would tell";
        return null;
    }
}

/// <summary>What a trial of a detector gave.</summary>
/// <param name="File">The detector.</param>
/// <param name="Real">True frames that it was given.</param>
/// <param name="Fake">Fakes that it was given.</param>
/// <param name="Scores">Of the true frames, then of the fakes; empty where it failed or has finished scores.</param>
/// <param name="Seconds">Of a frame; null where none was scored.</param>
/// <param name="Ranges">What the network is fed in red, green and blue; empty for programs.</param>
/// <param name="Wrong">What is wrong, or doubtful, in a line; null for nothing.</param>
public sealed record DetectorFinding(DetectorFile File, IReadOnlyList<RgbImage> Real, IReadOnlyList<RgbImage> Fake,
    IReadOnlyList<double?> Scores, double? Seconds, IReadOnlyList<(double Low, double High)> Ranges, string? Wrong)
{
    /// <summary>The pictures that went in with their scores, as one picture; null where there are none.</summary>
    public byte[]? Picture() => Real.Count == 0 ? null
        : new PictureGrid(
            [.. Enumerable.Range(0, Math.Min(8, Real.Count)).Select(i => $"true {Said(i)}\nfake {Said(Real.Count + i)}")],
            [new PictureRow("true", [.. Real.Take(8)]), new PictureRow("fake", [.. Fake.Take(8)])]).ToPng();

    private string Said(int index) => index < Scores.Count && Scores[index] is { } score
        ? score.ToString("0.00", CultureInfo.InvariantCulture) : "–";
}
