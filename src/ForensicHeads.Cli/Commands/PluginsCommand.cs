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
        var file = new Argument<string>("FILE") { Description = $"A NAME{GeneratorFile.Ending} or NAME{DetectorFile.Ending}." };
        var size = Options.Default("--size", 256, "Side of the rendered frames in pixels, 32 to 1024.", "PIXELS");
        var picture = Options.Optional<string?>("--picture", "Where to put what went in and what came out, as one picture.", "FILE.png");
        return new CliCommand("check",
            "Tries a plug-in with a few rendered heads: what goes in, what comes out, how long it takes, and what "
            + "is wrong, if anything; exit code 1 if something is.",
            "forensicheads plugins check plugins/mine.generator.json --picture check.png")
        {
            file, size, picture,
        }.Runs(context, run =>
        {
            var path = run.Get(file);
            var found = GeneratorFile.IsOne(path) ? Generator(GeneratorCheck.Run(path, run.Get(size), run.Cancellation))
                : DetectorFile.IsOne(path) ? Detector(DetectorTrial.Run(path, run.Get(size), run.Cancellation))
                : throw new UserErrorException(
                    $"{path} is no plug-in: its name must end in {GeneratorFile.Ending} or {DetectorFile.Ending}.", exitCode: 2);
            foreach (var line in found.Lines) run.Say(line);
            if (run.Find(picture) is { } place && found.Picture is { } png)
            {
                AtomicFile.WriteBytes(Path.GetFullPath(place), png);
                run.Say($"picture: {place}");
            }

            run.Say(found.Wrong is null ? "nothing is wrong with it" : $"wrong: {found.Wrong}");
            return new CommandOutcome(new { found.Name, found.Lines, found.Wrong }, found.Wrong is null ? 0 : 1);
        });
    }

    private static Finding Generator(GeneratorFinding found) => new(found.File.Name,
    [
        $"{found.File.Name} {found.File.Version}".TrimEnd() + $", licence: {found.File.Licence}",
        string.Create(CultureInfo.InvariantCulture,
            $"in: {found.Task.Shots.Count} shots and {found.Task.Drivers.Count()} driver frames of {found.Size}×{found.Size} px, 8-bit RGB")
            + (found.File.Takes == FrameForm.Video ? ", and driver.mp4" : ""),
        .. found.Frames.Count == 0 ? Array.Empty<string>() : [string.Create(CultureInfo.InvariantCulture,
            $"out: {found.Frames.Count} frames of {found.Size}×{found.Size} px, values {found.Frames.Min(frame => frame.Pixels.Min())} to ")
            + string.Create(CultureInfo.InvariantCulture, $"{found.Frames.Max(frame => frame.Pixels.Max())}")],
        .. found.Seconds.Count == 0 ? Array.Empty<string>() : ["time: " + string.Join(", then ", found.Seconds.Select(Seconds)) + " a job"],
        .. found.Log.Length == 0 ? Array.Empty<string>() : [$"it said: {found.Log.TrimEnd()}"],
    ], found.Picture(), found.Wrong);

    private static Finding Detector(DetectorFinding found) => new(found.File.Name,
    [
        $"{found.File.Name} {found.File.Version}".TrimEnd() + $", licence: {found.File.Licence}; trained on: {found.File.TrainedOnText}",
        .. found.Real.Count == 0 ? ["its scores are finished, so nothing runs; its rows can be read"]
            : new[] { string.Create(CultureInfo.InvariantCulture,
                $"in: {found.Real.Count} true frames and {found.Fake.Count} fakes of {found.Real[0].Width}×{found.Real[0].Height} px")
                + (found.File.Input is { } input ? string.Create(CultureInfo.InvariantCulture,
                    $"; the network sees {input.Width}×{input.Height}, {input.Layout.ToString().ToLowerInvariant()}, "
                    + $"{input.Channels.ToString().ToLowerInvariant()}, values ")
                    + string.Join(" | ", found.Ranges.Select(range => $"{Number(range.Low)} to {Number(range.High)}")) : "") },
        .. found.Scores.Count == 0 ? Array.Empty<string>() :
        [
            "out: true " + string.Join(" ", found.Scores.Take(found.Real.Count).Select(Number)) + "; fake "
                + string.Join(" ", found.Scores.Skip(found.Real.Count).Select(Number)) + ", higher = generated",
            $"time: {Seconds(found.Seconds ?? 0)} a frame",
        ],
        .. found.Fake.Count > 0 && found.Scores.Skip(found.Real.Count).Average() < found.Scores.Take(found.Real.Count).Average()
            ? ["its fakes score below the true frames; with so few frames that may be chance, or "
                + (found.File.Kind == DetectorKind.Onnx ? "\"rises_to\" is wrong" : "its sign is wrong: higher must mean generated")]
            : Array.Empty<string>(),
        .. found.File.Kind == DetectorKind.Onnx && found.File.Check is null
            ? ["it has no \"check\", so a wrong channel order cannot be seen here"] : Array.Empty<string>(),
    ], found.Picture(), found.Wrong);

    private static string Seconds(double seconds) => seconds.ToString("0.00#", CultureInfo.InvariantCulture) + " s";

    // Not −0.00.
    private static string Number(double? value) =>
        value is { } known ? (Math.Round(known, 2) + 0.0).ToString("0.00", CultureInfo.InvariantCulture) : "none";

    private sealed record Finding(string Name, IReadOnlyList<string> Lines, byte[]? Picture, string? Wrong);
}
