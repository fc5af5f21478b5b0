using ForensicHeads.Testing;

namespace ForensicHeads.Benchmarks.Watermark;

/// <summary>What sharing a clip does to it: half size, then H.264 at CRF 28.</summary>
internal static class Attack
{
    /// <summary>The frames after it, as many and as large as half of those given.</summary>
    public static IReadOnlyList<RgbImage> Frames(IReadOnlyList<RgbImage> frames) =>
        CodedFrames.Of([.. frames.Select(Half)], Encoding);

    /// <summary>Writes a re-encoded copy of a video.</summary>
    public static void File(string from, string to)
    {
        var facts = MediaProbe.Inspect(from);
        using var decoder = new VideoDecoder(facts);
        using var encoder = new VideoEncoder(to, facts.Width / 2, facts.Height / 2, Encoding);
        while (decoder.Next() is { } frame) encoder.Write(Half(frame.Image));
        encoder.Complete();
    }

    /// <summary>Half the size.</summary>
    public static RgbImage Half(RgbImage frame) => ImageResize.Area(frame, frame.Width / 2, frame.Height / 2);

    private static VideoEncoderOptions Encoding => new() { Crf = 28 };
}
