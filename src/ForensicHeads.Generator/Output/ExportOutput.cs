using System.Globalization;

namespace ForensicHeads.Generator.Output;

/// <summary>Generated frames for people: a video or a folder of pictures, with a sidecar. Nothing appears under its name without
/// one.</summary>
public static class ExportOutput
{
    /// <summary>The sidecar's name inside a folder of pictures.</summary>
    public const string FolderSidecar = "provenance.json";

    /// <summary>The sidecar of a video: its name and <c>.json</c>.</summary>
    public static string SidecarOf(string video) => video + ".json";

    /// <summary>Writes H.264 in mp4, each frame at its time (<see cref="DriverVideo.Timing"/>), and the sidecar. A video whose sidecar
    /// says that it was made so, and whose hash is the one noted there, is taken as it is.</summary>
    /// <exception cref="UserErrorException">The encoder or the disk refused; nothing is left.</exception>
    public static Provenance WriteVideo(string path, IDrivenHead head, DriverVideo driver, Provenance provenance, ExportOptions options,
        IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(driver);
        ArgumentNullException.ThrowIfNull(provenance);
        ArgumentNullException.ThrowIfNull(options);
        var timing = driver.Timing;
        provenance = At(timing, provenance);
        var target = ChosenPath.Of(path);
        var export = new ExportFrame(options, head.Origin.Size);
        Leftovers.RemoveBeside(target.Full);
        Leftovers.RemoveBeside(SidecarOf(target.Full));
        if (Finished(target, provenance, options, export) is { } before) return before;
        var unfinished = target.Temporary;
        try
        {
            // A plain comment besides the XMP, which re-encoding with ffmpeg keeps.
            var encoding = new VideoEncoderOptions
            {
                OwnTimes = timing.FramesPerSecond is null,
                Comment = options.Xmp ? Provenance.TrainedAlgorithmicMedia : null
            };
            if (timing.FramesPerSecond is { } constant) encoding = encoding with { FramesPerSecond = constant };
            using (var encoder = new VideoEncoder(unfinished.Full, export.Side, export.Side, encoding, cancellation))
            {
                foreach (var (frame, time) in head.Render(driver, progress, cancellation).Zip(timing.Times))
                    encoder.Write(export.Of(frame.Image), time);
                encoder.Complete();
            }

            if (options.Xmp) Mp4Xmp.Append(unfinished.Full, Packet(provenance));
            var result = Of(provenance, options, export, target.Name, PlainFile.Hash(unfinished.Folder, unfinished.Name));
            AtomicFile.WriteText(target.Folder, SidecarOf(target.Name), CanonicalJson.ToText(result));
            OwnFiles.Move(target.Folder, unfinished.Name, target.Name);
            return result;
        }
        finally
        {
            OwnFiles.Delete(unfinished.Folder, unfinished.Name);
        }
    }

    private static Provenance Of(Provenance provenance, ExportOptions options, ExportFrame export, string name, string sha256) =>
        provenance with { Marks = options.Marks, PixelsASide = export.Side, Files = [new OutputFile(name, sha256)] };

    private static Provenance At(ExportTiming timing, Provenance provenance) => provenance with
    {
        FramesPerSecond = timing.FramesPerSecond,
        RateIsChosen = timing.IsChosen,
        TimesS = timing.FramesPerSecond is null ? [.. timing.Times.Select(time => Math.Round(time, 6))] : null,
    };

    // The sidecar is written first, so that a run that was killed between the two has no video of that hash.
    private static Provenance? Finished(ChosenPath video, Provenance provenance, ExportOptions options, ExportFrame export)
    {
        var sidecar = SidecarOf(video.Name);
        if (FileKinds.Of(video.Full) != FileKind.Plain || !PlainFile.IsThere(video.Folder, sidecar)) return null;
        var same = Of(provenance, options, export, video.Name, PlainFile.Hash(video.Folder, video.Name));
        return PlainFile.ReadText(video.Folder, sidecar) == CanonicalJson.ToText(same) ? same : null;
    }

