namespace ForensicHeads.Detector.Foreign;

/// <summary>Whole pictures of a file, for detectors that want more than the face.</summary>
internal static class WholeFrames
{
    /// <summary>Decodes some frames.</summary>
    /// <param name="path">Photo or video.</param>
    /// <param name="numbers">Numbers of the frames, from 0.</param>
    /// <param name="limits">Limits on the file.</param>
    /// <param name="cancellation">Stops at the next frame.</param>
    /// <exception cref="MediaRejectedException">The file cannot be decoded any more.</exception>
    public static Dictionary<int, RgbImage> Read(string path, HashSet<int> numbers, MediaLimits limits, CancellationToken cancellation)
    {
        var facts = MediaProbe.Inspect(path, limits, cancellation);
        if (facts.IsPhoto) return new() { [0] = PhotoReader.Read(path, limits, cancellation).Image };
        var found = new Dictionary<int, RgbImage>();
        using var decoder = new VideoDecoder(facts, limits, cancellation: cancellation);
        while (found.Count < numbers.Count && decoder.Next() is { } frame)
        {
            if (numbers.Contains(frame.Number)) found[frame.Number] = frame.Image;
            else decoder.Recycle(frame);
        }

        return found.Count == numbers.Count ? found : throw new MediaRejectedException("the file changed while it was read");
    }
}
