namespace ForensicHeads.Generator.Tests.Baselines;

public sealed class AlignedDecodersTests : IDisposable
{
    private const int Size = 64;
    private static readonly string[] Kinds = ["bilinear", "latent", "nearest", "pixel-shuffle", "transposed"];
    private readonly string file = Path.Combine(Path.GetTempPath(), $"forensicheads-{Guid.NewGuid():N}.safetensors");
    private readonly AlignedDecoders decoders = new(1);

    public void Dispose()
    {
        decoders.Dispose();
        File.Delete(file);
    }

    [Fact]
    public void All_five_learn_to_reproduce_frames_differ_from_one_another_and_are_read_back_as_they_were()
    {
        Assert.Equal(Kinds, decoders.Names);
        var data = Data(Size, 6);
        var before = decoders.Measure(data);
        var losses = new List<double>();
        decoders.Learn(data, 60, 4, 1, (_, loss) => losses.Add(loss), CancellationToken.None);
        var after = decoders.Measure(data);
        Assert.Equal(Kinds.Select(kind => "psnr_" + kind.Replace('-', '_')), after.Keys);
        // Decibels: a mean colour alone is some 10 dB worse than what an hour would give, and 60 steps get a good part of it.
        Assert.All(after, pair => Assert.True(pair.Value > before[pair.Key] + 5, $"{pair.Key}: {before[pair.Key]} to {pair.Value}"));
        Assert.True(losses.TakeLast(5).Average() < 0.6 * losses.Take(5).Average());

        decoders.Save(file, new Dictionary<string, string> { [LearntPeople.MetadataKey] = new LearntPeople(["x"], []).ToLine() }, false);
        using var read = AlignedDecoders.Load(file);
        Assert.Equal(["x", Hashes.OfFile(file)], [.. read.Learnt!.People, read.Sha256]);
        // Not a multiple of eight: what is added at the edges is taken away again.
        RgbImage[] frames = [Wavy(50, 9), Wavy(50, 10), Wavy(50, 11)];
        var made = Kinds.Select(kind => decoders.Reconstruct(kind, frames)).ToArray();
        foreach (var (kind, pictures) in Kinds.Zip(made))
        {
            Assert.All(pictures, picture => Assert.Equal((50, 50), (picture.Width, picture.Height)));
            Assert.All(pictures.Zip(read.Reconstruct(kind, frames)), pair => Assert.Equal(pair.First.Pixels, pair.Second.Pixels));
            Assert.All(pictures.Zip(frames), pair => Assert.InRange(TinyScene.Difference(pair.First, pair.Second), 0.1, 40));
        }

        Assert.Equal(Kinds.Length, made.Select(pictures => Hashes.Of(pictures[0].Pixels)).Distinct().Count());
    }

    [Fact]
    public void Frames_smaller_than_a_patch_and_weights_of_another_network_are_refused()
    {
        Assert.Contains("patches of 64 px", Assert.Throws<UserErrorException>(() =>
            decoders.Learn(Data(32, 1), 1, 1, 1, null, CancellationToken.None)).Message, StringComparison.Ordinal);
        using (var weights = new GeneratorWeights(TinyScene.Preset, 1)) weights.Save(file, new Dictionary<string, string>());
        Assert.Contains("train --network decoders",
            Assert.Throws<UserErrorException>(() => AlignedDecoders.Load(file)).Message, StringComparison.Ordinal);
    }

    private static FaceVideos Data(int size, int frames)
    {
        var pictures = Enumerable.Range(0, frames).Select(i => Wavy(size, i).Pixels).ToArray();
        return new FaceVideos(size, [pictures], [[.. pictures.Select(_ => new Landmarks68(new float[136]))]], "waves");
    }

    private static RgbImage Wavy(int size, int number)
    {
        var image = new RgbImage(size, size);
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                for (var c = 0; c < 3; c++)
                    image[x, y][c] = (byte)(128 + (60 * Math.Sin((x + (3 * number)) / 5.0)) + (50 * Math.Cos((y + (c * number)) / 7.0)));
        return image;
    }
}
