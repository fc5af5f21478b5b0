namespace ForensicHeads.Faces.Tests;

public sealed class JudgeFeaturesTests : IDisposable
{
    private readonly FaceIdentity judge = new(IdentityDesign.Judge, 3);

    public void Dispose() => judge.Dispose();

    [Fact]
    public void A_vector_is_the_mean_of_the_last_map_over_its_positions()
    {
        var vector = Assert.Single(new JudgeFeatures(judge).Of([Picture(64)]));
        using var scope = TorchSharp.torch.NewDisposeScope();
        var last = judge.Features(FrameTensor.From([Picture(64)], TorchSharp.torch.CPU),
            judge.Parameters.Bind(learn: false, advance: false))[^1];
        var (channels, side) = ((int)last.shape[1], (int)last.shape[2]);
        var map = last.contiguous().data<float>().ToArray();
        Assert.Equal(channels, vector.Length);
        for (var c = 0; c < channels; c++) Assert.Equal(
            Enumerable.Range(c * side * side, side * side).Average(i => map[i]), vector[c], 1e-5);
    }

    [Fact]
    public void Nothing_is_masked_larger_frames_are_reduced_and_many_are_the_same_as_one_by_one()
    {
        var features = new JudgeFeatures(judge);
        var corner = Picture(64);
        corner[0, 0][0] = (byte)(corner[0, 0][0] ^ 255);
        var vectors = features.Of([.. Enumerable.Range(0, 70).Select(i => i == 69 ? corner : Picture(64))]);
        Assert.Equal(70, vectors.Length);
        Assert.NotEqual(vectors[0], vectors[69]);
        Assert.Equal(features.Of([corner])[0].Select(value => Math.Round(value, 4)), vectors[69].Select(value => Math.Round(value, 4)));
        Assert.Equal(features.Of([ImageResize.Area(Picture(128), 64, 64)])[0], features.Of([Picture(128)])[0]);
        Assert.Contains("48×48", Assert.Throws<UserErrorException>(() => features.Of([Picture(48)])).Message, StringComparison.Ordinal);
    }

    private static RgbImage Picture(int size)
    {
        var image = new RgbImage(size, size);
        for (var i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)((i * 7) + (i / size));
        return image;
    }
}
