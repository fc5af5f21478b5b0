namespace ForensicHeads.Detector.Foreign;

/// <summary>Pictures as the numbers that a network is fed, in its own order.</summary>
internal sealed class PictureTensor
{
    /// <summary>Red, green and blue.</summary>
    public const int Channels = 3;

    private const int Levels = 256;
    private readonly DetectorInput input;
    private readonly float[][] values;
    private readonly int[] strides;
    private readonly int frameStride;

    /// <summary>Lays the tensor out.</summary>
    /// <param name="input">Size, order and range.</param>
    /// <param name="clip">The windows of a network of moving pictures, or null.</param>
    public PictureTensor(DetectorInput input, DetectorClip? clip)
    {
        this.input = input;
        values = [.. Enumerable.Range(0, Channels).Select(Range)];
        List<int> sides = input.Layout == TensorLayout.Nchw ? [Channels, input.Height, input.Width] : [input.Height, input.Width, Channels];
        if (clip is not null) sides.Insert(clip.Axis - 1, clip.Frames);
        Sides = [.. sides.Select(side => (long)side)];
        var all = new int[sides.Count];
        for (int axis = sides.Count - 1, step = 1; axis >= 0; step *= sides[axis--]) all[axis] = step;
        frameStride = clip is null ? 0 : all[clip.Axis - 1];
        var flat = all.Where((_, axis) => axis != clip?.Axis - 1).ToArray();
        strides = input.Layout == TensorLayout.Nchw ? flat : [flat[2], flat[0], flat[1]];
        Length = checked((int)Sides.Aggregate(1L, (product, side) => product * side));
    }

    /// <summary>The tensor's shape without the batch.</summary>
    public IReadOnlyList<long> Sides { get; }

    /// <summary>Numbers of one item of the batch.</summary>
    public int Length { get; }

    /// <summary>Writes a picture.</summary>
    /// <param name="picture">Of the input's size.</param>
    /// <param name="frame">Its place in a window, from 0.</param>
    /// <param name="item">float32[Length]: the item of the batch that it belongs to.</param>
    public void Fill(RgbImage picture, int frame, Span<float> item)
    {
        var pixels = picture.Pixels;
        for (var channel = 0; channel < Channels; channel++)
        {
            var table = values[channel];
            var source = input.Channels == ChannelOrder.Rgb ? channel : Channels - 1 - channel;
            for (var y = 0; y < input.Height; y++)
            {
                var at = (frame * frameStride) + (channel * strides[0]) + (y * strides[1]);
                for (var x = 0; x < input.Width; x++, source += Channels, at += strides[2]) item[at] = table[pixels[source]];
            }
        }
    }

    /// <summary>What each byte of a channel becomes.</summary>
    private float[] Range(int channel) =>
        [.. Enumerable.Range(0, Levels).Select(level => (float)(((level * input.Scale) - input.Mean[channel]) / input.Std[channel]))];
}
