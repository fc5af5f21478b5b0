using OpenCvSharp;

namespace ForensicHeads.Media.Faces;

/// <summary>Ultra-Light-Fast-Generic-Face-Detector (RFB-320, Linzaer 2019): an SSD with 4,420 priors on a 320×240 input.</summary>
/// <remarks>Input float32[1, 3, 240, 320], R G B, (x − 127) / 128; outputs scores[1, 4420, 2] and raw boxes[1, 4420, 4].</remarks>
public sealed class RfbFaceDetector : IDisposable
{
    private const int InputWidth = 320;
    private const int InputHeight = 240;
    private const float CentreVariance = 0.1f;
    private const float SizeVariance = 0.2f;

    // A lower score is no face; a box that overlaps a better one by more (intersection over union) is the same face.
    private const float MinConfidence = 0.7f;
    private const float MaxOverlap = 0.3f;
    private const int MaxFaces = 16;
    private static readonly float[] Mean = [127, 127, 127];
    private static readonly float[] Factor = [1 / 128f, 1 / 128f, 1 / 128f];
    private static readonly float[] Priors = MakePriors();
    private readonly OnnxSession session;

    /// <summary>Loads the model.</summary>
    /// <param name="modelsFolder">The folder of <c>--models</c>, or null for the usual places.</param>
    /// <exception cref="UserErrorException">The model is missing or is not the pinned one.</exception>
    public RfbFaceDetector(string? modelsFolder = null) => session = OnnxSession.Of(FaceModels.FaceDetector, modelsFolder);

    /// <summary>The faces of the picture, most confident first; empty when there is none. Thread-safe.</summary>
    public IReadOnlyList<FaceBox> Detect(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        // The picture is fitted without distortion and padded: faces keep the proportions that the network was trained on.
        var scale = Math.Max((float)image.Width / InputWidth, (float)image.Height / InputHeight);
        using var input = Fit(image, scale);
        using var planes = NetworkInput.Planar(input, Mean, Factor);
        using var results = session.Run(planes.Memory, 1, 3, InputHeight, InputWidth);
        var scores = results.Take(0, Priors.Length / 2);
        var boxes = results.Take(1, Priors.Length);
        var found = new List<FaceBox>();
        for (var i = 0; i < Priors.Length / 4; i++)
        {
            if (scores[(2 * i) + 1] < MinConfidence) continue;
            var box = Decode(i, boxes.Slice(4 * i, 4), scores[(2 * i) + 1], scale);
            if (box.CentreX >= 0 && box.CentreY >= 0 && box.CentreX < image.Width && box.CentreY < image.Height) found.Add(box);
        }

        return Suppress(found);
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private static Mat Fit(RgbImage image, float scale)
    {
        var width = Math.Clamp((int)MathF.Round(image.Width / scale), 1, InputWidth);
        var height = Math.Clamp((int)MathF.Round(image.Height / scale), 1, InputHeight);
        using var source = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, image.Pixels);
        using var resized = new Mat();
        Cv2.Resize(source, resized, new Size(width, height), interpolation: scale > 1 ? InterpolationFlags.Area
            : InterpolationFlags.Linear);
        var input = new Mat();
        Cv2.CopyMakeBorder(resized, input, 0, InputHeight - height, 0, InputWidth - width, BorderTypes.Constant, new Scalar(127, 127, 127));
        return input;
    }

    private static FaceBox Decode(int prior, ReadOnlySpan<float> raw, float score, float scale)
    {
        var p = Priors.AsSpan(4 * prior, 4);
        var centreX = ((raw[0] * CentreVariance * p[2]) + p[0]) * InputWidth * scale;
        var centreY = ((raw[1] * CentreVariance * p[3]) + p[1]) * InputHeight * scale;
        var width = MathF.Exp(raw[2] * SizeVariance) * p[2] * InputWidth * scale;
        var height = MathF.Exp(raw[3] * SizeVariance) * p[3] * InputHeight * scale;
        return new FaceBox(centreX - (width / 2), centreY - (height / 2), width, height, score);
    }

    private List<FaceBox> Suppress(List<FaceBox> found)
    {
        var kept = new List<FaceBox>();
        foreach (var box in found.OrderByDescending(b => b.Confidence).ThenBy(b => b.X).ThenBy(b => b.Y))
        {
            if (kept.Count == MaxFaces) break;
            if (kept.All(other => other.Overlap(box) <= MaxOverlap)) kept.Add(box);
        }

        return kept;
    }

    /// <summary>The SSD priors: centre x, centre y, width, height as shares of the input, cell by cell in row-major order.</summary>
    private static float[] MakePriors()
    {
        (int Stride, float[] Sizes)[] levels = [(8, [10, 16, 24]), (16, [32, 48]), (32, [64, 96]), (64, [128, 192, 256])];
        var priors = new List<float>();
        foreach (var (stride, sizes) in levels)
        {
            int columns = (InputWidth + stride - 1) / stride, rows = (InputHeight + stride - 1) / stride;
            for (var y = 0; y < rows; y++)
            {
                for (var x = 0; x < columns; x++)
                {
                    foreach (var size in sizes)
                    {
                        // The published priors scale by input / stride, not by the rounded-up number of cells.
                        priors.Add(Math.Clamp((x + 0.5f) * stride / InputWidth, 0, 1));
                        priors.Add(Math.Clamp((y + 0.5f) * stride / InputHeight, 0, 1));
                        priors.Add(Math.Clamp(size / InputWidth, 0, 1));
                        priors.Add(Math.Clamp(size / InputHeight, 0, 1));
                    }
                }
            }
        }

        return [.. priors];
    }
}
