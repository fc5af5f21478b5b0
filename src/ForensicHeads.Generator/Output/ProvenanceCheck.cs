namespace ForensicHeads.Generator.Output;

/// <summary>Reads every mark of a file from outside: sidecar, SHA-256, XMP, watermark.</summary>
public static class ProvenanceCheck
{
    /// <summary>Frames of a video in which the watermark is looked for, from its start. One would do; more make a re-encoded one
    /// clearer.</summary>
    public const int Frames = 128;

    /// <summary>Reads a picture or a video.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keys">Keys whose watermark is looked for.</param>
    /// <param name="cancellation">Stops the decoder.</param>
    /// <exception cref="MediaRejectedException">The file cannot be read; the message is the reason.</exception>
    public static ProvenanceFinding Of(string path, IReadOnlyList<WatermarkKey> keys, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var facts = MediaProbe.Inspect(path, cancellation: cancellation);
        return new ProvenanceFinding
        {
            File = path,
            Sha256 = facts.Sha256,
            Sidecar = Sidecar.Find(path, facts.Sha256),
            Xmp = Xmp(facts),
            Watermarks = Watermarks(facts, keys, cancellation),
        };
    }

    private static XmpFacts? Xmp(MediaFacts facts)
    {
        try
        {
            using var stream = PlainFile.Open(facts.Path);
            var packet = facts.Container switch
            {
                "png" => PngXmp.Find(stream),
                "mp4" => Mp4Xmp.Find(stream),
                _ => null,
            };
            return packet is null ? null : XmpPacket.Read(packet);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaRejectedException($"cannot be read: {error.Message}", error);
        }
    }

    private static IReadOnlyList<WatermarkFinding> Watermarks(MediaFacts facts, IReadOnlyList<WatermarkKey> keys,
        CancellationToken cancellation)
    {
        using var detector = new WatermarkDetector();
        if (facts.IsPhoto)
        {
            detector.Add(PhotoReader.Read(facts.Path, cancellation: cancellation).Image);
            return detector.Find(keys);
        }

        using var decoder = new VideoDecoder(facts, cancellation: cancellation);
        while (detector.Frames < Frames && decoder.Next() is { } frame)
        {
            detector.Add(frame.Image);
            decoder.Recycle(frame);
        }

        return detector.Frames > 0 ? detector.Find(keys)
            : throw new MediaRejectedException(decoder.Outcome?.Reason ?? "no frame can be decoded");
    }
}
