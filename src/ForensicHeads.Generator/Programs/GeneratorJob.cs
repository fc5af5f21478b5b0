using System.Buffers.Binary;
using System.Globalization;

namespace ForensicHeads.Generator.Programs;

/// <summary>The folders of one job of a program: shots and driver in, frames out. What comes back is taken for the work of a
/// stranger.</summary>
internal sealed class GeneratorJob : IDisposable
{
    /// <summary>The video of the driver, or of the frames.</summary>
    private const string Video = ".mp4";

    // A frame of 1,024 px has no more than a twentieth of that.
    private const long MostBytes = 64L << 20;

    private readonly TemporaryFolder folder = new();
    private readonly GeneratorFile file;
    private readonly int frames;
    private readonly int size;

    /// <summary>Lays out what the program is given.</summary>
    public GeneratorJob(GeneratorFile file, GeneratorTask task, IEnumerable<Shot> drivers)
    {
        this.file = file;
        Pictures("shots", task.Shots);
        (frames, size) = Pictures("driver", drivers);
        OwnFiles.CreateFolder(folder.Path, "out");
        if (file.Takes == FrameForm.Video) Film(drivers, task.FramesPerSecond);
        Values = new Dictionary<string, string>
        {
            ["shots"] = Path.Combine(folder.Path, "shots"),
            ["driver"] = Path.Combine(folder.Path, "driver"),
            ["out"] = Path.Combine(folder.Path, "out"),
            ["seed"] = (task.Seed + task.Draw).ToString(CultureInfo.InvariantCulture),
            ["device"] = ComputeDevice,
        };
    }

    /// <summary>Where all of it lies.</summary>
    public string Folder => folder.Path;

    /// <summary>What stands for the placeholders.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    // A program of others asks its own libraries for the card; here only whether there may be one.
    private static string ComputeDevice =>
        File.Exists("/dev/nvidia0") && Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES") is not ("" or "-1") ? "cuda:0" : "cpu";

    /// <summary>The frames that the program made, one for each driver frame.</summary>
    /// <exception cref="JobFailedException">Too few, of another size, or none that can be read.</exception>
    public IReadOnlyList<RgbImage> Read(CancellationToken cancellation) =>
        file.Gives == FrameForm.Video ? OfVideo(cancellation) : [.. Enumerable.Range(0, frames).Select(i => Picture(Name(i)))];

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"{index:D3}.png");

    // Written as they come, since a video may be long.
    private (int Count, int Size) Pictures(string name, IEnumerable<Shot> shots)
    {
        var place = OwnFiles.CreateFolder(folder.Path, name);
        var landmarks = new SortedDictionary<string, float[]>(StringComparer.Ordinal);
        var side = 0;
        foreach (var (i, shot) in shots.Index())
        {
            AtomicFile.WriteBytes(place, Name(i), ImageCodec.EncodePng(shot.Image));
            landmarks[Name(i)] = [.. shot.Landmarks.Values];
            side = shot.Image.Width;
        }

        AtomicFile.WriteText(place, "landmarks.json", CanonicalJson.ToText(landmarks));
        return (landmarks.Count, side);
    }

    private void Film(IEnumerable<Shot> drivers, double framesPerSecond)
    {
        var options = new VideoEncoderOptions { Lossless = true, FramesPerSecond = framesPerSecond };
        using var encoder = new VideoEncoder(folder["driver/driver" + Video], size, size, options);
        foreach (var driver in drivers) encoder.Write(driver.Image);
        encoder.Complete();
    }

    private RgbImage Picture(string name)
    {
        var place = Path.Combine(folder.Path, "out");
        byte[] bytes;
        try
        {
            bytes = PlainFile.ReadBytes(place, name, MostBytes);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            var made = Directory.Exists(place) ? Directory.EnumerateFiles(place, "*.png").Count() : 0;
            throw new JobFailedException(string.Create(CultureInfo.InvariantCulture,
                $"it made no {name}: {frames} frames are needed, 000.png to {Name(frames - 1)}, and {made} PNG files are there"), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UserErrorException)
        {
            throw new JobFailedException($"{name} cannot be read: {error.Message}", error);
        }

        var (width, height) = SizeOf(bytes);
        if (width != size || height != size) throw new JobFailedException(string.Create(CultureInfo.InvariantCulture,
            $"{name} is {(width == 0 ? "no PNG" : $"{width}×{height} px")} where a PNG of {size}×{size} px is needed"));
        try
        {
            var image = ImageCodec.Decode(bytes);
            return (image.Width, image.Height) == (size, size) ? image : throw new InvalidDataException("it is turned by its metadata");
        }
        catch (InvalidDataException error)
        {
            throw new JobFailedException($"{name} cannot be decoded: {error.Message}", error);
        }
    }

    // By the header alone, so that a picture of 30,000 px a side is never opened.
    private static (uint Width, uint Height) SizeOf(ReadOnlySpan<byte> png) =>
        png.Length < 33 || !png.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            || !png[12..16].SequenceEqual("IHDR"u8) ? (0, 0)
        : (BinaryPrimitives.ReadUInt32BigEndian(png[16..]), BinaryPrimitives.ReadUInt32BigEndian(png[20..]));

    private List<RgbImage> OfVideo(CancellationToken cancellation)
    {
        const string Name = "out" + Video;
        var path = Path.Combine(folder.Path, "out", Name);
        if (FileKinds.Of(path) is var kind and not FileKind.Plain) throw new JobFailedException(
            kind == FileKind.Missing ? $"it made no {Name}" : $"{Name} is no plain file");
        try
        {
            var limits = new MediaLimits { MaxPixels = 4L * size * size };
            using var decoder = new VideoDecoder(MediaProbe.Inspect(path, limits, cancellation), limits, cancellation: cancellation);
            var images = new List<RgbImage>(frames);
            while (images.Count < frames && decoder.Next() is { } frame) images.Add(frame.Image);
            if (images.Count < frames) throw new JobFailedException(string.Create(CultureInfo.InvariantCulture,
                $"{Name} has {images.Count} frames where {frames} are needed, one for each driver frame"));
            return images[0].Width == size && images[0].Height == size ? images
                : throw new JobFailedException(string.Create(CultureInfo.InvariantCulture,
                    $"{Name} is {images[0].Width}×{images[0].Height} px where {size}×{size} px are needed"));
        }
        catch (MediaRejectedException error)
        {
            throw new JobFailedException($"{Name} cannot be read: {error.Message}", error);
        }
    }
}
