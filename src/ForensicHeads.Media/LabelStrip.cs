using OpenCvSharp;

namespace ForensicHeads.Media;

/// <summary>A line of words over the columns of a picture grid.</summary>
public static class LabelStrip
{
    private const HersheyFonts Font = HersheyFonts.HersheySimplex;
    private const double LargestScale = 0.45;
    private const int Margin = 2;

    /// <summary>Draws each label in white on black, in the middle of its cell, as large as all of them can be.</summary>
    /// <param name="labels">ASCII words, one a column.</param>
    /// <param name="cellWidth">Width of a column, pixels.</param>
    /// <param name="height">Height of the line, pixels.</param>
    public static RgbImage Draw(IReadOnlyList<string> labels, int cellWidth, int height)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var widest = labels.Max(label => Cv2.GetTextSize(label, Font, 1, 1, out _).Width);
        var tallest = labels.Max(label => Cv2.GetTextSize(label, Font, 1, 1, out _).Height);
        var scale = Math.Min(LargestScale, Math.Min((cellWidth - (2.0 * Margin)) / widest, (height - (2.0 * Margin)) / tallest));
        using var line = new Mat(height, cellWidth * labels.Count, MatType.CV_8UC3, Scalar.All(0));
        for (var i = 0; i < labels.Count; i++)
        {
            var size = Cv2.GetTextSize(labels[i], Font, scale, 1, out _);
            Cv2.PutText(line, labels[i], new Point((i * cellWidth) + ((cellWidth - size.Width) / 2), (height + size.Height) / 2), Font,
                scale, Scalar.All(255), 1, LineTypes.AntiAlias);
        }

        return ImageCodec.FromMat(line);
    }
}
