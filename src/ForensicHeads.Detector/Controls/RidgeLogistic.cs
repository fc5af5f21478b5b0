using System.Numerics.Tensors;

namespace ForensicHeads.Detector.Controls;

/// <summary>
/// L2 logistic regression that is fitted many times on the same columns with different labels. The curvature of the loss never exceeds
/// H = XᵀX/4 + λI (Böhning and Lindsay 1988), so H is factored once and each fit only takes steps H⁻¹·gradient, sped up by Nesterov's
/// momentum with restarts (O'Donoghue and Candès 2015). λ = 0.01 a row; the intercept carries no penalty.
/// </summary>
internal sealed class RidgeLogistic
{
    private const double PenaltyPerRow = 0.01;
    private const int MaximumSteps = 1000;
    private const double Tolerance = 1e-4;

    private readonly float[][] rows;
    private readonly int columns;
    private readonly float[][] lower;
    private readonly float[][] upper;

    /// <summary>Factors H for standardised training rows (mean 0 in every column).</summary>
    public RidgeLogistic(float[][] rows)
    {
        this.rows = rows;
        columns = rows[0].Length;
        (lower, upper) = Factor();
    }

    private double Penalty => PenaltyPerRow * rows.Length;

    /// <summary>Fits the labels and returns the weights, float32[columns + 1], intercept last.</summary>
    public float[] Fit(bool[] labels)
    {
        var weights = new float[columns + 1];
        var look = new float[columns + 1];
        var next = new float[columns + 1];
        var step = new float[columns + 1];
        var momentum = 1.0;
        for (var iteration = 0; iteration < MaximumSteps; iteration++)
        {
            Gradient(labels, look, step);
            Solve(step.AsSpan(0, columns));
            step[columns] *= 4f / rows.Length;
            TensorPrimitives.Add(look, step, next);
            // Restart when the momentum points uphill.
            var uphill = 0.0;
            for (var c = 0; c <= columns; c++) uphill += (double)(look[c] - next[c]) * (next[c] - weights[c]);
            var following = uphill > 0 ? 1.0 : (1 + Math.Sqrt(1 + (4 * momentum * momentum))) / 2;
            var push = uphill > 0 ? 0f : (float)((momentum - 1) / following);
            for (var c = 0; c <= columns; c++) look[c] = next[c] + (push * (next[c] - weights[c]));
            momentum = following;
            (weights, next) = (next, weights);
            if (TensorPrimitives.Norm<float>(step) <= Tolerance * (1e-6 + TensorPrimitives.Norm<float>(weights))) break;
        }

        return weights;
    }

    /// <summary>Logits of standardised rows.</summary>
    public static float[] Score(float[] weights, float[][] rows)
    {
        var scores = new float[rows.Length];
        for (var i = 0; i < rows.Length; i++) scores[i] = TensorPrimitives.Dot(weights.AsSpan(0, rows[i].Length), rows[i]) + weights[^1];
        return scores;
    }

    /// <summary>Xᵀ(y − p) − λw, and the residuals' sum for the intercept.</summary>
    private void Gradient(bool[] labels, float[] weights, float[] gradient)
    {
        TensorPrimitives.Multiply(weights, -(float)Penalty, gradient);
        var slopes = gradient.AsSpan(0, columns);
        var total = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            var logit = TensorPrimitives.Dot(weights.AsSpan(0, columns), rows[i]) + weights[columns];
            var residual = (labels[i] ? 1f : 0f) - (1f / (1f + MathF.Exp(-logit)));
            TensorPrimitives.MultiplyAdd(rows[i], residual, slopes, slopes);
            total += residual;
        }

        gradient[columns] = (float)total;
    }

    /// <summary>Solves H·x = b in place by the two triangular factors.</summary>
    private void Solve(Span<float> b)
    {
        for (var i = 0; i < columns; i++) b[i] = (b[i] - TensorPrimitives.Dot(lower[i].AsSpan(0, i), b[..i])) / lower[i][i];
        for (var i = columns - 1; i >= 0; i--)
        {
            var rest = columns - i - 1;
            b[i] = (b[i] - TensorPrimitives.Dot(upper[i].AsSpan(1, rest), b.Slice(i + 1, rest))) / upper[i][0];
        }
    }

    /// <summary>Cholesky factor L by rows, and its transpose by rows from the diagonal on, so that both solves read memory in
    /// order.</summary>
    private (float[][] Lower, float[][] Upper) Factor()
    {
        var h = new double[columns][];
        for (var i = 0; i < columns; i++) h[i] = new double[columns];
        var wide = new double[columns];
        foreach (var row in rows)
        {
            TensorPrimitives.ConvertTruncating<float, double>(row, wide);
            for (var i = 0; i < columns; i++)
            {
                if (wide[i] == 0) continue;
                var target = h[i].AsSpan(0, i + 1);
                TensorPrimitives.MultiplyAdd(wide.AsSpan(0, i + 1), wide[i] / 4, target, target);
            }
        }

        for (var i = 0; i < columns; i++)
        {
            h[i][i] += Penalty;
            for (var j = 0; j <= i; j++)
            {
                var rest = h[i][j] - TensorPrimitives.Dot<double>(h[i].AsSpan(0, j), h[j].AsSpan(0, j));
                h[i][j] = i == j ? Math.Sqrt(rest) : rest / h[j][j];
            }
        }

        return (
            [.. h.Select((row, i) => row.Take(i + 1).Select(value => (float)value).ToArray())],
            [.. Enumerable.Range(0, columns).Select(i => Enumerable.Range(i, columns - i).Select(j => (float)h[j][i]).ToArray())]);
    }
}
