namespace ForensicHeads.Testing;

/// <summary>Frames after H.264.</summary>
internal static class CodedFrames
{
    /// <summary>Encodes frames to H.264 and decodes them again: what publishing a video does to it.</summary>
    /// <returns>As many frames as were given, of the same size (even sizes only).</returns>
    public static IReadOnlyList<RgbImage> Of(IReadOnlyList<RgbImage> frames, VideoEncoderOptions? options = null,
        CancellationToken cancellation = default)
    {
        if (frames.Count == 0) return [];
        using var folder = new TemporaryFolder();
        var file = folder["frames.mp4"];
        using (var encoder = new VideoEncoder(file, frames[0].Width, frames[0].Height, options, cancellation))
        {
            foreach (var frame in frames) encoder.Write(frame);
            encoder.Complete();
        }

        using var decoder = new VideoDecoder(MediaProbe.Inspect(file, cancellation: cancellation), cancellation: cancellation);
        var result = new List<RgbImage>(frames.Count);
        while (decoder.Next() is { } frame) result.Add(frame.Image);
        return result.Count == frames.Count ? result
            : throw new InvalidDataException($"{frames.Count} frames went into H.264 and {result.Count} came out.");
    }
}
