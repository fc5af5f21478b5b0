using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural;

/// <summary>Pictures to the networks' tensors and back: the one path that every generated frame takes.</summary>
public static class FrameTensor
{
    // Half of the range of a byte: −1…1 and 0…255 are this far apart in scale.
    private const double Half = 127.5;

    /// <summary>Pictures of one size to float32[N, 3, S, S] in −1…1 on a device.</summary>
    public static Tensor From(IReadOnlyList<RgbImage> images, Device device)
    {
        using var scope = NewDisposeScope();
        var (width, height) = (images[0].Width, images[0].Height);
        var bytes = new byte[images.Count * width * height * 3];
        for (var i = 0; i < images.Count; i++) images[i].Pixels.CopyTo(bytes, i * width * height * 3);
        return FromBytes(bytes, images.Count, height, width, device).MoveToOuterDisposeScope();
    }

    /// <summary>Interleaved RGB bytes of N pictures to float32[N, 3, H, W] in −1…1 on a device, which gets the bytes and converts
    /// them.</summary>
    public static Tensor FromBytes(byte[] bytes, int count, int height, int width, Device device)
    {
        using var scope = NewDisposeScope();
        using var half = Half.ToScalar();
        return bytes.ToTensor(device, count, height, width, 3)
            .to(ScalarType.Float32).div_(half).AddInPlace(-1).permute(0, 3, 1, 2).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>float32[N, 3, H, W] in −1…1 to pictures, rounded to the nearest grey level.</summary>
    public static RgbImage[] ToImages(Tensor frames)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (count, height, width) = ((int)frames.shape[0], (int)frames.shape[2], (int)frames.shape[3]);
        using var half = Half.ToScalar();
        using var black = 0.ToScalar();
        using var white = 255.ToScalar();
        var bytes = frames.detach().to_type(ScalarType.Float32).Plus(1).mul_(half).round_().clamp_(black, white)
            .permute(0, 2, 3, 1).contiguous().to(ScalarType.Byte).ToHost<byte>();
        var side = width * height * 3;
        return Enumerable.Range(0, count).Select(i => new RgbImage(width, height, bytes[(i * side)..((i + 1) * side)])).ToArray();
    }

    /// <summary>A true frame through the range, rounding and writer that generated frames go through: the <c>passthrough</c>
    /// anchor.</summary>
    public static RgbImage PassThrough(RgbImage image)
    {
        using var scope = NewDisposeScope();
        return ToImages(From([image], CPU))[0];
    }
}
