namespace ForensicHeads.Generator.Tests;

/// <summary>A tiny network, a person with one video of noise, and a folder that is removed at the end.</summary>
internal sealed class OutputScene : IDisposable
{
    public const int Size = 32;

    private static readonly NetworkPreset Preset = new()
    {
        Name = "tiny",
        Size = Size,
        MinChannels = 4,
        MaxChannels = 16,
        Embedding = 16,
        EmbedderBlocks = 3,
        GeneratorDown = 2,
        GeneratorResidual = 1,
        DiscriminatorBlocks = 4,
    };

    private readonly TestFolder folder = new();
    private readonly GeneratorWeights weights = new(Preset, 1);

    public OutputScene()
    {
        using var writer = StoreWriter.Create(this["store"],
            new StoreInfo
            {
                Name = "noise",
                Size = 2 * Size,
                CropSpecification = "whole",
                Arguments = ["test"],
                LicenceSummary = "CC0-1.0"
            });
        for (var i = 0; i < 3; i++) writer.Add(Frame(i), Picture(i));
        Driver = DriverVideo.Of(writer.Complete(), "zoë's clip");
    }

    public DriverVideo Driver { get; }

    public HeadInfo Info { get; } = new()
    {
        Preset = Preset,
        Adaptation = new AdaptOptions { Mode = Mode.Ff },
        Identity = "Zoë",
        Consent = new ConsentRecord
        {
            Identity = "Zoë",
            Basis = ConsentBasis.Synthetic,
            Scope = [ConsentRecord.AnyPurpose],
            Expires = new DateOnly(2099, 1, 2),
            Contact = "none"
        },
        WeightsSha256 = Hashes.OfText("weights"),
        StoreSha256 = Hashes.OfText("store"),
        ShotVideo = "elsewhere",
        ShotKeys = ["a", "b"],
        ShotHashes = [HeadInfo.HashText(0), HeadInfo.HashText(ulong.MaxValue)],
        Draw = 2,
        Licence = "CC0-1.0",
        ToolVersion = "1.2.3",
    };

    public string this[string name] => folder[name];

    public IEnumerable<string> Left =>
        Directory.EnumerateFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path)).Where(name => name != "store");

    public NetworkHead MakeHead() =>
        (NetworkHead)new FewShotGenerator(weights, Info.Adaptation)
        .Adapt([new Shot(new RgbImage(Size, Size), Driver.Frames[0].Landmarks.Resize(2 * Size, Size))], null, CancellationToken.None);

    public HeadFile SavedHead()
    {
        using var head = MakeHead();
        HeadFile.Save(this["head.safetensors"], head, Info);
        var result = HeadFile.Load(this["head.safetensors"]);
        File.Delete(this["head.safetensors"]);
        return result;
    }

    public void Dispose()
    {
        weights.Dispose();
        folder.Dispose();
    }

    private static FrameRecord Frame(int number) => new()
    {
        Key = $"zoe-{number}",
        Identity = "Zoë",
        Video = "zoë's clip",
        FrameNumber = 2 * number,
        TimeS = number / 10.0,
        Landmarks = new Landmarks68([.. Enumerable.Range(0, 136).Select(i => (float)((i * 7 * (number + 1)) % (2 * Size)))]),
        Licence = "CC0-1.0",
        MayGenerate = true,
        Group = "g",
    };

    private static RgbImage Picture(int number)
    {
        var random = new SeededRandom(1, FormattableString.Invariant($"picture/{number}"));
        var image = new RgbImage(2 * Size, 2 * Size);
        foreach (ref var value in image.Pixels.AsSpan()) value = (byte)random.NextInt(256);
        return image;
    }
}
