using System.Buffers.Binary;
using System.Text;

namespace ForensicHeads.Media.Decode;

/// <summary>The containers that are read, each known by its first bytes. Whatever is not here, playlists above all, is refused.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Demuxer">The demuxer that ffmpeg is forced to use; null where another decoder reads it.</param>
/// <param name="IsPhoto">Whether it holds one picture.</param>
internal sealed record MediaContainer(string Name, string? Demuxer, bool IsPhoto = false)
{
    /// <summary>Bytes needed to tell.</summary>
    internal const int HeadLength = 1024;

    internal const string Allowed =
        "mp4/mov/3gp, mpg/vob, ts/m2ts, avi, mkv/webm, flv, gif, png/apng, jpg/jfif, bmp, webp, tiff, avif, pgm/ppm";

    private const int TransportPacket = 188;

    /// <summary>The container; null when it is none of these.</summary>
    /// <param name="stream">The file; its position moves.</param>
    /// <param name="head">Its first bytes, <see cref="HeadLength"/> where it has as many.</param>
    /// <exception cref="MediaRejectedException">A kind that is known and not read; the message says how to convert it.</exception>
    internal static MediaContainer? Of(Stream stream, ReadOnlySpan<byte> head)
    {
        if (head.Length >= 12 && head.Slice(4, 4).SequenceEqual("ftyp"u8)) return Brand(head);
        if (head.Length >= 8 && IsMovAtom(head.Slice(4, 4))) return new MediaContainer("mp4", "mov");
        if (head.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0xBA])) return new MediaContainer("mpeg-ps", "mpeg");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])) return new MediaContainer("matroska", "matroska");
        if (head.StartsWith("FLV\u0001"u8)) return new MediaContainer("flv", "flv");
        if (head.Length >= 12 && head.StartsWith("RIFF"u8)) return Riff(head);
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return new MediaContainer("gif", "gif");
        if (head.StartsWith(PngChunks.Signature))
            return PngChunks.IsAnimated(stream) ? new MediaContainer("apng", "apng") : Photo("png");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Photo("jpeg");
        if (head.StartsWith("BM"u8) && head.Length >= 26) return Photo("bmp");
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8)) return Photo("tiff");
        if (head.Length >= 3 && head[0] == 'P' && head[1] is (byte)'5' or (byte)'6' && char.IsWhiteSpace((char)head[2]))
            return Photo("netpbm");
        return IsTransportStream(head) ? new MediaContainer("mpeg-ts", "mpegts") : null;
    }

    private static MediaContainer Photo(string name) => new(name, null, IsPhoto: true);

    private static MediaContainer Brand(ReadOnlySpan<byte> head)
    {
        var length = Math.Min(head.Length, BinaryPrimitives.ReadInt32BigEndian(head));
        var brands = new List<string>();
        for (var at = 8; at + 4 <= length; at += at == 8 ? 8 : 4) brands.Add(Encoding.Latin1.GetString(head.Slice(at, 4)));
        var still = brands.Count > 0 && brands[0] is "avif" or "mif1" or "miaf" && brands.Contains("avif");
        if (still) return new MediaContainer("avif", "mov", IsPhoto: true);
        // Sequences of HEIF carry a track as films do, but no decoder of ours reads the still pictures, so the phone's photos are named.
        return brands.Find(brand => brand is "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx" or "hevm" or "hevs") is not null
            || (brands.Count > 0 && brands[0] is "mif1" or "msf1" && !brands.Contains("avis"))
            ? throw new MediaRejectedException(
                "a HEIC photo, which is not read; convert it to JPEG or PNG first (heif-convert PHOTO.heic PHOTO.png keeps its pixels; on "
                + "a phone, share it as JPEG)")
            : new MediaContainer("mp4", "mov");
    }

    private static bool IsMovAtom(ReadOnlySpan<byte> atom) =>
        atom.SequenceEqual("moov"u8) || atom.SequenceEqual("mdat"u8) || atom.SequenceEqual("wide"u8)
            || atom.SequenceEqual("free"u8) || atom.SequenceEqual("skip"u8);

    private static MediaContainer? Riff(ReadOnlySpan<byte> head)
    {
        var form = head.Slice(8, 4);
        if (form.SequenceEqual("AVI "u8)) return new MediaContainer("avi", "avi");
        if (!form.SequenceEqual("WEBP"u8)) return null;
        return WebpAnimation.IsAnimated(head) ? new MediaContainer("webp", null) : Photo("webp");
    }

    /// <summary>Packets of 188 bytes, or of 192 with a time before each (M2TS), all beginning with 0x47.</summary>
    private static bool IsTransportStream(ReadOnlySpan<byte> head)
    {
        foreach (var (first, step) in new[] { (0, TransportPacket), (4, TransportPacket + 4) })
        {
            var packets = 0;
            while (packets < 4 && first + (packets * step) < head.Length && head[first + (packets * step)] == 0x47) packets++;
            if (packets == 4) return true;
        }

        return false;
    }
}
