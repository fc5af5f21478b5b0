using System.Numerics.Tensors;

namespace ForensicHeads.Detector.Person;

/// <summary>How an identity moves inside a clip: moments of the cosines between the identity vectors of frames that lie so far apart. A
/// made face may drift, or stay more alike than a filmed one; no picture of the person is needed.</summary>
/// <remarks>After Norman and Farid (2025), who ask the same of identity vectors over a clip.</remarks>
public static class IdentityMoments
{
    // Distances in frames: 1, 2 to 3, 4 to 7 and so on; a clip of 8 frames fills three.
    private const int Lags = 5;

    // Below it the deviation is that of rounding, and says nothing of a skew.
    private const double Rounding = 1e-6;

    private static readonly double[] Quantiles = [0.1, 0.5, 0.9];

    private static readonly string[] Names = ["mean", "deviation", "skewness", "q10", "q50", "q90"];

    /// <summary>The columns: each moment at each distance.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        [.. Enumerable.Range(0, Lags).SelectMany(lag => Names.Select(name => FormattableString.Invariant($"identity/{name}_{1 << lag}")))];

    /// <summary>float32[30] of a clip. A distance that the clip is too short for has the moments of the one before; a single frame has
    /// zeros.</summary>
    /// <param name="vectors">Unit vectors in the order of the frames, at least one.</param>
    public static float[] Of(IReadOnlyList<float[]> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        var row = new List<float>(Columns.Count);
        float[] last = new float[Names.Length];
        for (var lag = 0; lag < Lags; lag++)
        {
            var (least, most) = (1 << lag, lag == Lags - 1 ? vectors.Count : (2 << lag) - 1);
            double[] cosines = [.. from first in Enumerable.Range(0, vectors.Count)
                from second in Enumerable.Range(first + least, Math.Max(0, Math.Min(most, vectors.Count - 1 - first) - least + 1))
                select (double)TensorPrimitives.Dot(vectors[first], vectors[second])];
            if (cosines.Length > 0) last = Moments(cosines);
            row.AddRange(last);
        }

        return [.. row];
    }

    private static float[] Moments(double[] values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        var skewness = deviation > Rounding ? values.Average(value => Math.Pow((value - mean) / deviation, 3)) : 0;
        double[] sorted = [.. values.Order()];
        return [(float)mean, (float)deviation, (float)skewness, .. Quantiles.Select(share => (float)SeriesSummary.Quantile(sorted, share))];
    }
}
