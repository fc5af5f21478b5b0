namespace ForensicHeads.Statistics;

/// <summary>The mean of a complete table whose rows and columns are both samples: generators by real people, say. 95 % interval.</summary>
/// <remarks>
/// Model: <c>x(r, c) = μ + a(r) + b(c) + e(r, c)</c>, all random. The unbiased variance of the mean is
/// <c>V = V_rows + V_columns − V_rest</c> with <c>V_rows = Σ (row mean − mean)² / (R(R − 1))</c>, the same over columns, and
/// <c>V_rest = Σ residual² / ((R − 1)(C − 1) · R·C)</c> (Searle, Casella and McCulloch 1992, balanced two-way table; the rows' and columns'
/// parts are the two delete-one jackknives). It is never taken below the larger of the two. Degrees of freedom: those of the smaller side,
/// min(R, C) − 1; Satterthwaite's are more, and as simulated covered 91 % for 7 generators of mean AUC 0.92 where these cover 94 %, and
/// 96–99 % elsewhere.
/// </remarks>
public static class TwoWayMean
{
    private const double NoSpread = 1e-12;

    /// <summary>Interval of a mean of rates between 0 and 1 (an AUC), on the logit scale; at 0 or 1, or without spread, the exact binomial
    /// over the smaller side.</summary>
    /// <param name="table">double[rows][columns], every row of the same length, values 0 … 1.</param>
    public static Estimate Rate(IReadOnlyList<IReadOnlyList<double>> table)
    {
        if (Undefined(table) is { } undefined) return undefined;
        var (mean, error, half, units) = Measure(table);
        if (half is null) return new Estimate(mean, null, null, units, "an interval needs at least two rows and two columns");
        var open = Quantiles.AllSucceededLowerLimit(units);
        if (mean >= 1 - NoSpread) return new Estimate(1, open, 1, units,
            $"perfect separation: the open limit is the exact binomial one over {units}");
        if (mean <= NoSpread) return new Estimate(0, 0, 1 - open, units,
            $"perfect separation: the open limit is the exact binomial one over {units}");
        if (error < NoSpread) return new Estimate(mean, Math.Max(0, mean - (1 - open)), Math.Min(1, mean + (1 - open)), units,
            $"nothing moves the mean: limits from the exact binomial over {units}");
        var logit = Math.Log(mean / (1 - mean));
        var step = half.Value / (mean * (1 - mean));
        return new Estimate(mean, Expit(logit - step), Expit(logit + step), units);
    }

    /// <summary>Interval of a mean of differences of two rates, on the linear scale.</summary>
    /// <param name="table">double[rows][columns], every row of the same length, values −1 … 1.</param>
    public static Estimate Difference(IReadOnlyList<IReadOnlyList<double>> table)
    {
        if (Undefined(table) is { } undefined) return undefined;
        var (mean, error, half, units) = Measure(table);
        if (half is null) return new Estimate(mean, null, null, units, "an interval needs at least two rows and two columns");
        var still = error < NoSpread;
        var width = still ? 1 - Quantiles.AllSucceededLowerLimit(units) : half.Value;
        return new Estimate(mean, Math.Max(-1, mean - width), Math.Min(1, mean + width), units, still
            ? $"nothing moves the difference: limits from the exact binomial over {units}" : null);
    }

    /// <summary>Standard error of the mean and its degrees of freedom; null below two rows or two columns.</summary>
    public static (double Error, double Degrees)? Spread(IReadOnlyList<IReadOnlyList<double>> table)
    {
        var (rows, columns) = (table.Count, table.Count == 0 ? 0 : table[0].Count);
        if (rows < 2 || columns < 2) return null;
        var mean = table.Average(row => row.Average());
        var rowMeans = table.Select(row => row.Average()).ToArray();
        var columnMeans = Enumerable.Range(0, columns).Select(c => table.Average(row => row[c])).ToArray();
        var byRows = rowMeans.Sum(value => (value - mean) * (value - mean)) / (rows * (rows - 1.0));
        var byColumns = columnMeans.Sum(value => (value - mean) * (value - mean)) / (columns * (columns - 1.0));
        var rest = 0.0;
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var residual = table[r][c] - rowMeans[r] - columnMeans[c] + mean;
                rest += residual * residual;
            }
        }

        rest /= (rows - 1.0) * (columns - 1.0) * rows * columns;
        var variance = Math.Max(byRows + byColumns - rest, Math.Max(byRows, byColumns));
        return (Math.Sqrt(variance), Math.Min(rows, columns) - 1);
    }

    private static (double Mean, double Error, double? Half, int Units) Measure(IReadOnlyList<IReadOnlyList<double>> table)
    {
        var mean = table.Average(row => row.Average());
        var units = Math.Min(table.Count, table[0].Count);
        return Spread(table) is { } spread ? (mean, spread.Error, Quantiles.StudentT(spread.Degrees) * spread.Error, units)
            : (mean, 0, null, units);
    }

    private static Estimate? Undefined(IReadOnlyList<IReadOnlyList<double>> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Count == 0 || table[0].Count == 0) return Estimate.Undefined("the table is empty");
        if (table.Any(row => row.Count != table[0].Count)) throw new ArgumentException("The rows of the table differ in length.",
            nameof(table));
        if (table.Any(row => row.Any(value => !double.IsFinite(value)))) throw new ArgumentException(
            "A value of the table is not a finite number.", nameof(table));
        return null;
    }

    private static double Expit(double x) => 1 / (1 + Math.Exp(-x));
}
