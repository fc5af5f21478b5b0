using MathNet.Numerics.LinearAlgebra;

namespace ForensicHeads.Statistics;

/// <summary>
/// The Fréchet distance of Heusel et al. (2017) between Gaussians fitted to two sets of features:
/// <c>|μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½)</c>, covariances with n − 1. It is biased upwards, the more the fewer frames there are for the
/// length of a vector: compare only values at equal n, and prefer <see cref="KernelDistance"/>.
/// </summary>
public sealed class FrechetDistance
{
    private readonly FeatureSet truth;
    private readonly Gaussian?[] fits;
    private readonly Matrix<double>?[] roots;

    /// <summary>Fits the true frames: of everybody, and without each person.</summary>
    public FrechetDistance(FeatureSet truth)
    {
        this.truth = truth;
        fits = Fits(truth);
        roots = new Matrix<double>?[fits.Length];
        Parallel.For(0, fits.Length, i => roots[i] = fits[i] is { } fit ? Root(fit.Covariance) : null);
    }

    /// <summary>The distance of the made frames from the true ones, at least 0, and that without each person; null with fewer than two
    /// frames in a set.</summary>
    /// <param name="made">Made frames of the same people in the same order.</param>
    /// <exception cref="ArgumentException">Other people, or vectors of another length.</exception>
    public PersonJackknife To(FeatureSet made)
    {
        FeatureSet.RequireAlike(truth, made);
        var others = Fits(made);
        var distances = new double?[fits.Length];
        Parallel.For(0, fits.Length, i =>
            distances[i] = fits[i] is { } first && others[i] is { } second ? Between(first, roots[i]!, second) : null);
        return new PersonJackknife(distances[0], distances[1..]);
    }

    private static double Between(Gaussian first, Matrix<double> root, Gaussian second)
    {
        // Σ₁Σ₂ has the eigenvalues of Σ₁^½ Σ₂ Σ₁^½, which is symmetric.
        var product = root * second.Covariance * root;
        var shared = Eigen((product + product.Transpose()) / 2).EigenValues.Sum(value => Math.Sqrt(Math.Max(0, value.Real)));
        var offset = first.Mean - second.Mean;
        return Math.Max(0, (offset * offset) + first.Covariance.Trace() + second.Covariance.Trace() - (2 * shared));
    }

    // The first of everybody, then one without each person. Sums and products are taken about the mean of all, so that little is lost when
    // a person's are taken off.
    private static Gaussian?[] Fits(FeatureSet set)
    {
        var count = set.Frames(null);
        if (count < 2) return new Gaussian?[set.Counts.Count + 1];
        var people = set.People.Where(person => person.Count > 0).Select(person => Matrix<double>.Build.DenseOfRowArrays(person)).ToArray();
        var centre = people.Select(person => person.ColumnSums()).Aggregate((a, b) => a + b) / count;
        var parts = set.People.Select(person =>
        {
            if (person.Count == 0) return (Sum: centre * 0, Products: Matrix<double>.Build.Dense(set.Dimension, set.Dimension));
            var rows = Matrix<double>.Build.DenseOfRowVectors(person.Select(vector => Vector<double>.Build.Dense(vector) - centre));
            return (Sum: rows.ColumnSums(), Products: rows.TransposeThisAndMultiply(rows));
        }).ToArray();
        var all = parts.Aggregate((a, b) => (a.Sum + b.Sum, a.Products + b.Products));
        Gaussian? Without(int? person)
        {
            var left = set.Frames(person);
            if (left < 2) return null;
            var (sum, products) = person is { } p ? (all.Sum - parts[p].Sum, all.Products - parts[p].Products) : all;
            var offset = sum / left;
            return new Gaussian(centre + offset, (products - (left * offset.OuterProduct(offset))) / (left - 1));
        }

        return [Without(null), .. Enumerable.Range(0, parts.Length).Select(person => Without(person))];
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

    private sealed record Gaussian(Vector<double> Mean, Matrix<double> Covariance);
}
