namespace ForensicHeads.Statistics;

/// <summary>The cost of log-likelihood ratios (Brümmer and du Preez 2006), in bits. LLRs are log10, positive for generated.</summary>
public static class Cllr
{
    private static readonly double Log10Of2 = Math.Log10(2);

    /// <summary>½ [mean log2(1 + 1/LR) over generated + mean log2(1 + LR) over real]; null where a class is empty.</summary>
    /// <param name="real">log10 LR of real items; infinities allowed.</param>
    /// <param name="generated">log10 LR of generated items; infinities allowed.</param>
    public static double? Compute(IReadOnlyCollection<double> real, IReadOnlyCollection<double> generated) =>
        EmpiricalCrossEntropy(real, generated, 0.5);

    /// <summary>The empirical cross-entropy in bits at a prior for generated of 0 … 1 (Ramos and Gonzalez-Rodriguez 2013); at 0.5 it equals
    /// Cllr.</summary>
    public static double? EmpiricalCrossEntropy(IReadOnlyCollection<double> real, IReadOnlyCollection<double> generated, double prior)
    {
        if (real.Count == 0 || generated.Count == 0) return null;
        var shift = Math.Log10(prior / (1 - prior));
        return (prior * generated.Average(llr => Log2OnePlus10To(-(llr + shift))))
            + ((1 - prior) * real.Average(llr => Log2OnePlus10To(llr + shift)));
    }

    /// <summary>Cllr after the best monotone recalibration (pool adjacent violators); null where a class is empty. Takes scores of any
    /// scale.</summary>
    public static double? Minimum(IReadOnlyCollection<double> real, IReadOnlyCollection<double> generated) =>
        MinimumCrossEntropy(real, generated, 0.5);

    /// <summary>The empirical cross-entropy after the best monotone recalibration; at a prior of 0.5 it equals Cllr_min. Takes scores of
    /// any scale.</summary>
    /// <param name="real">Scores of real items.</param>
    /// <param name="generated">Scores of generated items.</param>
    /// <param name="prior">Prior for generated, 0 … 1.</param>
    public static double? MinimumCrossEntropy(IReadOnlyCollection<double> real, IReadOnlyCollection<double> generated, double prior)
    {
        if (real.Count == 0 || generated.Count == 0) return null;
        var shift = Math.Log10(prior / (1 - prior));
        double realSum = 0, generatedSum = 0;
        foreach (var block in Isotonic.Fit(real, generated))
        {
            // The block's posterior odds over the prior odds of the sample.
            var llr = Math.Log10((double)block.Generated / generated.Count) - Math.Log10((double)block.Real / real.Count);
            if (block.Real > 0) realSum += block.Real * Log2OnePlus10To(llr + shift);
            if (block.Generated > 0) generatedSum += block.Generated * Log2OnePlus10To(-(llr + shift));
        }

        return (prior * generatedSum / generated.Count) + ((1 - prior) * realSum / real.Count);
    }

    /// <summary>What miscalibration costs: Cllr − Cllr_min.</summary>
    public static double? Calibration(IReadOnlyCollection<double> real, IReadOnlyCollection<double> generated) =>
        Compute(real, generated) - Minimum(real, generated);

    private static double Log2OnePlus10To(double exponent)
    {
        if (double.IsPositiveInfinity(exponent)) return double.PositiveInfinity;
        // Large exponents would overflow 10^x; there log2(1 + 10^x) is x log2(10).
        return exponent > 300 ? exponent / Log10Of2 : double.LogP1(Math.Pow(10, exponent)) / Math.Log(2);
    }
}

/// <summary>Pool adjacent violators: the monotone step function of score to share of generated that fits best.</summary>
internal static class Isotonic
{
    /// <summary>One step: how many real and generated items lie on it.</summary>
    internal readonly record struct Block(double LowestScore, int Real, int Generated)
    {
        internal double Share => (double)Generated / (Real + Generated);
    }

    /// <summary>The steps in ascending order of score; equal scores always share a step.</summary>
    internal static IReadOnlyList<Block> Fit(IEnumerable<double> real, IEnumerable<double> generated)
    {
        var stack = new List<Block>();
        var groups = real.Select(score => (score, generated: 0)).Concat(generated.Select(score => (score, generated: 1)))
            .GroupBy(item => item.score).OrderBy(group => group.Key);
        foreach (var group in groups)
        {
            var block = new Block(group.Key, group.Count(item => item.generated == 0), group.Count(item => item.generated == 1));
            while (stack.Count > 0 && stack[^1].Share >= block.Share)
            {
                block = new Block(stack[^1].LowestScore, stack[^1].Real + block.Real, stack[^1].Generated + block.Generated);
                stack.RemoveAt(stack.Count - 1);
            }

            stack.Add(block);
        }

        return stack;
    }
}
