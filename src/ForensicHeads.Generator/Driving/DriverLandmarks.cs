using System.Globalization;

namespace ForensicHeads.Generator.Driving;

/// <summary>Prepares a driver for a head: fills gaps, smooths, fits. Only landmarks change; the driver's pictures stay what they
/// are.</summary>
public static class DriverLandmarks
{
    /// <summary>The driver with the landmarks that will drive the head, and the record of what was done.</summary>
    /// <exception cref="UserErrorException">A fit is wanted, but the head does not know its shots' landmarks.</exception>
    public static DriverVideo Prepare(DriverVideo driver, HeadOrigin head, DrivingOptions options)
    {
        ArgumentNullException.ThrowIfNull(driver);
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        var gaps = DriverGaps.Fill(driver.Frames, options.MaxGapSeconds);
        IReadOnlyList<Landmarks68> landmarks = [.. gaps.Frames.Select(frame => frame.Landmarks)];
        landmarks = LandmarkSmoother.Smooth(landmarks, [.. gaps.Frames.Select(frame => frame.TimeS)], options.SmoothSeconds);
        if (options.Fit == LandmarkFit.Shape)
        {
            var fit = new ShapeFit(ShapeOf(head, driver.Store.Info.Size), PersonShape.Of(landmarks),
                head.CropSpecification == driver.Store.Info.CropSpecification);
            landmarks = [.. landmarks.Select(fit.Fit)];
        }

        FrameRecord[] frames =
            [.. gaps.Frames.Zip(
                landmarks, (frame, points) => ReferenceEquals(frame.Landmarks, points) ? frame : frame with { Landmarks = points })];
        if (options.MaxFrames > 0) frames = [.. frames.Take(options.MaxFrames)];
        var whole = frames.Length == gaps.Frames.Count;
        var outside = driver.WithoutFace.Where(run => run.To < driver.Frames[0].FrameNumber || run.From > driver.Frames[^1].FrameNumber);
        return driver with
        {
            Frames = frames,
            Driving = new DrivingRecord(options.Fit, options.SmoothSeconds, [.. gaps.Interpolated.Where(Driven)],
                [.. gaps.LeftOut.Concat(outside).Where(Driven).OrderBy(run => run.From)]),
        };

        bool Driven(FrameRun run) => whole || run.From <= frames[^1].FrameNumber;
    }

    /// <summary>The shape of a head's face, in pixels of frames of the given size.</summary>
    /// <exception cref="UserErrorException">The head was made before heads kept their shots' landmarks.</exception>
    public static PersonShape ShapeOf(HeadOrigin head, int size)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (head.ShotLandmarks
            is not { Count: > 0 } shots) throw new UserErrorException(
            $"The head of '{head.Identity}' does not know its shots' landmarks, which the fit needs. Make it again with 'adapt', or use "
            + "--fit none.");
        return PersonShape.Of([.. shots.Select(values => new Landmarks68(values).Resize(head.Size, size))]);
    }
}

/// <summary>Frames of a driver, in order, with what is missing between them.</summary>
/// <param name="Frames">The frames, filled in where that was wanted.</param>
/// <param name="Interpolated">Runs that were filled in.</param>
/// <param name="LeftOut">Runs that are missing still.</param>
internal sealed record DriverGaps(IReadOnlyList<FrameRecord> Frames, IReadOnlyList<FrameRun> Interpolated, IReadOnlyList<FrameRun> LeftOut)
{
    /// <summary>Fills short gaps inside a track on the straight line between their neighbours; across a cut there is no such
    /// line.</summary>
    /// <param name="frames">By frame number.</param>
    /// <param name="longest">Longest gap that is filled, seconds.</param>
    public static DriverGaps Fill(IReadOnlyList<FrameRecord> frames, double longest)
    {
        var result = new List<FrameRecord>();
        List<FrameRun> filled = [], open = [];
        int[] steps =
            [.. frames.Skip(1).Zip(frames, (next, frame) => next.FrameNumber - frame.FrameNumber).Where(step => step > 0).Order()];
        // A step is the usual distance of frame numbers; sampling at a lower rate rounds to whole frames, so that steps differ by one.
        var usual = steps.Length == 0 ? 1 : steps[steps.Length / 2];
        for (var i = 0; i < frames.Count; i++)
        {
            if (i > 0 && frames[i].FrameNumber - frames[i - 1].FrameNumber > usual + (usual > 1 ? 1 : 0)) Between(frames[i - 1], frames[i]);
            result.Add(frames[i]);
        }

        return new DriverGaps(result, filled, open);

        void Between(FrameRecord before, FrameRecord after)
        {
            var missing = (int)Math.Round((after.FrameNumber - before.FrameNumber) / (double)usual) - 1;
            if (missing < 1) return;
            var run = new FrameRun(before.FrameNumber + usual, before.FrameNumber + (missing * usual), missing);
            var seconds = (after.TimeS - before.TimeS) * missing / (missing + 1);
            if (before.Track != after.Track || seconds > longest)
            {
                open.Add(run);
                return;
            }

            filled.Add(run);
            for (var k = 1; k <= missing; k++) result.Add(
                Mixed(before, after, (double)k / (missing + 1), before.FrameNumber + (k * usual)));
        }
    }

    // The picture, where one is asked for, is the nearer neighbour's.
    private static FrameRecord Mixed(FrameRecord before, FrameRecord after, double share, int number) => (share < 0.5 ? before : after) with
    {
        Key = string.Create(CultureInfo.InvariantCulture, $"{before.Key}-i{number}"),
        FrameNumber = number,
        TimeS = double.Lerp(before.TimeS, after.TimeS, share),
        Landmarks = new Landmarks68([.. before.Landmarks.Values.Zip(after.Landmarks.Values, (a, b) => float.Lerp(a, b, (float)share))]),
    };
}
