using System.Buffers.Binary;

namespace ForensicHeads.Media.Marks;

/// <summary>XMP in mp4: a <c>uuid</c> box at the top level (XMP part 3).</summary>
public static class Mp4Xmp
{
    private const int MaximumBoxes = 100_000;

    // The 16 bytes that say "XMP": BE7ACFCB-97A9-42E8-9C71-999491E3AFAC.
    private static ReadOnlySpan<byte> Kind =>
        [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];

    /// <summary>Appends the packet to a finished mp4 of our own making. Behind everything else it moves no offset of the index.</summary>
    /// <exception cref="InvalidDataException">The boxes do not end where the file does, so that nothing may follow.</exception>
    public static void Append(string path, byte[] packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var file = ChosenPath.Of(path);
        using var stream = OwnFiles.Open(file.Folder, file.Name, FileMode.Open, FileAccess.ReadWrite);
        if (Walk(stream, out var whole) is not null || !whole)
            throw new InvalidDataException($"{path} has XMP already, or boxes that do not end where it does.");
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, 8 + Kind.Length + packet.Length);
        stream.Position = stream.Length;
        stream.Write([.. size, .. "uuid"u8, .. Kind, .. packet]);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Finds the packet of an mp4 from outside; null where there is none, or none that is whole and of a sane size.</summary>
    /// <param name="stream">A stream that can seek.</param>
    public static byte[]? Find(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Walk(stream, out _);
    }

    // Every box is at least eight bytes long and ends within the file, so that a walk always ends.
    private static byte[]? Walk(Stream stream, out bool whole)
    {
        Span<byte> head = stackalloc byte[16];
        long at = 0;
        whole = false;
        for (var box = 0; box < MaximumBoxes && at <= stream.Length - 8; box++)
        {
            stream.Position = at;
            stream.ReadExactly(head[..8]);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            var header = 8;
            if (size == 1 && at <= stream.Length - 16)
            {
                stream.ReadExactly(head[8..]);
                size = BinaryPrimitives.ReadInt64BigEndian(head[8..]);
                header = 16;
            }

            // 0: up to the end of the file; anything else below the header's length is damage.
            if (size < header || size > stream.Length - at) return null;
            if (head[4..8].SequenceEqual("uuid"u8) && Packet(stream, size - header) is { } packet) return packet;
            at += size;
        }

        whole = at == stream.Length;
        return null;
    }

    private static byte[]? Packet(Stream stream, long length)
    {
        if (length < Kind.Length || length > Kind.Length + XmpPacket.MaximumBytes) return null;
        Span<byte> kind = stackalloc byte[16];
        stream.ReadExactly(kind);
        if (!kind.SequenceEqual(Kind)) return null;
        var packet = new byte[length - Kind.Length];
        stream.ReadExactly(packet);
        return packet;
    }
}
