using System.Text.Json.Serialization;

namespace ForensicHeads.Detector.Foreign;

/// <summary>What a network is fed: a picture of a size, each byte b as (b · <see cref="Scale"/> − mean) / std.</summary>
public sealed record DetectorInput
{
    private const int MostPixels = 4096;
    private const double Most = 1e6;

    /// <summary>The input's name in the graph.</summary>
    public required string Name { get; init; }

    /// <summary>The order of the tensor's axes.</summary>
    public required TensorLayout Layout { get; init; }

    /// <summary>The order of the channels.</summary>
    public required ChannelOrder Channels { get; init; }

    /// <summary>Width and height in pixels, 1 … 4096 each.</summary>
    public required IReadOnlyList<int> Size { get; init; }

    /// <summary>What a byte of 0 … 255 is multiplied by, above 0 up to 10⁶: 1 for 0 … 255, 0.00392156862745098 for 0 … 1.</summary>
    public required double Scale { get; init; }

    /// <summary>What is taken off then, one a channel in the order of <see cref="Channels"/>. Default 0.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [0, 0, 0];

    /// <summary>What it is divided by then, one a channel in the order of <see cref="Channels"/>, above 0. Default 1.</summary>
    public IReadOnlyList<double> Std { get; init; } = [1, 1, 1];

    /// <summary>How a picture is brought to size. Default the area filter.</summary>
    public ResizeFilter Resize { get; init; }

    /// <summary>Width in pixels.</summary>
    [JsonIgnore]
    public int Width => Size[0];

    /// <summary>Height in pixels.</summary>
    [JsonIgnore]
    public int Height => Size[1];

    internal void Check(DetectorFileCheck check)
    {
        check.Line("input.name", Name);
        check.Require(Size.Count == 2 && Size.All(side => side is >= 1 and <= MostPixels), "input.size",
            DetectorFileCheck.List(Size.Select(side => (double)side)), $"a width and a height of 1 to {MostPixels} pixels");
        check.Between("input.scale", Scale, 1 / Most, Most);
        check.Channels("input.mean", Mean, -Most, Most);
        check.Channels("input.std", Std, 1 / Most, Most);
    }
}

/// <summary>The order of a tensor's axes; the first is the batch.</summary>
public enum TensorLayout
{
    /// <summary>Channels, rows, columns.</summary>
    Nchw,

    /// <summary>Rows, columns, channels.</summary>
    Nhwc,
}

/// <summary>The order of a tensor's channels.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,
}

/// <summary>How a picture is brought to another size.</summary>
public enum ResizeFilter
{
    /// <summary>Each pixel is the mean of what it covers; enlarged bilinearly.</summary>
    Area,

    /// <summary>Each pixel is read bilinearly at its middle, whatever it covers.</summary>
    Bilinear,
}
