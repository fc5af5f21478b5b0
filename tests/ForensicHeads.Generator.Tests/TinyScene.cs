using TorchSharp;

namespace ForensicHeads.Generator.Tests;

/// <summary>Flat-coloured people small enough to train on in a test.</summary>
internal static class TinyScene
{
    public const int Size = 32;

    private static readonly (byte Red, byte Green, byte Blue)[] Colours = [(220, 40, 40), (40, 60, 220), (40, 200, 60), (210, 200, 50)];

    public static NetworkPreset Preset => SmallNetworks.Of32;

    /// <summary>Losses that learn fast on so little.</summary>
    public static TrainOptions Options { get; } =
        new() { Steps = 6, Batch = 2, Shots = 2, GeneratorRate = 2e-3, CheckpointEvery = 2, SampleEvery = 1000 };

    /// <summary>One video a person: a flat background in the person's colour and a grey face that moves.</summary>
    public static FaceVideos Data(int people, int frames, string hash = "hash") => new(
        Size,
        [.. Enumerable.Range(0, people)
            .Select(person => Enumerable.Range(0, frames).Select(frame => Picture(person, frame).Pixels).ToArray())],
        [.. Enumerable.Range(0, people).Select(_ => Enumerable.Range(0, frames).Select(Face).ToArray())],
        hash);

    public static Shot[] Shots(int person, int count) =>
        [.. Enumerable.Range(0, count).Select(frame => new Shot(Picture(person, frame), Face(frame)))];

    /// <summary>What a generator of the catalogue makes of shots, by drivers of which only the landmarks count.</summary>
    public static RgbImage[] Make(string generator, Shot[] shots, Landmarks68[] drivers, GeneratorTools? tools = null, long seed = 1) =>
        [.. Generators.All.ByName(generator).Make(tools ?? new GeneratorTools(), new GeneratorTask
        {
            Identity = "x",
            Shots = shots,
            Drivers = drivers.Select(driver => new Shot(shots[0].Image, driver)),
            Seed = seed,
        }, CancellationToken.None).Single().Frames];

    public static RgbImage Picture(int person, int frame)
    {
        var image = new RgbImage(Size, Size);
        var (red, green, blue) = Colours[person];
        var (x, y) = Centre(frame);
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                var inside = ((column - x) * (column - x)) + ((row - y) * (row - y)) < 64;
                var pixel = image[column, row];
                (pixel[0], pixel[1], pixel[2]) = inside ? ((byte)128, (byte)128, (byte)128) : (red, green, blue);
            }
        }

        return image;
    }

    /// <summary>68 points on and inside a circle of 8 pixels.</summary>
    public static Landmarks68 Face(int frame)
    {
        var (x, y) = Centre(frame);
        var values = new float[136];
        for (var i = 0; i < 68; i++)
        {
            var (angle, radius) = (i * 2.4, 8 * Math.Sqrt((i + 1) / 68.0));
            values[2 * i] = (float)(x + (radius * Math.Cos(angle)));
            values[(2 * i) + 1] = (float)(y + (radius * Math.Sin(angle)));
        }

        return new Landmarks68(values);
    }

    public static float[] ToArray(this torch.Tensor value) => value.detach().contiguous().data<float>().ToArray();

    /// <summary>Mean absolute difference in grey levels.</summary>
    public static double Difference(RgbImage a, RgbImage b) => a.Pixels.Zip(b.Pixels).Average(pair => Math.Abs(pair.First - pair.Second));

    private static (float X, float Y) Centre(int frame) => (12 + (frame * 3 % 8), 12 + (frame * 5 % 8));
}
