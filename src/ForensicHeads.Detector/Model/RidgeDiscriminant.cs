using System.Numerics.Tensors;

namespace ForensicHeads.Detector.Model;

/// <summary>
/// A linear model for few rows and many columns: weighted ridge regression of the label (−1 real, +1 generated) on standardised columns,
/// solved exactly in the dual (Saunders, Gammerman and Vovk 1998), so that a fit costs rows² · columns.
/// </summary>
/// <remarks>
/// Weighted mean and deviation standardise each column (one that does not vary becomes 0), which is then divided by √columns, so that one
/// penalty means the same for long and short families. With weights w (mean 1) it minimises Σ w (y − x·b)² + penalty · |b|². No intercept:
/// the score is a ranking, calibrated elsewhere.
/// </remarks>
public sealed class RidgeDiscriminant
{
    private readonly double[] mean;
    private readonly double[] inverse;
    private readonly double[] slope;

    private RidgeDiscriminant(double[] mean, double[] inverse, double[] slope) =>
        (this.mean, this.inverse, this.slope) = (mean, inverse, slope);

    /// <summary>Fits the rows; classes, people and modes are weighted as for every detector.</summary>
    /// <param name="rows">At least one row of each class, all of one length.</param>
    /// <param name="penalty">Above 0.</param>
    /// <param name="rule">How generators are weighted.</param>
    public static RidgeDiscriminant Fit(IReadOnlyList<LabelledFeatures> rows, double penalty, Weighting rule = Weighting.People)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(penalty);
        return Fit(rows, penalty, ExampleWeights.Of(rows, rule, weights =>
            [.. Fit(rows, penalty, weights).Score([.. rows.Select(row => row.Features)]).Select(score => (float)score)]));
    }

    private static RidgeDiscriminant Fit(IReadOnlyList<LabelledFeatures> rows, double penalty, float[] weighted)
    {
        var weights = Array.ConvertAll(weighted, weight => (double)weight);
        var columns = rows[0].Features.Length;
        var (mean, inverse) = (new double[columns], new double[columns]);
        for (var c = 0; c < columns; c++)
        {
            for (var i = 0; i < rows.Count; i++) mean[c] += weights[i] * rows[i].Features[c] / rows.Count;
            var variance = 0.0;
            for (var i = 0; i < rows.Count; i++) variance += weights[i] * (rows[i].Features[c] - mean[c]) * (rows[i].Features[c] - mean[c])
                / rows.Count;
            var deviation = Math.Sqrt(variance);
            // Below float32's own rounding a spread is noise of the last digit, not information.
            inverse[c] = deviation > 1e-7 * Math.Abs(mean[c]) ? 1 / (deviation * Math.Sqrt(columns)) : 0;
        }

        var model = new RidgeDiscriminant(mean, inverse, new double[columns]);
        var x = rows.Select(row => model.Standardised(row.Features)).ToArray();
        var kernel = new double[x.Length][];
        for (var i = 0; i < x.Length; i++)
        {
            kernel[i] = new double[i + 1];
            for (var j = 0; j <= i; j++) kernel[i][j] = TensorPrimitives.Dot<double>(x[i], x[j]);
            kernel[i][i] += penalty / weights[i];
        }

        var dual = Solve(kernel, [.. rows.Select(row => row.Generated ? 1.0 : -1.0)]);
        for (var i = 0; i < x.Length; i++) TensorPrimitives.MultiplyAdd(x[i], dual[i], model.slope, model.slope);
        return model;
    }

    /// <summary>Scores of rows, higher = more likely generated.</summary>
    /// <param name="features">float32[n][columns].</param>
    public double[] Score(IReadOnlyList<float[]> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return [.. features.Select(row => TensorPrimitives.Dot<double>(Standardised(row), slope))];
    }

    private double[] Standardised(float[] row)
    {
        var result = new double[row.Length];
        for (var c = 0; c < row.Length; c++) result[c] = (row[c] - mean[c]) * inverse[c];
        return result;
    }

    // Cholesky of the lower triangle, in place, then the two triangular solves.
    private static double[] Solve(double[][] a, double[] b)
    {
        for (var i = 0; i < b.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = a[i][j] - TensorPrimitives.Dot<double>(a[i].AsSpan(0, j), a[j].AsSpan(0, j));
                a[i][j] = i == j ? Math.Sqrt(rest) : rest / a[j][j];
            }
        }

        for (var i = 0; i < b.Length; i++) b[i] = (b[i] - TensorPrimitives.Dot<double>(a[i].AsSpan(0, i), b.AsSpan(0, i))) / a[i][i];
        for (var i = b.Length - 1; i >= 0; i--)
        {
            b[i] /= a[i][i];
            for (var j = 0; j < i; j++) b[j] -= a[i][j] * b[i];
        }

        return b;
    }
}
