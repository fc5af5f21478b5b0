using System.Buffers.Binary;

namespace ForensicHeads.Media.Decode;

/// <summary>Reads single pictures from outside: limits first, then one decode to 8-bit RGB, in a process of its own.</summary>
/// <remarks>
/// Grey becomes three equal channels; 16 bits a sample become 8 by dividing by 257; transparent pixels are laid over white, as a viewer
/// shows them; turns and mirrorings in the metadata are applied; colours of an ICC profile are brought to sRGB.
/// </remarks>
public static class PhotoReader
{
    /// <summary>Reads one picture.</summary>
    /// <exception cref="MediaRejectedException">Refused, or not decodable; the message is the reason.</exception>
    public static Photo Read(string path, MediaLimits? limits = null, CancellationToken cancellation = default)
    {
        var facts = MediaProbe.Inspect(path, limits, cancellation);
        if (!facts.IsPhoto) throw new MediaRejectedException($"a {facts.Container} video, where a photo was expected");
        using var worker = new PhotoWorker();
        return Decode(facts, worker, limits ?? new MediaLimits(), cancellation);
    }

    /// <summary>Decodes a photo that was inspected already.</summary>
    internal static Photo Decode(MediaFacts facts, PhotoWorker worker, MediaLimits limits, CancellationToken cancellation = default)
    {
        if (facts.Plan is not null) return DecodeFrame(facts, limits, cancellation);
        var bytes = Bytes(facts, limits);
        var decoded = worker.Decode(facts.Container, bytes, limits);
        var whole = PhotoEnd.IsThere(facts.Container, bytes);
        return new Photo(
            facts with
            {
                Width = decoded.Image.Width,
                Height = decoded.Image.Height,
                StoredWidth = decoded.StoredWidth,
                StoredHeight = decoded.StoredHeight,
                Rotation = decoded.Orientation.Degrees(),
                IsMirrored = decoded.Orientation.IsMirrored(),
                ToneMapped = ColourWarnings.ToneMappedFrom(decoded.Warnings),
                Warnings = decoded.Warnings,
                Notes = decoded.Notes,
            },
            decoded.Image,
            whole ? MediaStatus.Ok : MediaStatus.Partial,
            whole ? null : $"the {facts.Container} data end before the picture does");
    }

    /// <summary>The bytes of a file that was inspected already.</summary>
    /// <exception cref="MediaRejectedException">It cannot be read, or is another by now.</exception>
    internal static byte[] Bytes(MediaFacts facts, MediaLimits limits)
    {
        byte[] bytes;
        try
        {
            bytes = PlainFile.ReadBytes(facts.Path, limits.MaxBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UserErrorException)
        {
            throw new MediaRejectedException($"cannot be read: {error.Message}", error);
        }

        return Hashes.Of(bytes) == facts.Sha256 ? bytes : throw new MediaRejectedException("the file changed while it was read");
    }

    /// <summary>AVIF is a frame of AV1 in the boxes of a film; the decoder of films reads it.</summary>
    private static Photo DecodeFrame(MediaFacts facts, MediaLimits limits, CancellationToken cancellation)
    {
        using var decoder = new VideoDecoder(facts, limits, cancellation: cancellation);
        var frame = decoder.Next();
        while (decoder.Next() is { } more) decoder.Recycle(more);
        var (status, reason, _) = decoder.Outcome!;
        return frame is null ? throw new MediaRejectedException(reason ?? "no picture can be decoded")
            : new Photo(facts, frame.Image, status, reason);
    }
}

/// <summary>A photo that was read.</summary>
/// <param name="Facts">Facts of the file; the size is that of <paramref name="Image"/>.</param>
/// <param name="Image">The picture, 8 bits a sample, turned upright.</param>
/// <param name="Status"><see cref="MediaStatus.Ok"/>, or <see cref="MediaStatus.Partial"/> when the file ends early.</param>
/// <param name="Reason">Why it is partial, in one line; null when it is not.</param>
public sealed record Photo(MediaFacts Facts, RgbImage Image, MediaStatus Status, string? Reason);

/// <summary>Whether a photo is there to its end. What follows the end (the film of a motion photo, a second picture) is no
/// damage.</summary>
internal static class PhotoEnd
{
    /// <summary>Whether the end of the picture is in the file; true for kinds that have no mark of their end.</summary>
    internal static bool IsThere(string container, byte[] bytes)
    {
        switch (container)
        {
            case "jpeg":
                return IsJpegWhole(bytes);
            case "png":
                using (var stream = new MemoryStream(bytes, writable: false))
                    return PngChunks.Walk(stream, []).Any(chunk => chunk.Type == "IEND");
            case "webp":
                return 8L + BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)) <= bytes.Length;
            default:
                return true;
        }
    }

    // Segments say their length; behind the head of a scan come coded data, in which a marker is an FF before anything but 00 and restarts.
    private static bool IsJpegWhole(byte[] bytes)
    {
        var at = 2;
        while (at + 1 < bytes.Length)
        {
            var (lead, marker) = (bytes[at], bytes[at + 1]);
            if (lead == 0xFF && marker == 0xD9) return true;
            if (lead != 0xFF || marker is 0 or 0xFF or (>= 0xD0 and <= 0xD7)) at++;
            else if (marker is 0x01 or 0xD8) at += 2;
            else if (at + 4 > bytes.Length) return false;
            else at += 2 + Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2)));
        }

        return false;
    }
}
