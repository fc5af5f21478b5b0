using OpenCvSharp;

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

/// <summary>One face in one frame.</summary>
/// <param name="FrameNumber">Number in the video, from 0.</param>
/// <param name="TimeS">Presentation time in seconds.</param>
/// <param name="Box">Tight box around the landmarks, in source pixels; its confidence is the detector's, 0 where the landmarks alone
/// carried the track.</param>
/// <param name="Landmarks">In source pixels.</param>
/// <param name="Confidence">0 … 1, of the landmarks.</param>
/// <param name="Crop">The smoothed square crop.</param>
public sealed record TrackFrame(int FrameNumber, double TimeS, FaceBox Box, Landmarks68 Landmarks, float Confidence, CropWindow Crop);

/// <summary>The square that is cut out of a frame, in whole source pixels; it may reach outside the picture.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Size">Side length, at least 1.</param>
public readonly record struct CropWindow(int X, int Y, int Size)
{
    /// <summary>Moves landmarks from the source to a crop of <paramref name="size"/> pixels a side (pixel centres at integers).</summary>
    public Landmarks68 ToCrop(Landmarks68 source, int size)
    {
        ArgumentNullException.ThrowIfNull(source);
        var scale = (float)size / Size;
        return source.Transform(scale, ((0.5f - X) * scale) - 0.5f, ((0.5f - Y) * scale) - 0.5f);
    }

    /// <summary>Cuts the square out and brings it to <paramref name="size"/> pixels a side with one area filter; outside the picture its
    /// edge is repeated.</summary>
    public RgbImage Cut(RgbImage image, int size) => Cut(image, new RgbImage(size, size));

    /// <summary>As <see cref="Cut(RgbImage, int)"/>, into a square picture of the wanted size, which is overwritten.</summary>
    internal RgbImage Cut(RgbImage image, RgbImage crop)
    {
        ArgumentNullException.ThrowIfNull(image);
        var size = crop.Width;
        int left = Math.Clamp(X, 0, image.Width - 1), top = Math.Clamp(Y, 0, image.Height - 1);
        int right = Math.Clamp(X + Size, left + 1, image.Width), bottom = Math.Clamp(Y + Size, top + 1, image.Height);
        using var whole = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, image.Pixels);
        using var inside = whole.SubMat(top, bottom, left, right);
        using var square = new Mat();
        Cv2.CopyMakeBorder(
            inside, square, Math.Max(0, top - Y), Math.Max(0, Y + Size - bottom), Math.Max(0, left - X), Math.Max(0, X + Size - right),
                BorderTypes.Replicate);
        using var target = Mat.FromPixelData(size, size, MatType.CV_8UC3, crop.Pixels);
        Cv2.Resize(square, target, new Size(size, size), interpolation: size > square.Width ? InterpolationFlags.Linear
            : InterpolationFlags.Area);
        return crop;
    }
}
