namespace ForensicHeads.Media.Decode;

/// <summary>Reads single pictures from outside: limits first, then one decode to 8-bit RGB, in a process of its own.</summary>
/// <remarks>
/// Grey becomes three equal channels; 16 bits a sample become 8 by dividing by 257; transparent pixels are laid over white, as a viewer
/// shows them; a rotation in the metadata is applied.
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
        return Decode(facts, worker, limits ?? new MediaLimits());
    }

    /// <summary>Decodes a photo that was inspected already.</summary>
    internal static Photo Decode(MediaFacts facts, PhotoWorker worker, MediaLimits limits)
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

        if (Hashes.Of(bytes) != facts.Sha256) throw new MediaRejectedException("the file changed while it was read");
        var image = worker.Decode(facts.Container, bytes, limits);
        var whole = facts.Container switch
        {
            "jpeg" =>
                bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) > bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]),
            "png" => bytes.AsSpan().LastIndexOf("IEND"u8) >= 0,
            _ => true,
        };
        return new Photo(
            facts with { Width = image.Width, Height = image.Height },
            image,
            whole ? MediaStatus.Ok : MediaStatus.Partial,
            whole ? null : $"the {facts.Container} data end before the picture does");
    }
}

/// <summary>A photo that was read.</summary>
/// <param name="Facts">Facts of the file; the size is that of <paramref name="Image"/>.</param>
/// <param name="Image">The picture, 8 bits a sample, turned upright.</param>
/// <param name="Status"><see cref="MediaStatus.Ok"/>, or <see cref="MediaStatus.Partial"/> when the file ends early.</param>
/// <param name="Reason">Why it is partial, in one line; null when it is not.</param>
public sealed record Photo(MediaFacts Facts, RgbImage Image, MediaStatus Status, string? Reason);
