using System.Globalization;

namespace ForensicHeads.Cli.Heads;

/// <summary>The picture of <c>--compare</c>: some frames of the driver beside the head driven by them as they are and fitted.</summary>
internal static class Comparison
{
    private const int Rows = 6;

    /// <summary>Writes the picture, and the sidecar that every export has.</summary>
    /// <param name="path">A PNG.</param>
    /// <param name="head">The head.</param>
    /// <param name="driver">The driver as it was found.</param>
    /// <param name="options">As for the output; the fit is taken both ways.</param>
    /// <param name="provenance">Of the output.</param>
    /// <param name="marks">Which marks the picture gets; the label stands on every generated frame.</param>
    /// <param name="run">The command's run.</param>
    public static void Write(string path, HeadFile head, DriverVideo driver, DrivingOptions options, Provenance provenance,
        ExportOptions marks, CommandRun run)
    {
        var plain = DriverLandmarks.Prepare(driver, head.Info, options with { Fit = LandmarkFit.None });
        var fitted = DriverLandmarks.Prepare(driver, head.Info, options with { Fit = LandmarkFit.Shape });
        var rows = Enumerable.Range(0, Math.Min(Rows, plain.Frames.Count)).Select(row =>
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var at = (int)((long)row * plain.Frames.Count / Math.Min(Rows, plain.Frames.Count));
            var frame = plain.Frames[at];
            return new PictureRow(string.Create(CultureInfo.InvariantCulture, $"{frame.TimeS:F2} s"),
                [driver.Store.ReadImage(frame), Frame(plain, at), Frame(fitted, at)]);
        });
        var grid = new PictureGrid(["driver\n ", "generated\nas it is", "generated\nfitted"], [.. rows]);
        ExportOutput.WritePicture(path, ImageCodec.Decode(grid.ToPng()), provenance, marks);

        RgbImage Frame(DriverVideo video, int at)
        {
            var frame = head.Head.Render([video.Frames[at].Landmarks.Resize(video.Store.Info.Size, head.Head.Size)])[0];
            return marks.Label ? VisibleLabel.Apply(ImageResize.Enlarge(frame, Math.Max(1, 256 / head.Head.Size))) : frame;
        }
    }
}
