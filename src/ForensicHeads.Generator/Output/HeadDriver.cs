using ForensicHeads.Foundation;
using ForensicHeads.Generator.Heads;

namespace ForensicHeads.Generator.Output;

/// <summary>Drives a head through a video, a batch of frames at a time, so that memory stays bounded.</summary>
/// <param name="head">The head.</param>
/// <param name="size">Side of its frames in pixels.</param>
public sealed class HeadDriver(ITalkingHead head, int size)
{
    private const int Batch = 16;

    /// <summary>Renders every frame of the driver, in order, as they are asked for.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between batches.</exception>
    public IEnumerable<DrivenFrame> Render(DriverVideo driver, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(driver);
        var done = 0;
        foreach (var batch in driver.Frames.Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            var landmarks = Array.ConvertAll(batch, frame => frame.Landmarks.Resize(driver.Store.Info.Size, size));
            var images = head.Render(landmarks);
            for (var i = 0; i < batch.Length; i++) yield return new DrivenFrame(batch[i], landmarks[i], images[i]);
            done += batch.Length;
            progress?.Report(new StepProgress("generating", done, driver.Frames.Count, "frames"));
        }
    }
}
