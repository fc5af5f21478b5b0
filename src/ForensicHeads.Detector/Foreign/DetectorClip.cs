namespace ForensicHeads.Detector.Foreign;

/// <summary>How a clip's frames become windows, for a network of moving pictures.</summary>
/// <remarks>Windows follow each other without a gap. The last is shifted back to end with the clip, and a clip that is shorter than one
/// window has no score. Each window's score is given to the frames that it spans; a frame of two windows keeps the first.</remarks>
public sealed record DetectorClip
{
    private const int MostFrames = 1024;
    private const int LastAxis = 4;

    /// <summary>Frames of a window, 2 … 1024.</summary>
    public required int Frames { get; init; }

    /// <summary>From one frame of a window to the next, in frames of the clip, 1 … 1024. Default 1.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Which axis of the tensor counts the frames, 1 … 4; 0 is the batch: 2 for batch, channels, frames, rows, columns.</summary>
    public required int Axis { get; init; }

    /// <summary>Frames of the clip from the first of a window to the last.</summary>
    internal int Span => ((Frames - 1) * Every) + 1;

    internal void Check(DetectorFileCheck check)
    {
        check.Between("clip.frames", Frames, 2, MostFrames);
        check.Between("clip.every", Every, 1, MostFrames);
        check.Between("clip.axis", Axis, 1, LastAxis);
    }
}

/// <summary>Some frames of a clip that get one score.</summary>
/// <param name="Clip">Which clip.</param>
/// <param name="First">The first frame that the network sees.</param>
/// <param name="From">The first frame that gets the score.</param>
/// <param name="Count">How many get it.</param>
internal readonly record struct ClipWindow(int Clip, int First, int From, int Count)
{
    /// <summary>The windows of a clip; for a network of single frames, each frame.</summary>
    /// <param name="clip">Its number.</param>
    /// <param name="frames">How many frames it has.</param>
    /// <param name="shape">The windows' shape; null for single frames.</param>
    public static IEnumerable<ClipWindow> Of(int clip, int frames, DetectorClip? shape)
    {
        var span = shape?.Span ?? 1;
        for (var from = 0; from < frames && span <= frames; from += span)
            yield return new ClipWindow(clip, Math.Min(from, frames - span), from, Math.Min(span, frames - from));
    }
}
