namespace ForensicHeads.Datasets.Tests;

/// <summary>Small stores of noise pictures.</summary>
internal static class TestStores
{
    public const int Size = 32;

    public static StoreInfo Info(string name = "test", int size = Size) => new()
    {
        Name = name,
        Size = size,
        CropSpecification = "whole picture",
        Arguments = ["procedural", "--seed", "1"],
        LicenceSummary = "CC0-1.0",
    };

    public static FrameRecord Frame(string identity, string video, int number, double seconds = -1) => new()
    {
        Key = $"{identity}_{video}_{number:D4}",
        Identity = identity,
        Video = video,
        FrameNumber = number,
        TimeS = seconds < 0 ? number / 25.0 : seconds,
        Landmarks = new Landmarks68([.. Enumerable.Range(0, 136).Select(i => (i + number) / 7f)]),
        LandmarkConfidence = 0.5f,
        CropX = 1,
        CropY = 2.5f,
        CropW = 64,
        CropH = 64,
        SourceSha256 = Hashes.OfText(video),
        SourceCodec = "rendered",
        SourceWidth = 640,
        SourceHeight = 480,
        Licence = "CC0-1.0",
        MayGenerate = true,
        Group = "g-" + video,
    };

    public static FrameRecord Fake(string identity, string video, int number, string driver) => Frame(identity, video, number) with
    {
        Origin = FrameOrigin.MadeBy("few-shot") with { Mode = Mode.Ft, Shots = 8, Draw = 1 },
        WeightsSha256 = Hashes.OfText("weights"),
        DriverVideo = driver,
        DriverFrame = number,
        NearestShotDistance = 7,
    };

    /// <summary>A picture whose coarse structure, and so its perceptual hash, depends on the name.</summary>
    public static RgbImage Picture(string name, int size = Size)
    {
        var random = new SeededRandom(1, name);
        var image = new RgbImage(size, size);
        for (var i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)random.NextInt(256);
        return image;
    }

    public static FrameStore Write(string path, IEnumerable<FrameRecord> frames, StoreInfo? info = null,
        Func<FrameRecord, RgbImage>? picture = null, int framesPerShard = 1000)
    {
        info ??= Info();
        using var writer = StoreWriter.Create(path, info, framesPerShard);
        foreach (var frame in frames) writer.Add(frame, picture?.Invoke(frame) ?? Picture(frame.Key, info.Size));
        return writer.Complete();
    }

    /// <summary>People with some videos of some frames, at 25 frames a second.</summary>
    public static IEnumerable<FrameRecord> People(int count, int videos, int frames, string prefix = "p") =>
        from person in Enumerable.Range(0, count)
        from video in Enumerable.Range(0, videos)
        from number in Enumerable.Range(0, frames)
        select Frame($"{prefix}{person:D2}", $"{prefix}{person:D2}-v{video}", number);
}
