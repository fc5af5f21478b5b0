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
        byte[] bytes;
        try
        {
            bytes = PlainFile.ReadBytes(facts.Path, limits.MaxBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UserErrorException)
        {
            throw new MediaRejectedException($"cannot be read: {error.Message}", error);
        }

        if (Hashes.Of(bytes) != facts.Sha256) throw new MediaRejectedException("the file changed while it was read");
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
