namespace ForensicHeads.Media.Decode;

/// <summary>The containers that are read, each known by its first bytes. Whatever is not here, playlists above all, is refused.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Demuxer">The demuxer that ffmpeg is forced to use; null for photos.</param>
internal sealed record MediaContainer(string Name, string? Demuxer)
{
    /// <summary>Bytes needed to tell.</summary>
    internal const int HeadLength = 64;

    internal const string Allowed = "mp4/mov, mpg, avi, mkv/webm, gif, png, jpg, bmp, webp, tiff, pgm/ppm";

    internal static MediaContainer? Of(ReadOnlySpan<byte> head)
    {
        if (head.Length >= 8 && IsMovAtom(head.Slice(4, 4))) return new MediaContainer("mp4", "mov");
        if (head.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0xBA])) return new MediaContainer("mpeg-ps", "mpeg");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])) return new MediaContainer("matroska", "matroska");
        if (head.Length >= 12 && head.StartsWith("RIFF"u8)) return Riff(head.Slice(8, 4));
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return new MediaContainer("gif", "gif");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10])) return new MediaContainer("png", null);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return new MediaContainer("jpeg", null);
        if (head.StartsWith("BM"u8) && head.Length >= 26) return new MediaContainer("bmp", null);
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8)) return new MediaContainer("tiff", null);
        if (head.Length >= 3 && head[0] == 'P' && head[1] is (byte)'5' or (byte)'6' && char.IsWhiteSpace((char)head[2])) return new MediaContainer("netpbm", null);
        return null;
    }

    private static bool IsMovAtom(ReadOnlySpan<byte> atom) =>
        atom.SequenceEqual("ftyp"u8) || atom.SequenceEqual("moov"u8) || atom.SequenceEqual("mdat"u8) || atom.SequenceEqual("wide"u8) || atom.SequenceEqual("free"u8) || atom.SequenceEqual("skip"u8);

    private static MediaContainer? Riff(ReadOnlySpan<byte> form)
    {
        if (form.SequenceEqual("AVI "u8)) return new MediaContainer("avi", "avi");
        return form.SequenceEqual("WEBP"u8) ? new MediaContainer("webp", null) : null;
    }
}
