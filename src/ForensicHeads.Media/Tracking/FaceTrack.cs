namespace ForensicHeads.Media.Tracking;

/// <summary>One person's face through a video without a cut. A person who returns after a cut or a longer absence is a new track.</summary>
/// <param name="Number">From 0, in the order of first appearance.</param>
/// <param name="Frames">In order of time; frames in which the face could not be seen are missing.</param>
public sealed record FaceTrack(int Number, IReadOnlyList<TrackFrame> Frames)
{
    /// <summary>The face in the frame of that number; null where it could not be seen.</summary>
    public TrackFrame? At(int frameNumber)
    {
        var (low, high) = (0, Frames.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = Frames[middle].FrameNumber;
            if (found == frameNumber) return Frames[middle];
            if (found < frameNumber) low = middle + 1;
            else high = middle - 1;
        }

        return null;
    }
}
