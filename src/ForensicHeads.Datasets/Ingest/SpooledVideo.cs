using System.Text.Json;

namespace ForensicHeads.Datasets.Ingest;

/// <summary>The finished crops of one file on disk: PNGs end to end, and this description written after them.</summary>
/// <remarks>
/// Crops wait here for their turn in the store, so memory stays small however long a video is; and since the name is made of the file's
/// content and of all that shapes the crops, an interrupted ingest takes them over.
/// </remarks>
internal sealed record SpooledVideo(
    MediaStatus Status, string? Reason, string Sha256, string Codec, int Width, int Height, ShownSource Shown, int FramesDecoded,
    int FramesWithoutFace, SpooledFrame[] Frames, FrameRun[] Without, string PicturesSha256)
{
    /// <summary>Changes whenever the same file and options would give other crops.</summary>
    private const string CodeVersion = "2";

    /// <summary>The name under which the crops of a file are kept.</summary>
    internal static string Name(string sourceSha256, FaceCropperOptions options)
    {
        // The number of workers does not change the crops.
        var settings = CanonicalJson.ToLine(options with { Workers = 1 });
        return Hashes.OfText(
            string.Join('\n', CodeVersion, sourceSha256, settings, FaceModels.FaceDetector.Sha256, FaceModels.Landmarks66.Sha256));
    }

    private static string Pictures(string name) => name + ".png-s";

    private static string Description(string name) => name + ".json";

    /// <summary>The whole and undamaged result of an earlier run, or null.</summary>
    internal static SpooledVideo? Find(string folder, string name)
    {
        if (!PlainFile.IsThere(folder, Description(name))) return null;
        try
        {
            var video = JsonSerializer.Deserialize<SpooledVideo>(PlainFile.ReadText(folder, Description(name)), CanonicalJson.Foreign);
            return video is not null && PlainFile.Hash(folder, Pictures(name)) == video.PicturesSha256 ? video : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UserErrorException)
        {
            return null;
        }
    }

    /// <summary>Analyses a file and writes its crops.</summary>
    internal static SpooledVideo Make(string folder, string name, FaceCropper cropper, string path, FaceCropperOptions options,
        IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var frames = new List<SpooledFrame>();
        VideoAnalysis analysis = null!;
        AtomicFile.Write(folder, Pictures(name), stream => analysis = cropper.Process(path, options, crop =>
        {
            var png = ImageCodec.EncodePng(crop.Image);
            stream.Write(png);
            var (frame, window) = (crop.Frame, crop.Frame.Crop);
            frames.Add(new SpooledFrame(crop.Track.Number, frame.FrameNumber, frame.TimeS, crop.Landmarks.Values, frame.Confidence,
                window.X, window.Y, window.Size, png.Length));
        }, progress, cancellation));
        var video = new SpooledVideo(
            analysis.Status, analysis.Reason, analysis.Facts?.Sha256 ?? "", analysis.Facts?.Codec ?? "", analysis.Facts?.Width ?? 0,
            analysis.Facts?.Height ?? 0, analysis.Facts is { } facts ? ShownSource.Of(facts, analysis.FramesDecoded) : ShownSource.Plain,
            analysis.FramesDecoded, analysis.WithoutFace.Sum(run => run.Count), [.. frames], [.. analysis.WithoutFace],
            PlainFile.Hash(folder, Pictures(name)));
        AtomicFile.WriteText(folder, Description(name), CanonicalJson.ToLine(video));
        return video;
    }

    /// <summary>The row of a frame in a store.</summary>
    /// <param name="input">What the file's owner says of it.</param>
    /// <param name="name">What the video is called there.</param>
    /// <param name="frame">One of <see cref="Frames"/>.</param>
    internal FrameRecord Row(IngestInput input, string name, SpooledFrame frame) => new()
    {
        Key = FormattableString.Invariant($"{name}_t{frame.Track:00}_f{frame.FrameNumber:000000}"),
        Identity = input.Identity,
        Video = name,
        Track = frame.Track,
        FrameNumber = frame.FrameNumber,
        TimeS = frame.TimeS,
        Landmarks = new Landmarks68(frame.Landmarks),
        LandmarkConfidence = frame.Confidence,
        CropX = frame.CropX,
        CropY = frame.CropY,
        CropW = frame.CropSize,
        CropH = frame.CropSize,
        SourceSha256 = Sha256,
        SourceCodec = Codec,
        SourceWidth = Width,
        SourceHeight = Height,
        Shown = Shown,
        Licence = input.Licence,
        MayGenerate = input.MayGenerate,
        Group = input.Group,
        Status = Status == MediaStatus.Partial ? "partial" : "ok",
        Origin = input.Origin,
    };

    /// <summary>Hands on each frame with its PNG.</summary>
    internal void Read(string folder, string name, Action<SpooledFrame, byte[]> take)
    {
        using var stream = PlainFile.Open(folder, Pictures(name));
        foreach (var frame in Frames)
        {
            var png = new byte[frame.Length];
            stream.ReadExactly(png);
            take(frame, png);
        }
    }
}

/// <summary>One crop of a spooled video: what the index needs and the manifest does not say.</summary>
internal sealed record SpooledFrame(int Track, int FrameNumber, double TimeS, float[] Landmarks, float Confidence, int CropX, int CropY,
    int CropSize, int Length);
