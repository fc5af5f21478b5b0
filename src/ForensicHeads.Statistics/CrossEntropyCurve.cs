namespace ForensicHeads.Statistics;

/// <summary>The empirical cross-entropy plot (Ramos and Gonzalez-Rodriguez 2013): what stated likelihood ratios are worth whatever the
/// prior.</summary>
public static class CrossEntropyCurve
{
    /// <summary>log10 of the largest prior odds drawn.</summary>
    public const int Reach = 3;

    private const int StepsPerDecade = 10;

    /// <summary>Points at prior log10 odds −3 … 3 in steps of 0.1; empty where a class is empty.</summary>
    /// <param name="real">log10 likelihood ratios of real items, finite.</param>
    /// <param name="generated">log10 likelihood ratios of generated items, finite.</param>
    public static IReadOnlyList<CrossEntropyPoint> Build(IReadOnlyCollection<double> real, IReadOnlyCollection<double> generated)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(generated);
        if (real.Count == 0 || generated.Count == 0) return [];
        return [.. Enumerable.Range(-Reach * StepsPerDecade, (2 * Reach * StepsPerDecade) + 1).Select(step =>
        {
            var odds = (double)step / StepsPerDecade;
            var prior = 1 / (1 + Math.Pow(10, -odds));
            return new CrossEntropyPoint(odds, Cllr.EmpiricalCrossEntropy(real, generated, prior)!.Value,
                Cllr.MinimumCrossEntropy(real, generated, prior)!.Value, Cllr.EmpiricalCrossEntropy([0], [0], prior)!.Value);
        })];
    }
}

/// <summary>One point of the empirical cross-entropy plot, in bits.</summary>
/// <param name="PriorLogOdds">log10 of the prior odds of generated against real.</param>
/// <param name="Stated">Of the likelihood ratios as stated.</param>
/// <param name="Recalibrated">Of the same after the best monotone recalibration: what no calibrator could go under.</param>
/// <param name="Uninformed">Of ratios that are all 1: the entropy of the prior.</param>
public readonly record struct CrossEntropyPoint(double PriorLogOdds, double Stated, double Recalibrated, double Uninformed);
