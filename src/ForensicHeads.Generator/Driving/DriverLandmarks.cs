namespace ForensicHeads.Generator.Driving;

/// <summary>Prepares a driver for a head: fills gaps, smooths, fits. Only landmarks change; the driver's pictures stay what they are.</summary>
public static class DriverLandmarks
{
    /// <summary>The driver with the landmarks that will drive the head, and the record of what was done.</summary>
    /// <exception cref="UserErrorException">A fit is wanted, but the head does not know its shots' landmarks.</exception>
    public static DriverVideo Prepare(DriverVideo driver, HeadInfo head, DrivingOptions options)
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
            var fit = new ShapeFit(ShapeOf(head, driver.Store.Info.Size), PersonShape.Of(landmarks), head.CropSpecification == driver.Store.Info.CropSpecification);
            landmarks = [.. landmarks.Select(fit.Fit)];
        }

        FrameRecord[] frames = [.. gaps.Frames.Zip(landmarks, (frame, points) => ReferenceEquals(frame.Landmarks, points) ? frame : frame with { Landmarks = points })];
        if (options.MaxFrames > 0) frames = [.. frames.Take(options.MaxFrames)];
        var whole = frames.Length == gaps.Frames.Count;
        var outside = driver.WithoutFace.Where(run => run.To < driver.Frames[0].FrameNumber || run.From > driver.Frames[^1].FrameNumber);
        return driver with
        {
            Frames = frames,
            Driving = new DrivingRecord(options.Fit, options.SmoothSeconds, [.. gaps.Interpolated.Where(Driven)], [.. gaps.LeftOut.Concat(outside).Where(Driven).OrderBy(run => run.From)]),
        };

        bool Driven(FrameRun run) => whole || run.From <= frames[^1].FrameNumber;
    }

    /// <summary>The shape of a head's face, in pixels of frames of the given size.</summary>
    /// <exception cref="UserErrorException">The head was made before heads kept their shots' landmarks.</exception>
    public static PersonShape ShapeOf(HeadInfo head, int size)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (head.ShotLandmarks is not { Count: > 0 } shots) throw new UserErrorException($"The head of '{head.Identity}' does not know its shots' landmarks, which the fit needs. Make it again with 'adapt', or use --fit none.");
        return PersonShape.Of([.. shots.Select(values => new Landmarks68(values).Resize(head.Preset.Size, size))]);
    }
}
