using System.Globalization;

namespace ForensicHeads.Media.Decode;

/// <summary>How a video stream is read: what the probe found out once, for the decoder.</summary>
internal sealed record VideoPlan
{
    /// <summary>The plan for facts that came from no probe: the first stream, as it is stored.</summary>
    internal static VideoPlan Plain { get; } = new() { Colour = VideoColour.Of("", "yuv420p", 0, null, null, null, null) };

    /// <summary>Number of the stream in the file.</summary>
    internal int Stream { get; init; }

    /// <summary>The decoder that must be used, or null for ffmpeg's choice.</summary>
    internal string? Decoder { get; init; }

    /// <summary>The part of the stored picture that is shown; null for the whole.</summary>
    internal CropArea? Crop { get; init; }

    /// <summary>How the part is turned upright.</summary>
    internal Orientation Orientation { get; init; } = Orientation.Upright;

    /// <summary>Whether its pixels are not square.</summary>
    internal bool IsStretched { get; init; }

    /// <summary>Whether it has interlaced frames.</summary>
    internal bool IsInterlaced { get; init; }

    /// <summary>How samples become RGB.</summary>
    internal required VideoColour Colour { get; init; }

    /// <summary>Whether a frame is due for every packet that is to be shown.</summary>
    internal bool PacketsAreFrames { get; init; }

    /// <summary>Whether the pipe carries 16 bits a sample.</summary>
    internal bool IsDeep => Colour.Conversion is not null;

    /// <summary>The pixel format of the pipe.</summary>
    internal string PixelFormat => (IsDeep, Colour.HasAlpha) switch
    {
        (false, false) => "rgb24",
        (false, true) => "rgba",
        (true, false) => "rgb48le",
        (true, true) => "rgba64le",
    };

    /// <summary>Bytes a pixel in the pipe.</summary>
    internal int PixelBytes => (IsDeep ? 2 : 1) * (Colour.HasAlpha ? 4 : 3);

    /// <summary>
    /// The whole way from stored samples to what is shown, in ffmpeg's filters: fields become frames, the shown part is cut out, it is
    /// turned upright, stretched to square pixels and brought to RGB, all in the order in which the file means them.
    /// </summary>
    /// <param name="width">Width as shown.</param>
    /// <param name="height">Height as shown.</param>
    internal string Filters(int width, int height)
    {
        var filters = new List<string>();
        // Only frames that are marked as interlaced: one frame for each pair of fields.
        if (IsInterlaced) filters.Add("bwdif=mode=send_frame:parity=auto:deint=interlaced");
        if (Crop is { } crop) filters.Add(FormattableString.Invariant(
            $"crop={crop.Width}:{crop.Height}:{crop.Left}:{crop.Top}:exact=1"));
        filters.AddRange(Orientation.Filters());
        if (Colour.NeedsZscale) filters.Add("zscale=m=gbr,format=gbrp16le");
        // Of grey the range is dealt with afterwards, whether a frame is tagged or not.
        var colours = Colour.Matrix is { } matrix ? $":in_color_matrix={matrix}:in_range={(Colour.IsFull ? "pc" : "tv")}" : ":in_range=pc";
        // Stretched by the plainer filter, a picture is blurred one way, which moves scores.
        var kernel = IsStretched ? "lanczos" : "bilinear";
        // The same filter brings a stream that changes its size midway to the size of its beginning; the pipe's framing needs it.
        filters.Add(string.Create(CultureInfo.InvariantCulture,
            $"scale={width}:{height}:flags={kernel}+accurate_rnd+full_chroma_int+bitexact{colours}"));
        filters.Add($"format={PixelFormat}");
        filters.Add("showinfo=checksum=0");
        return string.Join(',', filters);
    }

    /// <summary>What came through the pipe to 8-bit sRGB over white.</summary>
    internal void Finish(ReadOnlySpan<byte> piped, Span<byte> rgb)
    {
        var channels = Colour.HasAlpha ? 4 : 3;
        if (!IsDeep)
        {
            for (int from = 0, to = 0; from + channels <= piped.Length; from += channels, to += 3)
            {
                var alpha = channels == 4 ? piped[from + 3] : 255;
                for (var c = 0; c < 3; c++) rgb[to + c] = OverWhite(piped[from + c], alpha);
            }

            return;
        }

        var codes = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(piped);
        if (channels == 3)
        {
            Colour.Conversion!.Apply(codes, rgb);
            return;
        }

        Span<ushort> colour = stackalloc ushort[3];
        for (int from = 0, to = 0; from + 4 <= codes.Length; from += 4, to += 3)
        {
            codes.Slice(from, 3).CopyTo(colour);
            Colour.Conversion!.Apply(colour, rgb.Slice(to, 3));
            for (var c = 0; c < 3; c++) rgb[to + c] = OverWhite(rgb[to + c], codes[from + 3] / 257);
        }
    }

    private static byte OverWhite(int colour, int alpha) => (byte)(((colour * alpha) + (255 * (255 - alpha)) + 127) / 255);
}