    /// <summary>Writes <c>000000.png</c>, <c>000001.png</c>, … and the sidecar into a folder that did not exist or is empty.</summary>
    /// <exception cref="UserErrorException">The folder holds something, or the disk refused; nothing is left.</exception>
    public static Provenance WritePictures(string path, IDrivenHead head, DriverVideo driver, Provenance provenance, ExportOptions options,
        IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(driver);
        ArgumentNullException.ThrowIfNull(provenance);
        ArgumentNullException.ThrowIfNull(options);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full) || (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any()))
        {
            throw new UserErrorException($"{full} is there already and not empty. Choose another --out, or remove it first.");
        }

        Leftovers.RemoveBeside(full);
        var target = ChosenPath.Of(full);
        var staging = target.Temporary;
        try
        {
            var export = new ExportFrame(options, head.Origin.Size);
            var packet = options.Xmp ? Packet(provenance) : null;
            var files = new List<OutputFile>();
            foreach (var frame in head.Render(driver, progress, cancellation))
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{files.Count:D6}.png");
                var png = ImageCodec.EncodePng(export.Of(frame.Image));
                if (packet is not null) png = PngXmp.Insert(png, packet);
                AtomicFile.WriteBytes(staging.Full, name, png);
                files.Add(new OutputFile(name, Hashes.Of(png)));
            }

            var result = At(driver.Timing, provenance) with { Marks = options.Marks, PixelsASide = export.Side, Files = files };
            AtomicFile.WriteText(staging.Full, FolderSidecar, CanonicalJson.ToText(result));
            OwnFiles.DeleteIfEmpty(target.Folder, target.Name);
            OwnFiles.Move(target.Folder, staging.Name, target.Name);
            return result;
        }
        finally
        {
            OwnFiles.Delete(staging.Folder, staging.Name);
        }
    }

    /// <summary>Writes one picture that shows generated frames among other things, and its sidecar. The frames within bear their labels
    /// already.</summary>
    /// <param name="path">The PNG to make.</param>
    /// <param name="picture">At least <see cref="WatermarkEmbedder.SmallestSide"/> pixels a side.</param>
    /// <param name="provenance">Of the frames.</param>
    /// <param name="options">Which marks it gets.</param>
    /// <exception cref="UserErrorException">The disk refused; nothing is left under the name.</exception>
    public static Provenance WritePicture(string path, RgbImage picture, Provenance provenance, ExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(provenance);
        ArgumentNullException.ThrowIfNull(options);
        var full = Path.GetFullPath(path);
        var marked = options.Watermark is { } key ? new WatermarkEmbedder(key, picture.Width, picture.Height).Apply(picture) : picture;
        var png = ImageCodec.EncodePng(marked);
        if (options.Xmp) png = PngXmp.Insert(png, Packet(provenance));
        var result = provenance with { Marks = options.Marks, Files = [new OutputFile(Path.GetFileName(full), Hashes.Of(png))] };
        AtomicFile.WriteText(SidecarOf(full), CanonicalJson.ToText(result));
        AtomicFile.WriteBytes(full, png);
        return result;
    }

    private static byte[] Packet(Provenance provenance) =>
        XmpPacket.Write(new XmpFacts(provenance.DigitalSourceType, provenance.CreatorTool));
}

/// <summary>Which marks an export gets. By default all of them, with the public key.</summary>
public sealed record ExportOptions
{
    /// <summary>Whether frames get the visible label. Default true.</summary>
    public bool Label { get; init; } = true;

    /// <summary>The key of the invisible watermark, or null for none. Default <see cref="WatermarkKey.Public"/>.</summary>
    public WatermarkKey? Watermark { get; init; } = WatermarkKey.Public;

    /// <summary>Whether files get XMP with the digital source type. Default true.</summary>
    public bool Xmp { get; init; } = true;

    /// <summary>As the sidecar names them.</summary>
    public ExportMarks Marks => new(Label, Watermark is not null, Xmp, Watermark?.Id);
}

/// <summary>Makes generated frames ready for people: enlarged to a size that can be watched, then marked in the pixels.</summary>
/// <remarks>64 pixels hold neither a readable label nor a watermark that survives half size. The marks come after enlarging.</remarks>
internal sealed class ExportFrame
{
    /// <summary>Smallest side of an export in pixels.</summary>
    internal const int SmallestSide = 256;

    private readonly bool label;
    private readonly WatermarkEmbedder? watermark;
    private readonly int factor;

    /// <summary>For frames of one size.</summary>
    /// <param name="options">Which marks.</param>
    /// <param name="size">Side of the generated frames in pixels.</param>
    internal ExportFrame(ExportOptions options, int size)
    {
        factor = (SmallestSide + size - 1) / size;
        Side = size * factor;
        label = options.Label;
        watermark = options.Watermark is { } key ? new WatermarkEmbedder(key, Side, Side) : null;
    }

    /// <summary>Side of the exported frames in pixels: the smallest whole multiple of the generated size that reaches 256.</summary>
    internal int Side { get; }

    /// <summary>The frame as it is exported.</summary>
    internal RgbImage Of(RgbImage frame)
    {
        var result = ImageResize.Enlarge(frame, factor);
        if (label) result = VisibleLabel.Apply(result);
        return watermark?.Apply(result) ?? result;
    }
}
