using System.Globalization;

namespace ForensicHeads.Datasets.Ingest;

/// <summary>Photos, or one video, of a person, cut out as the frames of a store are: as one video of a store that lasts as long as
/// this.</summary>
public sealed class CroppedMedia : IDisposable
{
    private readonly TemporaryFolder folder;

    private CroppedMedia(TemporaryFolder folder, FrameStore store)
    {
        this.folder = folder;
        Store = store;
        Frames = [.. store.Frames.OrderBy(frame => frame.FrameNumber)];
    }

    /// <summary>The store, which holds nothing else.</summary>
    public FrameStore Store { get; }

    /// <summary>All frames in order, at least one. Those of a video keep their numbers, by which gaps are seen; photos are
    /// counted.</summary>
    public IReadOnlyList<FrameRecord> Frames { get; }

    /// <summary>Runs of frames of a video in which no face was found; empty for several files.</summary>
    public IReadOnlyList<FrameRun> WithoutFace { get; private init; } = [];

    /// <summary>Names of the files, without folders, by their SHA-256.</summary>
    public required IReadOnlyDictionary<string, string> SourceNames { get; init; }

    /// <summary>Finds the one face of each file, for shots: none may be enlarged, none may show somebody else besides.</summary>
    /// <param name="files">Photos, or one video.</param>
    /// <param name="record">Consent of who they show, as <see cref="ConsentGate"/> let it pass.</param>
    /// <param name="options">How to cut them out.</param>
    /// <param name="cropper">Finds the faces.</param>
    /// <param name="warn">Takes what the user should know of a file that is used all the same; null for nobody.</param>
    /// <param name="progress">Frames done, of each file.</param>
    /// <param name="cancellation">Stops at the next frame.</param>
    /// <exception cref="UserErrorException">A file is missing or refused, shows no face, several, or one that is too small.</exception>
    public static CroppedMedia Shots(IReadOnlyList<string> files, ConsentRecord record, FaceCropperOptions options, FaceCropper cropper,
        Action<string>? warn = null, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        return Read(files, record, options, cropper, Fault, warn, progress, cancellation);

        string? Fault(SpooledFrame[] frames)
        {
            var faces = frames.Select(frame => frame.Track).Distinct().Count();
            if (faces > 1) return $"shows {faces} faces, or one with cuts between. Nobody but the person agreed to be used, so none is "
                + "picked: crop the picture to one face, or give another file.";
            var side = frames[0].CropSize;
            return side >= options.Size ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"shows a face of {side * options.FaceShare:F0} pixels from chin to brows, but the weights work at {options.Size} px and "
                    + $"need {Math.Ceiling(options.Size * options.FaceShare):F0} or more, since shots are never enlarged. Give a larger "
                    + $"picture.");
        }
    }

    /// <summary>Follows the one face of a video or photo that drives a head. A face that returns after a cut or an absence goes on; two at
    /// once are refused.</summary>
    /// <inheritdoc cref="Shots"/>
    public static CroppedMedia Driver(string file, ConsentRecord record, FaceCropperOptions options, FaceCropper cropper,
        Action<string>? warn = null, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        return Read([file], record, options, cropper, Fault, warn, progress, cancellation);

        static string? Fault(SpooledFrame[] frames)
        {
            var tracks = frames.GroupBy(frame => frame.Track).Select(track => (First: track.First(), Last: track.Last()))
                .OrderBy(track => track.First.FrameNumber).ToArray();
            var (one, other) = tracks.Zip(tracks.Skip(1))
                .FirstOrDefault(pair => pair.Second.First.FrameNumber <= pair.First.Last.FrameNumber);
            return other.First is null ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"shows two faces at once at {other.First.TimeS:F2} s (frame {other.First.FrameNumber}; the other is seen from "
                    + $"{one.First.TimeS:F2} to {one.Last.TimeS:F2} s), and which of them drives cannot be guessed. Crop or cut the video "
                    + $"to one person.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static CroppedMedia Read(IReadOnlyList<string> files, ConsentRecord record, FaceCropperOptions options, FaceCropper cropper,
        Func<SpooledFrame[], string?> fault, Action<string>? warn, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var folder = new TemporaryFolder();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        IReadOnlyList<FrameRun> without = [];
        try
        {
            using var writer = StoreWriter.Create(folder["store"], new StoreInfo
            {
                Name = "media",
                Size = options.Size,
                CropSpecification = Ingestor.CropText(options),
                Arguments = ["media"],
                LicenceSummary = "by consent",
            });
            foreach (var file in files) Add(writer, file);
            writer.WriteSidecar(ConsentFile.Name, ConsentFile.ToJson([record]));
            return new CroppedMedia(folder, writer.Complete()) { SourceNames = names, WithoutFace = without };
        }
        catch
        {
            folder.Dispose();
            throw;
        }

        void Add(StoreWriter writer, string file)
        {
            if (!File.Exists(file)) throw new UserErrorException($"There is no file {file}. Check the path.");
            var video = SpooledVideo.Make(folder.Path, "crops", cropper, file, options, progress, cancellation);
            if (video.Status == MediaStatus.Rejected || video.Frames.Length == 0) throw new UserErrorException(
                $"{file} was refused: {video.Reason}. Choose another file, with one face that is large and sharp enough.");
            if (video.Status == MediaStatus.Partial) warn?.Invoke(
                $"{file} is damaged or cut short ({video.Reason}); what could be read is used.");
            if (fault(video.Frames) is { } reason) throw new UserErrorException($"{file} {reason}");
            names.TryAdd(video.Sha256, Path.GetFileName(file));
            if (files.Count == 1) without = video.Without;
            var input = new IngestInput
            {
                File = file,
                FullPath = file,
                Identity = record.Identity,
                Licence = "by consent",
                // Whoever hands in a file hands in a consent record, too; the gate asks for it.
                MayGenerate = true,
            };
            video.Read(folder.Path, "crops", (frame, png) =>
            {
                var number = files.Count == 1 ? frame.FrameNumber : writer.Count;
                var key = FormattableString.Invariant($"media-{number:D6}");
                writer.AddPng(video.Row(input, Path.GetFileName(files[0]), frame) with { Key = key, FrameNumber = number }, png);
            });
        }
    }
}
