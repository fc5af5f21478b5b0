using OpenCvSharp;

namespace ForensicHeads.Media.Marks;

/// <summary>Looks for watermarks with the key alone: no original, no sidecar. Not thread-safe.</summary>
/// <remarks>
/// Frames of any size are brought to one grid and averaged; the mean is whitened, in space and then in the band's DCT, to values v that
/// do not depend on the key. The score is z = Σ sᵢvᵢ / √Σ vᵢ² with the key's signs s. For a key drawn at random its variance is 1 and, by
/// Hoeffding's inequality, P(z ≥ t) ≤ exp(−t²/2) for every picture; the bound is multiplied by the number of hypotheses tried: the whole
/// picture or one without the label's strip, each as it is or mirrored. Other crops, rotations and borders are not searched.
/// </remarks>
public sealed class WatermarkDetector : IDisposable
{
    /// <summary>From this z on a watermark counts as found: a bound of 6.1e-8 for the four hypotheses.</summary>
    public const double Threshold = 6;

    private const double Sigma = 3;
    private const float Floor = 2;
    private const float Limit = 3;

    // Which share of the picture's height is marked: that of the whole frame, or of one whose label strip (3/32) was cut off.
    private static readonly double[] MarkedShares = [7 / 8.0, 28 / 29.0];
    private readonly Mat[] sums =
        [.. MarkedShares.Select(_ => new Mat(WatermarkBand.GridHeight, WatermarkBand.GridWidth, MatType.CV_32FC1, Scalar.All(0)))];

    /// <summary>Frames added so far.</summary>
    public int Frames { get; private set; }

    /// <summary>Takes another frame of the clip; all may differ in size.</summary>
    public void Add(RgbImage frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        using var luma = LumaPlane.Of(frame, frame.Height);
        using var grid = new Mat();
        for (var i = 0; i < sums.Length; i++)
        {
            var rows = Math.Max(1, (int)Math.Round(frame.Height * MarkedShares[i]));
            using var marked = luma.RowRange(0, rows);
            var reduces = rows >= WatermarkBand.GridHeight && frame.Width >= WatermarkBand.GridWidth;
            Cv2.Resize(marked, grid, new Size(WatermarkBand.GridWidth, WatermarkBand.GridHeight), interpolation: reduces
                ? InterpolationFlags.Area : InterpolationFlags.Cubic);
            Cv2.Add(sums[i], grid, sums[i]);
        }

        Frames++;
    }

    /// <summary>Looks for each key's mark in the frames so far.</summary>
    /// <exception cref="InvalidOperationException">No frame was added.</exception>
    public IReadOnlyList<WatermarkFinding> Find(IReadOnlyList<WatermarkKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (Frames == 0) throw new InvalidOperationException("No frame was added.");
        var views = Array.ConvertAll(sums, Whiten);
        return [.. keys.Select(key => Find(key, views))];
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(sums, sum => sum.Dispose());

    private WatermarkFinding Find(WatermarkKey key, float[][] views)
    {
        var signs = key.Signs(WatermarkBand.Coefficients.Count);
        var scores = views.SelectMany(view =>
            new[] { (Z: Score(signs, view, mirrored: false), Mirrored: false), (Z: Score(signs, view, mirrored: true), Mirrored: true) })
            .ToArray();
        var best = scores.MaxBy(score => score.Z);
        var bound = best.Z <= 0 ? 1 : Math.Min(1, scores.Length * Math.Exp(-best.Z * best.Z / 2));
        return new WatermarkFinding(key.Id, best.Z >= Threshold, best.Z, bound, best.Mirrored, Frames);
    }

    // Mirroring turns the sign of every odd cosine across.
    private static double Score(float[] signs, float[] view, bool mirrored)
    {
        double sum = 0, squares = 0;
        for (var i = 0; i < signs.Length; i++)
        {
            var value = mirrored && WatermarkBand.Coefficients[i].X % 2 == 1 ? -view[i] : view[i];
            sum += signs[i] * value;
            squares += (double)value * value;
        }

        return squares > 0 ? sum / Math.Sqrt(squares) : 0;
    }

    // Edges of the picture count no more than its plains, and a strong frequency no more than a weak one.
    private float[] Whiten(Mat sum)
    {
        using Mat mean = sum / Frames;
        using var smooth = LumaPlane.Mean(mean, Sigma);
        using Mat detail = mean - smooth;
        using Mat squared = detail.Mul(detail);
        using var power = LumaPlane.Mean(squared, Sigma);
        var (details, powers) = (LumaPlane.Values(detail), LumaPlane.Values(power));
        for (var i = 0; i < details.Length; i++) details[i] /= MathF.Sqrt(MathF.Max(0, powers[i])) + Floor;

        using var levelled = Mat.FromPixelData(detail.Rows, detail.Cols, MatType.CV_32FC1, details);
        using var spectrum = new Mat();
        Cv2.Dct(levelled, spectrum);
        using Mat energies = spectrum.Mul(spectrum);
        using var around = new Mat();
        Cv2.BoxFilter(energies, around, MatType.CV_32F, new Size(5, 5));
        var (coefficients, scales) = (LumaPlane.Values(spectrum), LumaPlane.Values(around));
        return [.. WatermarkBand.Coefficients.Select(at =>
        {
            var index = (at.Y * WatermarkBand.GridWidth) + at.X;
            return scales[index] > 1e-12f ? Math.Clamp(coefficients[index] / MathF.Sqrt(scales[index]), -Limit, Limit) : 0;
        })];
    }
}

/// <summary>What a search for one key's watermark found.</summary>
/// <param name="Key">The key's <see cref="WatermarkKey.Id"/>.</param>
/// <param name="Found">Whether <paramref name="Z"/> reaches <see cref="WatermarkDetector.Threshold"/>.</param>
/// <param name="Z">Agreement with the key's pattern, in standard deviations of what a key drawn at random gives; the best of the
/// hypotheses.</param>
/// <param name="FalseAlarmBound">At most this share of random keys reaches <paramref name="Z"/> on this very picture.</param>
/// <param name="Mirrored">Whether the best agreement is that of the mirrored picture.</param>
/// <param name="Frames">Frames read.</param>
public sealed record WatermarkFinding(string Key, bool Found, double Z, double FalseAlarmBound, bool Mirrored, int Frames);
