namespace ForensicHeads.Media.Tracking;

/// <summary>Keeps the frames of a short clip from one pass to the next; those of a long one are let go. Not thread-safe.</summary>
/// <param name="most">Bytes of pixels that may be kept.</param>
internal sealed class KeptFrames(long most)
{
    private readonly Queue<VideoFrame> frames = [];
    private long bytes;

    /// <summary>Whether all frames so far are here.</summary>
    internal bool IsWhole { get; private set; } = true;

    /// <summary>Keeps a frame.</summary>
    /// <returns>Whether it is kept; if not, its memory is free for another.</returns>
    internal bool Add(VideoFrame frame)
    {
        bytes += frame.Image.Pixels.Length;
        if (IsWhole && bytes <= most)
        {
            frames.Enqueue(frame);
            return true;
        }

        IsWhole = false;
        frames.Clear();
        return false;
    }

    /// <summary>Gives the frames back in order, and forgets them; null at the end.</summary>
    internal VideoFrame? Next() => frames.TryDequeue(out var frame) ? frame : null;
}
