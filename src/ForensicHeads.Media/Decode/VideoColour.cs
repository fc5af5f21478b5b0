namespace ForensicHeads.Media.Decode;

/// <summary>How the samples of a video stream become RGB: what its tags say, and what is assumed where they are silent.</summary>
internal sealed partial record VideoColour
{
    /// <summary>Lines from which on an untagged video is taken for BT.709.</summary>
    private const int LinesOfHd = 720;

    /// <summary>ffmpeg's name of the matrix for its <c>scale</c> filter; null for RGB and grey, which have none.</summary>
    internal string? Matrix { get; private init; }

    /// <summary>Whether all codes are used rather than 16 to 235.</summary>
    internal bool IsFull { get; private init; }

    /// <summary>Whether the matrix is one that only <c>zscale</c> knows.</summary>
    internal bool NeedsZscale { get; private init; }

    /// <summary>What is to be done with the RGB; null for nothing.</summary>
    internal ColourConversion? Conversion { get; private init; }

    /// <summary>Whether the samples say how transparent they are.</summary>
    internal bool HasAlpha { get; private init; }

    /// <summary>What the tags left open and was assumed, for example <c>matrix bt601, range tv</c>; null when nothing was.</summary>
    internal string? Assumed { get; private init; }

    /// <summary><c>smpte2084</c> or <c>arib-std-b67</c> where it was tone-mapped; null otherwise.</summary>
    internal string? Hdr { get; private init; }

    /// <summary>A tag that is not understood, in words; null when all are.</summary>
    internal string? Warning { get; private init; }

    /// <summary>From ffprobe's words; <c>unknown</c>, <c>unspecified</c>, <c>reserved</c> and nothing are the same.</summary>
    internal static VideoColour Of(string codec, string format, int lines, string? range, string? matrix, string? primaries,
        string? transfer)
    {
        var (m, p, t) = (Known(matrix), Known(primaries), Known(transfer));
        var isRgb = IsRgb(format);
        var isGrey = format.StartsWith("gray", StringComparison.Ordinal) || format.StartsWith("mono", StringComparison.Ordinal)
            || format is "ya8" or "ya16be" or "ya16le";
        var hdr = t is "smpte2084" or "arib-std-b67" ? t : null;
        var assumed = new List<string>();
        string? name = null;
        var exotic = false;
        if (!isRgb && !isGrey)
        {
            exotic = m is "ycgco" or "bt2020c" or "ictcp" or "chroma-derived-nc" or "chroma-derived-c";
            name = Scaler(m);
            if (name is null && !exotic)
            {
                name = hdr is not null || p == "bt2020" ? "bt2020" : codec != "mjpeg" && lines >= LinesOfHd ? "bt709" : "bt601";
                assumed.Add($"matrix {name}");
            }
        }

        var full = Known(range) is { } said ? said is "pc" or "full" or "jpeg"
            : isRgb || format.StartsWith("yuvj", StringComparison.Ordinal) || (isGrey && codec is not ("h264" or "hevc" or "av1" or "vp9"));
        if (Known(range) is null && !isRgb && !format.StartsWith("yuvj", StringComparison.Ordinal))
            assumed.Add(full ? "range pc" : "range tv");
        var space = p ?? (hdr is not null || name == "bt2020" ? "bt2020" : "bt709");
        if (p is null && space != "bt709") assumed.Add($"primaries {space}");
        return new VideoColour
        {
            Matrix = name,
            IsFull = full,
            NeedsZscale = exotic,
            Conversion = ColourConversion.OfTags(space, t ?? "bt709", limited: (isRgb || isGrey) && !full,
                exotic ? 0xFFFF : White(BitsOf(format), isRgb, full || isGrey)),
            HasAlpha = HasAlphaIn(format),
            Assumed = assumed.Count == 0 ? null : string.Join(", ", assumed),
            Hdr = hdr,
            Warning = p is not null && ColourPrimaries.Of(p) is null ? $"colours: primaries '{p}' are not known and were taken for BT.709"
                : t is "log100" or "log316" or "smpte428" or "bt1361e"
                    ? $"colours: the transfer characteristics '{t}' are not known and were taken for those of BT.709" : null,
        };
    }

    /// <summary>The same samples with a channel for transparency, which some decoders give only when asked.</summary>
    internal VideoColour WithAlpha() => this with { HasAlpha = true };

    /// <summary>The same samples in the colours of an ICC profile; empty bytes are none.</summary>
    internal VideoColour WithProfile(byte[] icc)
    {
        if (icc.Length == 0 || Hdr is not null) return this;
        try
        {
            return this with { Conversion = IccProfile.Read(icc, 3) };
        }
        catch (FormatException fault)
        {
            return this with { Warning = ColourWarnings.Unreadable(fault) };
        }
    }

    /// <summary>What ffmpeg's <c>scale</c> makes of white in 16 bits: RGB of more than 8 bits is spread over all of them, full range is
    /// shifted up, and limited range comes to 255 · 256.</summary>
    private static int White(int bits, bool isRgb, bool full) =>
        isRgb && bits > 8 ? 0xFFFF : full ? ((1 << bits) - 1) << (16 - bits) : 0xFF00;

    private static int BitsOf(string format) => Depth().Match(format) is { Success: true } match
        ? int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : 8;

    [System.Text.RegularExpressions.GeneratedRegex("(9|10|12|14|16)(?:le|be)$")]
    private static partial System.Text.RegularExpressions.Regex Depth();

    private static string? Known(string? tag) => tag is null or "" or "unknown" or "unspecified" or "reserved" ? null : tag;

    private static string? Scaler(string? matrix) => matrix switch
    {
        "bt709" => "bt709",
        "smpte170m" or "bt470bg" => "bt601",
        "smpte240m" => "smpte240m",
        "fcc" => "fcc",
        "bt2020nc" => "bt2020",
        _ => null,
    };

    private static bool IsRgb(string format) => format.StartsWith("rgb", StringComparison.Ordinal)
        || format.StartsWith("bgr", StringComparison.Ordinal) || format.StartsWith("gbr", StringComparison.Ordinal)
        || format.StartsWith("x2rgb", StringComparison.Ordinal) || format.StartsWith("x2bgr", StringComparison.Ordinal)
        || format is "pal8" or "argb" or "abgr" or "0rgb" or "0bgr";

    private static bool HasAlphaIn(string format) => format.StartsWith("yuva", StringComparison.Ordinal)
        || format.StartsWith("gbrap", StringComparison.Ordinal) || format.StartsWith("rgba", StringComparison.Ordinal)
        || format.StartsWith("bgra", StringComparison.Ordinal) || format is "argb" or "abgr" or "ya8" or "ya16be" or "ya16le" or "pal8";
}
