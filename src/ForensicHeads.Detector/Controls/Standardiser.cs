namespace ForensicHeads.Detector.Controls;

/// <summary>Column means and scales of the training rows, applied to any rows; a column that does not vary becomes 0.</summary>
internal sealed class Standardiser
{
    private readonly double[] mean;
    private readonly double[] inverse;

    public Standardiser(IReadOnlyList<float[]> rows)
    {
        var columns = rows[0].Length;
        mean = new double[columns];
        inverse = new double[columns];
        foreach (var row in rows)
            for (var c = 0; c < columns; c++) mean[c] += row[c];
        for (var c = 0; c < columns; c++) mean[c] /= rows.Count;
        foreach (var row in rows)
            for (var c = 0; c < columns; c++) inverse[c] += (row[c] - mean[c]) * (row[c] - mean[c]);
        for (var c = 0; c < columns; c++)
        {
            var deviation = Math.Sqrt(inverse[c] / rows.Count);
            // Below float32's own rounding a spread is noise of the last digit, not information.
            inverse[c] = deviation > 1e-7 * Math.Abs(mean[c]) ? 1 / deviation : 0;
        }
    }

    public float[][] Apply(IReadOnlyList<float[]> rows) =>
        [.. rows.Select(row => row.Select((value, c) => (float)((value - mean[c]) * inverse[c])).ToArray())];
}
