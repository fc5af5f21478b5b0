using System.Globalization;
using ForensicHeads.Cli.Frame;
using ForensicHeads.Datasets;
using ForensicHeads.Foundation;
using ForensicHeads.Generator.Output;
using ForensicHeads.Media;

namespace ForensicHeads.Cli.Heads;

/// <summary>Photos, or one video, of a person, cut out as <c>ingest</c> does, in a store that lasts as long as the command.</summary>
internal sealed class CroppedMedia : IDisposable
{
    private readonly DirectoryInfo folder;

    private CroppedMedia(DirectoryInfo folder, DriverVideo video)
    {
        this.folder = folder;
        Video = video;
    }

    /// <summary>All of them as one video.</summary>
    public DriverVideo Video { get; }

    /// <summary>Finds the one face of each file.</summary>
    /// <param name="files">Photos, or one video.</param>
    /// <param name="identity">Who they show.</param>
    /// <param name="size">Side of the crops in pixels.</param>
    /// <param name="models">Folder of the face models, or null.</param>
    /// <param name="run">Progress and cancellation.</param>
    /// <exception cref="UserErrorException">A file is refused, shows no face or several.</exception>
    public static CroppedMedia Read(IReadOnlyList<string> files, string identity, int size, string? models, CommandRun run)
    {
        var folder = Directory.CreateTempSubdirectory("forensicheads-media-");
        try
        {
            using var cropper = FaceCropper.Load(models);
            using var writer = StoreWriter.Create(Path.Combine(folder.FullName, "store"), new StoreInfo
            {
                Name = "media",
                Size = size,
                CropSpecification = "as ingest",
                Arguments = ["media"],
                LicenceSummary = "by consent",
            });
            foreach (var file in files) Add(writer, file, cropper);
            return new CroppedMedia(folder, DriverVideo.Of(writer.Complete(), Path.GetFileName(files[0])));
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }

        void Add(StoreWriter writer, string file, FaceCropper cropper)
        {
            var crops = new List<FaceCrop>();
            var analysis = cropper.Process(file, new FaceCropperOptions { Size = size }, crops.Add, run.Progress, run.Cancellation);
            if (analysis.Status == MediaStatus.Rejected) throw new UserErrorException($"{file} was refused: {analysis.Reason}. Choose another file.");
            if (analysis.Tracks.Count > 1) throw new UserErrorException($"{file} shows {analysis.Tracks.Count} faces, or one with cuts between. Give a file with one face, without cuts.");
            foreach (var crop in crops)
            {
                var number = writer.Count;
                writer.Add(new FrameRecord
                {
                    Key = string.Create(CultureInfo.InvariantCulture, $"media-{number:D6}"),
                    Identity = identity,
                    Video = Path.GetFileName(files[0]),
                    FrameNumber = number,
                    TimeS = crop.Frame.TimeS,
                    Landmarks = crop.Landmarks,
                    LandmarkConfidence = crop.Frame.Confidence,
                    SourceSha256 = analysis.Facts!.Sha256,
                    SourceCodec = analysis.Facts.Codec,
                    Licence = "by consent",
                    // Whoever hands in a file hands in a consent record, too; the gate asks for it.
                    MayGenerate = true,
                }, crop.Image);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}
