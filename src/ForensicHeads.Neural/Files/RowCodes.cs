namespace ForensicHeads.Neural.Files;

/// <summary>Rows of floats as 8-bit whole numbers times a step of the row's own.</summary>
/// <param name="Codes">sbyte[rows · columns], −127 … 127.</param>
/// <param name="Steps">float32[rows], 0 for rows of zeros.</param>
internal sealed record RowCodes(sbyte[] Codes, float[] Steps)
{
    private const float Most = 127;

    /// <summary>What follows a tensor's name in that of its steps.</summary>
    public const string StepName = ".row_scale";

    /// <summary>Rounds each value to the nearest step; the largest of a row keeps its value.</summary>
    public static RowCodes Of(float[] values, int rows)
    {
        var columns = rows == 0 ? 0 : values.Length / rows;
        var (codes, steps) = (new sbyte[values.Length], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            var own = values.AsSpan(row * columns, columns);
            var largest = 0f;
            foreach (var value in own) largest = Math.Max(largest, Math.Abs(value));
            if (largest == 0) continue;
            steps[row] = largest / Most;
            for (var i = 0; i < columns; i++) codes[(row * columns) + i] = (sbyte)Math.Clamp(MathF.Round(own[i] / steps[row]), -Most, Most);
        }

        return new RowCodes(codes, steps);
    }
}
