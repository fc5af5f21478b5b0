using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>plugins</c>: generators and detectors of others.</summary>
internal sealed class PluginsCommand : ICommandSource
{
    public CliCommand Create(CliContext context) =>
        new("plugins", "Generators and detectors of others.", "forensicheads plugins check plugins/mine.generator.json") { Check(context) };

    private static CliCommand Check(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = $"A NAME{GeneratorFile.Ending}." };
        var size = Options.Default("--size", 256, "Side of the rendered frames in pixels, 32 to 1024.", "PIXELS");
        var picture = Options.Optional<string?>("--picture", "Where to put what went in and what came out, as one picture.", "FILE.png");
        return new CliCommand("check",
            "Tries a plug-in with rendered heads before hours are spent with it: what goes in, what comes out, how long it takes, and what "
            + "is wrong, if anything; exit code 1 if something is.",
            "forensicheads plugins check plugins/mine.generator.json --picture check.png")
        {
            file, size, picture,
        }.Runs(context, run =>
        {
            var path = run.Get(file);
            if (!GeneratorFile.IsOne(path)) throw new UserErrorException(
                $"{path} is no plug-in: its name must end in {GeneratorFile.Ending}.", exitCode: 2);
            var found = GeneratorCheck.Run(path, run.Get(size), run.Cancellation);
            var given = found.File;
            run.Say($"{given.Name} {given.Version}".TrimEnd() + $", licence: {given.Licence}");
            run.Say(string.Create(CultureInfo.InvariantCulture,
                $"in: {found.Task.Shots.Count} shots and {found.Task.Drivers.Count()} driver frames of {found.Size}×{found.Size} px, 8-bit RGB"
                + $"{(given.Takes == FrameForm.Video ? ", and driver.mp4" : "")}"));
            if (found.Frames.Count > 0) run.Say(string.Create(CultureInfo.InvariantCulture,
                $"out: {found.Frames.Count} frames of {found.Frames[0].Width}×{found.Frames[0].Height} px, values {found.Frames.Min(frame =>
                    frame.Pixels.Min())} to {found.Frames.Max(frame => frame.Pixels.Max())}"));
            if (found.Seconds.Count > 0) run.Say(string.Create(CultureInfo.InvariantCulture,
                $"time: {string.Join(" s, then ", found.Seconds.Select(one => one.ToString("0.00", CultureInfo.InvariantCulture)))} s a job"));
            if (found.Log.Length > 0) run.Say($"it said: {found.Log.TrimEnd()}");
            if (run.Find(picture) is { } place)
            {
                AtomicFile.WriteBytes(Path.GetFullPath(place), found.Picture());
                run.Say($"picture: {place}");
            }

            run.Say(found.Wrong is null ? "nothing is wrong with it" : $"wrong: {found.Wrong}");
            return new CommandOutcome(new
            {
                name = given.Name,
                shots = found.Task.Shots.Count,
                drivers = found.Task.Drivers.Count(),
                size = found.Size,
                frames = found.Frames.Count,
                seconds = found.Seconds,
                wrong = found.Wrong,
            }, found.Wrong is null ? 0 : 1);
        });
    }
}
