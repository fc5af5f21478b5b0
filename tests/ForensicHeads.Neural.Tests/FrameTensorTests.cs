using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests;

public class FrameTensorTests
{
    private static readonly RgbImage EveryByte = new(16, 16, [.. Enumerable.Range(0, 768).Select(i => (byte)i)]);

    [Fact]
    public void The_output_path_gives_back_every_byte() => Assert.Equal(EveryByte.Pixels, FrameTensor.PassThrough(EveryByte).Pixels);

    [Fact]
    public void Black_is_minus_one_white_is_one_and_planes_are_red_green_blue()
    {
        using var scope = NewDisposeScope();
        var frames = FrameTensor.From([new RgbImage(2, 1, [0, 51, 255, 255, 0, 51])], CPU);
        Assert.Equal([1, 3, 1, 2], frames.shape);
        Assert.Equal([-1f, 1f, -0.6f, -1f, 1f, -0.6f], frames.ToArray().Select(value => MathF.Round(value, 6)));
    }

    [Fact]
    public void Values_outside_the_range_are_clamped_and_others_rounded()
    {
        using var scope = NewDisposeScope();
        var image = FrameTensor.ToImages(tensor(new[] { -5f, 5f, (2 * 100.6f / 255) - 1 }, [1, 3, 1, 1]))[0];
        Assert.Equal([0, 255, 101], image.Pixels);
    }

    [Fact]
    public void Pictures_keep_their_order()
    {
        using var scope = NewDisposeScope();
        RgbImage[] pictures = [EveryByte, new RgbImage(16, 16), new RgbImage(16, 16, [.. EveryByte.Pixels.Reverse()])];
        var back = FrameTensor.ToImages(FrameTensor.From(pictures, CPU));
        Assert.Equal(pictures.Select(picture => Hashes.Of(picture.Pixels)), back.Select(picture => Hashes.Of(picture.Pixels)));
    }
}
