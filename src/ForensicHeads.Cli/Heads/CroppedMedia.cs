using System.Globalization;

namespace ForensicHeads.Cli.Heads;

/// <summary>Photos, or one video, of a person, cut out as the frames of a store are, in a store that lasts as long as the
/// command.</summary>
internal sealed class CroppedMedia : IDisposable
{
    private readonly TemporaryFolder folder;

    private CroppedMedia(TemporaryFolder folder, DriverVideo video)
    {
        this.folder = folder;
        Video = video;
    }

    /// <summary>All of them as one video.</summary>
    public DriverVideo Video { get; }

    /// <summary>Finds the one face of each file, for shots: none may be enlarged, none may show somebody else besides.</summary>
    /// <param name="files">Photos, or one video.</param>
    /// <param name="record">Consent of who they show.</param>
    /// <param name="options">How to cut them out.</param>
    /// <param name="models">Folder of the face models, or null.</param>
    /// <param name="run">Progress and cancellation.</param>
    /// <exception cref="UserErrorException">A file is refused, shows no face, several, or one that is too small.</exception>
    public static CroppedMedia Shots(IReadOnlyList<string> files, ConsentRecord record, FaceCropperOptions options, string? models,
        CommandRun run) => Read(files, record, options, models, run, analysis =>
    {
        if (analysis.Tracks.Count > 1) return $"shows {analysis.Tracks.Count} faces, or one with cuts between. Nobody but the person "
            + "agreed to be used, so none is picked: crop the picture to one face, or give another file.";
        var frame = analysis.Tracks[0].Frames[0];
        return frame.Crop.Size >= options.Size ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"shows a face of {frame.Crop.Size * options.FaceShare:F0} pixels from chin to brows, but the weights work at {options.Size} "
                + $"px and need {Math.Ceiling(options.Size * options.FaceShare):F0} or more, since shots are never enlarged. Give a "
                + $"larger picture.");
    });

    /// <summary>Follows the one face of a video or photo that drives a head. A face that returns after a cut or an absence goes on; two at
    /// once are refused.</summary>
    /// <inheritdoc cref="Shots"/>
    public static CroppedMedia Driver(string file, ConsentRecord record, FaceCropperOptions options, string? models, CommandRun run) =>
        Read([file], record, options, models, run, analysis =>
    {
        var tracks = analysis.Tracks.OrderBy(track => track.Frames[0].FrameNumber).ToArray();
        var (first, second) = tracks.Zip(tracks.Skip(1))
            .FirstOrDefault(pair => pair.Second.Frames[0].FrameNumber <= pair.First.Frames[^1].FrameNumber);
        return second is null ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"shows two faces at once at {second.Frames[0].TimeS:F2} s (frame {second.Frames[0].FrameNumber}; the other is seen from "
                + $"{first!.Frames[0].TimeS:F2} to {first.Frames[^1].TimeS:F2} s), and which of them drives cannot be guessed. Crop or "
                + $"cut the video to one person.");
    });

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static CroppedMedia Read(IReadOnlyList<string> files, ConsentRecord record, FaceCropperOptions options, string? models,
        CommandRun run, Func<VideoAnalysis, string?> fault)
    {
        var folder = new TemporaryFolder();
        var without = new List<FrameRun>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var cropper = FaceCropper.Load(models);
            using var writer = StoreWriter.Create(folder["store"], new StoreInfo
            {
                Name = "media",
                Size = options.Size,
                CropSpecification = Ingestor.CropText(options),
                Arguments = ["media"],
                LicenceSummary = "by consent",
            });
            foreach (var file in files) Add(writer, file, cropper);
            writer.WriteSidecar(ConsentFile.Name, ConsentFile.ToJson([record]));
            var store = writer.Complete();
            FrameRecord[] frames = [.. store.Frames.OrderBy(frame => frame.FrameNumber)];
            return new CroppedMedia(folder,
                new DriverVideo(store, Path.GetFileName(files[0]), frames) { WithoutFace = without, SourceNames = names });
        }
        catch
        {
            folder.Dispose();
            throw;
        }

        void Add(StoreWriter writer, string file, FaceCropper cropper)
        {
            if (!File.Exists(file)) throw new UserErrorException($"There is no file {file}. Check the path.");
            var crops = new List<FaceCrop>();
            var analysis = cropper.Process(file, options, crops.Add, run.Progress, run.Cancellation);
            if (analysis.Status == MediaStatus.Rejected) throw new UserErrorException(
                $"{file} was refused: {analysis.Reason}. Choose another file, with one face that is large and sharp enough.");
            if (analysis.Status == MediaStatus.Partial) run.Warn(
                $"{file} is damaged or cut short ({analysis.Reason}); what could be read is used.");
            if (fault(analysis) is { } reason) throw new UserErrorException($"{file} {reason}");
            names.TryAdd(analysis.Facts!.Sha256, Path.GetFileName(file));
            without.AddRange(files.Count == 1 ? analysis.WithoutFace : []);
            foreach (var crop in crops)
            {
                // Frames of one video keep their numbers, by which gaps are seen; photos are counted.
                var number = files.Count == 1 ? crop.Frame.FrameNumber : writer.Count;
                var window = crop.Frame.Crop;
                writer.Add(new FrameRecord
                {
                    Key = string.Create(CultureInfo.InvariantCulture, $"media-{number:D6}"),
                    Identity = record.Identity,
                    Video = Path.GetFileName(files[0]),
                    Track = crop.Track.Number,
                    FrameNumber = number,
                    TimeS = crop.Frame.TimeS,
                    Landmarks = crop.Landmarks,
                    LandmarkConfidence = crop.Frame.Confidence,
                    CropX = window.X,
                    CropY = window.Y,
                    CropW = window.Size,
                    CropH = window.Size,
                    SourceSha256 = analysis.Facts.Sha256,
                    SourceCodec = analysis.Facts.Codec,
                    SourceWidth = analysis.Facts.Width,
                    SourceHeight = analysis.Facts.Height,
                    Licence = "by consent",
                    // Whoever hands in a file hands in a consent record, too; the gate asks for it.
                    MayGenerate = true,
                }, crop.Image);
            }
        }
    }
}
