namespace ForensicHeads.Generator.Training;

/// <summary>The learning-rate schedule of meta-learning and fine-tuning: constant, then falling linearly to a tenth.</summary>
internal static class LinearDecay
{
    /// <summary>Factor on a rate at a step (from 0) of so many.</summary>
    /// <param name="step">The step.</param>
    /// <param name="steps">Steps in all.</param>
    /// <param name="share">Share of the steps, at the end, over which the rate falls; 0 keeps it.</param>
    public static double Factor(int step, int steps, double share)
    {
        var start = steps * (1 - share);
        return share <= 0 || step <= start ? 1 : 1 - (0.9 * (step - start) / (steps - start));
    }
}
