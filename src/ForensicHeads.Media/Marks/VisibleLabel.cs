namespace ForensicHeads.Media.Marks;

/// <summary>The label that people can read: light letters on a dark strip along the lower edge of the frame.</summary>
/// <remarks>
/// The strip lies in the picture, not below it: a band outside would be lost with the first crop to the known square. It takes 3/32 of the
/// height, where crops of heads show the neck. Frames too narrow for the whole text say <c>AI</c>.
/// </remarks>
public static class VisibleLabel
{
    /// <summary>The text.</summary>
    public const string Text = "AI-GENERATED";

    private const string ShortText = "AI";
    private const int GlyphWidth = 5;
    private const int GlyphHeight = 7;
    private const byte Light = 236;

    // Seven rows of five points each, from the top; a bit a point, the left one highest.
    private static readonly Dictionary<char, byte[]> Glyphs = new()
    {
        ['A'] = [0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001],
        ['D'] = [0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110],
        ['E'] = [0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111],
        ['G'] = [0b01110, 0b10001, 0b10000, 0b10111, 0b10001, 0b10001, 0b01110],
        ['I'] = [0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
        ['N'] = [0b10001, 0b11001, 0b10101, 0b10101, 0b10011, 0b10001, 0b10001],
        ['R'] = [0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001],
        ['T'] = [0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100],
        ['-'] = [0b00000, 0b00000, 0b00000, 0b11111, 0b00000, 0b00000, 0b00000],
    };

    /// <summary>Height of the strip in pixels: 3/32 of the frame's, at least 12.</summary>
    public static int StripHeight(int height) => Math.Max(GlyphHeight + 5, height * 3 / 32);

    /// <summary>A labelled copy.</summary>
    /// <param name="frame">At least 16 pixels a side.</param>
    public static RgbImage Apply(RgbImage frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentOutOfRangeException.ThrowIfLessThan(frame.Width, 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(frame.Height, 16);
        var result = frame.Clone();
        var (strip, top) = (StripHeight(frame.Height), frame.Height - StripHeight(frame.Height));
        for (var i = top * frame.Width * 3; i < result.Pixels.Length; i++) result.Pixels[i] = (byte)(16 + (result.Pixels[i] / 10));

        var text = Width(Text, 1) + 4 <= frame.Width ? Text : ShortText;
        var scale = Math.Max(1, Math.Min((frame.Width - 4) / Width(text, 1), (strip - 4) / GlyphHeight));
        var (left, first) = ((frame.Width - Width(text, scale)) / 2, top + ((strip - (GlyphHeight * scale)) / 2));
        for (var i = 0; i < text.Length; i++) Draw(result, Glyphs[text[i]], left + (i * (GlyphWidth + 1) * scale), first, scale);
        return result;
    }

    private static int Width(string text, int scale) => ((text.Length * (GlyphWidth + 1)) - 1) * scale;

    private static void Draw(RgbImage image, byte[] glyph, int left, int top, int scale)
    {
        for (var y = 0; y < GlyphHeight * scale; y++)
        {
            for (var x = 0; x < GlyphWidth * scale; x++)
            {
                if ((glyph[y / scale] >> (GlyphWidth - 1 - (x / scale)) & 1) == 1) image[left + x, top + y].Fill(Light);
            }
        }
    }
}
