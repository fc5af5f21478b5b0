namespace ForensicHeads.Neural.Training;

/// <summary>How a learning rate runs over a training: factors on its highest value.</summary>
public static class RateSchedule
{
    // Share of the steps in which the rate rises.
    private const double RiseShare = 0.05;

    /// <summary>Constant, then falling linearly to a tenth: meta-learning and fine-tuning.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="steps">Steps in all.</param>
    /// <param name="share">Share of the steps, at the end, over which the rate falls; 0 keeps it.</param>
    public static double FallAtEnd(int step, int steps, double share)
    {
        var start = steps * (1 - share);
        return share <= 0 || step <= start ? 1 : 1 - (0.9 * (step - start) / (steps - start));
    }

    /// <summary>A linear rise, then half a cosine down to nothing (Loshchilov and Hutter 2017): networks that learn one loss.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="steps">Steps in all.</param>
    public static double RiseThenCosine(int step, int steps)
    {
        var done = (step + 0.5) / steps;
        return done < RiseShare ? done / RiseShare : 0.5 * (1 + Math.Cos(Math.PI * (done - RiseShare) / (1 - RiseShare)));
    }
}
