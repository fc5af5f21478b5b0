using MathNet.Numerics.LinearAlgebra;

namespace ForensicHeads.Statistics;

/// <summary>
/// The Fréchet distance of Heusel et al. (2017) between Gaussians fitted to two sets of features:
/// <c>|μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½)</c>, covariances with n − 1. It is biased upwards, the more the fewer frames there are for the
/// length of a vector: compare only values at equal n, and prefer <see cref="KernelDistance"/>.
/// </summary>
public sealed class FrechetDistance
{
    private readonly (Vector<double> Mean, Matrix<double> Covariance)? truth;
    private readonly Matrix<double>? root;

    /// <summary>Fits the true frames.</summary>
    public FrechetDistance(FeatureSet truth)
    {
        this.truth = Fit(truth);
        root = this.truth is { } fit ? Root(fit.Covariance) : null;
    }

    /// <summary>The distance of the made frames from the true ones, at least 0; null with fewer than two frames in a set.</summary>
    /// <exception cref="ArgumentException">Vectors of another length.</exception>
    public double? To(FeatureSet made)
    {
        if (truth is not { } first || Fit(made) is not { } second) return null;
        if (first.Mean.Count != second.Mean.Count) throw new ArgumentException(
            $"Vectors of {first.Mean.Count} values cannot be compared with vectors of {second.Mean.Count}; take both from one layer of "
            + "one network.", nameof(made));
        // Σ₁Σ₂ has the eigenvalues of Σ₁^½ Σ₂ Σ₁^½, which is symmetric.
        var product = root! * second.Covariance * root;
        var shared = Eigen((product + product.Transpose()) / 2).EigenValues.Sum(value => Math.Sqrt(Math.Max(0, value.Real)));
        var offset = first.Mean - second.Mean;
        return Math.Max(0, (offset * offset) + first.Covariance.Trace() + second.Covariance.Trace() - (2 * shared));
    }

    private static (Vector<double> Mean, Matrix<double> Covariance)? Fit(FeatureSet set)
    {
        var rows = set.Vectors.ToArray();
        if (rows.Length < 2) return null;
        var matrix = Matrix<double>.Build.DenseOfRowArrays(rows);
        var mean = matrix.ColumnSums() / rows.Length;
        for (var row = 0; row < rows.Length; row++) matrix.SetRow(row, matrix.Row(row) - mean);
        return (mean, matrix.TransposeThisAndMultiply(matrix) / (rows.Length - 1));
    }

    // Rounding can push an eigenvalue of a covariance a little below 0.
    private static Matrix<double> Root(Matrix<double> covariance)
    {
        var eigen = Eigen(covariance);
        var roots = Matrix<double>.Build.DenseOfDiagonalVector(eigen.EigenValues.Map(value => Math.Sqrt(Math.Max(0, value.Real))));
        return eigen.EigenVectors * roots * eigen.EigenVectors.Transpose();
    }

    private static MathNet.Numerics.LinearAlgebra.Factorization.Evd<double> Eigen(Matrix<double> symmetric) =>
        symmetric.Evd(Symmetricity.Symmetric);
}
