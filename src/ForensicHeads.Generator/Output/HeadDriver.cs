namespace ForensicHeads.Generator.Output;

/// <summary>Drives a head through a video, a batch of frames at a time, so that memory stays bounded.</summary>
/// <param name="head">The head.</param>
/// <param name="size">Side of its frames in pixels.</param>
/// <param name="batch">Frames in one go.</param>
public sealed class HeadDriver(ITalkingHead head, int size, int batch = RenderOptions.UsualBatch)
{
    /// <summary>Renders every frame of the driver, in order, as they are asked for.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between batches.</exception>
    public IEnumerable<DrivenFrame> Render(DriverVideo driver, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(driver);
        var done = 0;
        foreach (var frames in driver.Frames.Chunk(batch))
        {
            cancellation.ThrowIfCancellationRequested();
            var landmarks = Array.ConvertAll(frames, frame => frame.Landmarks.Resize(driver.Store.Info.Size, size));
            var images = head.Render(landmarks);
            for (var i = 0; i < frames.Length; i++) yield return new DrivenFrame(frames[i], landmarks[i], images[i]);
            done += frames.Length;
            progress?.Report(new StepProgress("generating", done, driver.Frames.Count, "frames"));
        }
    }
}

/// <summary>One generated frame and the frame that drove it.</summary>
/// <param name="Driver">The driver's row.</param>
/// <param name="Landmarks">The driving landmarks in pixels of <paramref name="Image"/>.</param>
/// <param name="Image">What the head made of them.</param>
public sealed record DrivenFrame(FrameRecord Driver, Landmarks68 Landmarks, RgbImage Image);
