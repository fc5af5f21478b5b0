using System.Globalization;
using ForensicHeads.Foundation;
using ForensicHeads.Generator.Heads;
using ForensicHeads.Media;

namespace ForensicHeads.Generator.Output;

/// <summary>Generated frames for people: a video or a folder of pictures, with a sidecar. Nothing appears under its name without one.</summary>
public static class ExportOutput
{
    /// <summary>The sidecar's name inside a folder of pictures.</summary>
    public const string FolderSidecar = "provenance.json";

    /// <summary>The sidecar of a video: its name and <c>.json</c>.</summary>
    public static string SidecarOf(string video) => video + ".json";

    /// <summary>Writes H.264 in mp4 at the driver's frame rate, and the sidecar.</summary>
    /// <exception cref="UserErrorException">The encoder or the disk refused; nothing is left.</exception>
    public static Provenance WriteVideo(string path, HeadFile head, DriverVideo driver, Provenance provenance, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(driver);
        ArgumentNullException.ThrowIfNull(provenance);
        var full = Path.GetFullPath(path);
        var size = head.Head.Size;
        var unfinished = AtomicFile.TemporaryName(full);
        try
        {
            // A plain comment helps a person who looks; software looks for XMP, so that it counts as no mark.
            var options = new VideoEncoderOptions { FramesPerSecond = driver.FramesPerSecond, Comment = Provenance.TrainedAlgorithmicMedia };
            using (var encoder = new VideoEncoder(unfinished, size, size, options, cancellation))
            {
                foreach (var frame in new HeadDriver(head).Render(driver, progress, cancellation)) encoder.Write(frame.Image);
                encoder.Complete();
            }

            var result = provenance with
            {
                Marks = new ExportMarks(VisibleLabel: false, InvisibleWatermark: false, SourceTypeMetadata: false),
                Files = [new OutputFile(Path.GetFileName(full), Hashes.OfFile(unfinished))],
            };
            AtomicFile.WriteText(SidecarOf(full), CanonicalJson.ToText(result));
            File.Move(unfinished, full, overwrite: true);
            return result;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Writes <c>000000.png</c>, <c>000001.png</c>, … and the sidecar into a folder that did not exist or is empty.</summary>
    /// <exception cref="UserErrorException">The folder holds something, or the disk refused; nothing is left.</exception>
    public static Provenance WritePictures(string path, HeadFile head, DriverVideo driver, Provenance provenance, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(provenance);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full) || (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any()))
        {
            throw new UserErrorException($"{full} is there already and not empty. Choose another --out, or remove it first.");
        }

        var staging = AtomicFile.TemporaryName(full);
        try
        {
            var files = new List<OutputFile>();
            foreach (var frame in new HeadDriver(head).Render(driver, progress, cancellation))
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{files.Count:D6}.png");
                var png = ImageCodec.EncodePng(frame.Image);
                AtomicFile.WriteBytes(Path.Combine(staging, name), png);
                files.Add(new OutputFile(name, Hashes.Of(png)));
            }

            var result = provenance with { Marks = new ExportMarks(VisibleLabel: false, InvisibleWatermark: false, SourceTypeMetadata: false), Files = files };
            AtomicFile.WriteText(Path.Combine(staging, FolderSidecar), CanonicalJson.ToText(result));
            if (Directory.Exists(full)) Directory.Delete(full);
            Directory.Move(staging, full);
            return result;
        }
        finally
        {
            if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        }
    }
}
