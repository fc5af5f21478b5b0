using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Heads;

/// <summary>What <c>generate</c> does to the driver's landmarks.</summary>
internal sealed class DrivingSettings
{
    private readonly Option<FitChoice> fit = Options.Default("--fit", FitChoice.Auto,
        "Fit the driver's landmarks to the face shape that the shots show; auto: where somebody else drives.");
    private readonly Option<string> smooth = Options.Default("--smooth", "auto",
        "Smooth the driver's landmarks over so many seconds; auto: 0.08 for videos and pictures driven by a file, else off.",
        "auto|off|SECONDS");
    private readonly Option<double?> gap = Options.Optional<double?>("--max-gap",
        "Longest run of missing frames that is filled in, in seconds; longer ones are left out, and the exit code is 3. Default: 0.5 for "
        + "videos and pictures, 0 for stores.", "SECONDS");
    private readonly Option<double?> rate = Options.Optional<double?>("--fps",
        "Constant frame rate of a video or of pictures. Default: each frame at the time of the driver's frame.", "RATE");
    private readonly Option<int> maxFrames = Options.Default("--max-frames", 0, "Only the first so many driver frames; 0 takes all.", "N");

    /// <summary>Those that change landmarks, which a program of others does not work from alone.</summary>
    public IReadOnlyList<Option> OfLandmarks => [fit, smooth];

    public void AddTo(Command command)
    {
        Option[] all = [fit, smooth, gap, rate, maxFrames];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>What the user chose, or what suits the work.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="head">The head that is driven.</param>
    /// <param name="kind">What driving it is (<see cref="Consent"/>).</param>
    /// <param name="tracked">Whether the landmarks were measured just now, in a file.</param>
    /// <param name="export">Whether people will look at the result; a research store keeps to what was seen.</param>
    public DrivingOptions Of(CommandRun run, IDrivenHead head, string kind, bool tracked, bool export)
    {
        // A program sees the driver's frames, which landmarks must not differ from.
        var ours = head is HeadFile;
        var wanted = ours && (run.Get(fit) == FitChoice.Shape
            || (run.Get(fit) == FitChoice.Auto && kind == ConsentPurpose.CrossReenactment));
        if (wanted && run.Get(fit) == FitChoice.Auto && head.Origin.ShotLandmarks is null)
        {
            run.Warn(
                "this head was made before heads kept their shots' landmarks, so the driver's are used as they are. Make it again with "
                + "'adapt' to have them fitted.");
            wanted = false;
        }

        return new DrivingOptions
        {
            Fit = wanted ? LandmarkFit.Shape : LandmarkFit.None,
            SmoothSeconds = Seconds(run.Get(smooth), ours && tracked && export ? DrivingOptions.UsualSmoothing : 0),
            MaxGapSeconds = run.Find(gap) ?? (export ? DrivingOptions.UsualGap : 0),
            MaxFrames = run.Get(maxFrames),
        }.Validated();
    }

    /// <summary>The driver at the rate that was asked for.</summary>
    /// <param name="run">The command's run.</param>
    /// <param name="driver">With its landmarks prepared.</param>
    /// <param name="export">Whether people will look at the result; a research store keeps the driver's frames.</param>
    public DriverVideo AtRate(CommandRun run, DriverVideo driver, bool export) => run.Find(rate) is not { } wanted ? driver
        : export ? driver.AtRate(wanted)
        : throw new UserErrorException("--fps is for videos and pictures; a store keeps the driver's frames. Leave --fps out, or name a "
            + "FILE.mp4 with --out.", exitCode: 2);

    /// <summary>Says what was done, and what is missing.</summary>
    public static void Say(CommandRun run, DrivingRecord? record)
    {
        if (record is null) return;
        var smoothing = record.SmoothSeconds > 0 ? string.Create(CultureInfo.InvariantCulture, $", smoothed over {record.SmoothSeconds} s")
            : "";
        run.Say("landmarks: " + (record.Fit == LandmarkFit.Shape ? "fitted to the face of the shots" : "the driver's own") + smoothing
            + (record.Interpolated.Count > 0 ? $", {Count(record.Interpolated)} frames without a face filled in" : ""));
        if (record.LeftOut.Count > 0) run.Warn($"{Count(record.LeftOut)} frames without a face were left out: "
            + string.Join(", ", record.LeftOut.Take(5).Select(run => $"{run.From} to {run.To}"))
            + (record.LeftOut.Count > 5 ? ", …." : "."));
    }

    private static int Count(IReadOnlyList<FrameRun> runs) => runs.Sum(run => run.Count);

    private static double Seconds(string text, double usual) => text switch
    {
        "auto" => usual,
        "off" => 0,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds
            : throw new UserErrorException($"--smooth is '{text}'; give auto, off, or seconds such as 0.08.", exitCode: 2),
    };
}

/// <summary>Whether <c>generate</c> fits the driver's landmarks to the target's face.</summary>
internal enum FitChoice
{
    /// <summary>Where somebody else drives.</summary>
    Auto,

    /// <summary>Never.</summary>
    None,

    /// <summary>Always.</summary>
    Shape,
}
