namespace ForensicHeads.Detector.Tests;

/// <summary>Small stores of scenes: a person has real videos with noise and generated ones with less.</summary>
internal sealed class SceneStores : IDisposable
{
    public const int Size = 32;

    private readonly TestFolder folder = new();

    public string this[string name] => folder[name];

    /// <summary>Who has which role: four people train, two validate, three calibrate, two are tested.</summary>
    public static Split Split(int calibration = 3) => new()
    {
        Name = "test",
        Seed = 1,
        Identities = new SortedDictionary<string, SplitRole>(Enumerable.Range(0, 11).ToDictionary(i => $"p{i:00}", i => i switch
        {
            < 4 => SplitRole.Train,
            < 6 => SplitRole.Validation,
            < 9 when i - 6 < calibration => SplitRole.Calibration,
            _ => SplitRole.Test,
        }), StringComparer.Ordinal),
    };

    /// <summary>Makes a store.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="seed">Seed of the scenes of the people who are tested.</param>
    /// <param name="labels">The classes in it.</param>
    /// <param name="people">Number of the last person and one.</param>
    /// <param name="crop">Crop specification.</param>
    /// <param name="twin">A person whose real frames are those of the person before.</param>
    /// <param name="first">Number of the first person.</param>
    /// <param name="rate">Frames a second.</param>
    public FrameStore Make(string name = "both", long seed = 1, string[]? labels = null, int people = 11, string crop = "scenes",
        int twin = -1, int first = 0, double rate = 25)
    {
        using var writer = StoreWriter.Create(this[name],
            new StoreInfo { Name = name, Size = Size, CropSpecification = crop, Arguments = ["test"], LicenceSummary = "none" });
        for (var p = first; p < people; p++)
        {
            foreach (var label in labels ?? ["real", "generated"])
            {
                for (var f = 0; f < 8; f++)
                {
                    var scene = ((p == twin ? p - 1 : p) * 100) + f + (p >= 9 ? 10_000 * seed : 0);
                    writer.Add(Record($"p{p:00}", label, f, rate), Pictures.Scene(Size, scene, label == "real" ? 4 : 3));
                }
            }
        }

        return writer.Complete();
    }

    public void Dispose() => folder.Dispose();

    private static FrameRecord Record(string person, string label, int frame, double rate) => new()
    {
        Key = $"{person}-{label}-{frame}",
        Identity = person,
        Video = $"{person}-v{frame / 4}",
        FrameNumber = frame,
        TimeS = frame / rate,
        Landmarks = new Landmarks68(new float[136]),
        CropW = 64,
        CropH = 64,
        SourceCodec = "rendered",
        Origin = label == "real" ? FrameOrigin.Real : FrameOrigin.MadeBy("smoother") with { Mode = Mode.Ff, Shots = 8 },
    };
}
