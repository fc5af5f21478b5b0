namespace ForensicHeads.Detector.Controls;

/// <summary>
/// The control that labels carry the signal: within every person the labels of exactly half the driver frames (real frame and the frames
/// made from it) are exchanged, in training and test, and an L2 logistic model is trained and tested on each such exchange.
/// </summary>
/// <remarks>
/// Everything else stays: people, frames, columns, their standardisation, the split. What a model can still find is a leak or chance, so
/// the permutations' AUCs centre on 0.5 and spread as chance does with so few people; the real AUC of the same model is judged against
/// that spread. All generated frames of one driver frame move together, since they share one real frame. A person with an odd number of
/// driver frames gets the half rounded up or down at random.
/// </remarks>
/// <param name="RealAuc">AUC on the test pairs of the model trained on the true labels; ties counted half.</param>
/// <param name="PermutedAucs">AUC of every permutation, in order.</param>
/// <param name="Mean">Mean of the permutations; must be 0.50 ± 0.02.</param>
/// <param name="Low">2.5 % quantile of the permutations.</param>
/// <param name="High">97.5 % quantile of the permutations.</param>
/// <param name="PValue">(1 + number of permutations at least as high as the real AUC) / (1 + permutations).</param>
public sealed record LabelShuffle(double RealAuc, IReadOnlyList<double> PermutedAucs, double Mean, double Low, double High, double PValue)
{
    /// <summary>Smallest number of permutations.</summary>
    public const int MinimumPermutations = 200;

    /// <summary>Runs the control on all cores; the result depends on seed and data only.</summary>
    /// <param name="train">Pairs of the training people.</param>
    /// <param name="test">Pairs of the test people.</param>
    /// <param name="seed">Seed; permutation i has its own stream.</param>
    /// <param name="permutations">200 … 100000.</param>
    /// <param name="progress">Told the number of finished permutations.</param>
    /// <param name="cancellation">Stops between two permutations.</param>
    /// <exception cref="UserErrorException">Too few permutations, an empty side, or a person on both sides.</exception>
    public static LabelShuffle Run(
        IReadOnlyList<PairedFeatures> train,
        IReadOnlyList<PairedFeatures> test,
        long seed,
        int permutations = MinimumPermutations,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        if (permutations is < MinimumPermutations or > 100_000)
            throw new UserErrorException($"{permutations} permutations are outside {MinimumPermutations} … 100000; choose a number inside.",
                exitCode: 2);
        PairChecks.Check(train, test);
        var evaluate = Evaluator(train, test);
        var real = evaluate(new bool[train.Count], new bool[test.Count]);
        var aucs = new double[permutations];
        var done = 0;
        ParallelLoop.Run(
            permutations,
            i =>
            {
                var random = new SeededRandom(seed, FormattableString.Invariant($"label_shuffle/{i}"));
                aucs[i] = evaluate(Swaps(train, random), Swaps(test, random));
                progress?.Report(new StepProgress("label_shuffle", Interlocked.Increment(ref done), permutations, "permutations"));
            },
            cancellation);
        var sorted = aucs.Order().ToArray();
        return new LabelShuffle(
            real, aucs, aucs.Average(), Quantile(sorted, 0.025), Quantile(sorted, 0.975),
                (1.0 + aucs.Count(auc => auc >= real)) / (1 + permutations));
    }

    /// <summary>AUC on the test pairs as a function of which training and which test pairs are exchanged; safe to call from several
    /// threads.</summary>
    internal static Func<bool[], bool[], double> Evaluator(IReadOnlyList<PairedFeatures> train, IReadOnlyList<PairedFeatures> test)
    {
        var trainRows = Rows(train);
        var standardiser = new Standardiser(trainRows);
        var model = new RidgeLogistic(standardiser.Apply(trainRows));
        var testRows = standardiser.Apply(Rows(test));
        return (trainSwaps, testSwaps) => Auc.Of(RidgeLogistic.Score(model.Fit(Labels(trainSwaps)), testRows), Labels(testSwaps));
    }

    /// <summary>Which pairs are exchanged: exactly half of each person's driver frames.</summary>
    internal static bool[] Swaps(IReadOnlyList<PairedFeatures> pairs, SeededRandom random)
    {
        var swaps = new bool[pairs.Count];
        foreach (var person in Enumerable.Range(0, pairs.Count).GroupBy(i => pairs[i].Identity, StringComparer.Ordinal))
        {
            var drivers = person.GroupBy(i => pairs[i].Driver, StringComparer.Ordinal).ToArray();
            var order = random.Permutation(drivers.Length);
            var half = (drivers.Length / 2) + (drivers.Length % 2 == 1 && random.Chance(0.5) ? 1 : 0);
            foreach (var unit in order.Take(half))
                foreach (var i in drivers[unit]) swaps[i] = true;
        }

        return swaps;
    }

    private static float[][] Rows(IReadOnlyList<PairedFeatures> pairs) => [.. pairs.SelectMany(pair => new[] { pair.Real, pair.Made })];

    /// <summary>Labels of the rows real, made, real, made …: false, true, unless exchanged.</summary>
    private static bool[] Labels(bool[] swaps) => [.. swaps.SelectMany(swap => new[] { swap, !swap })];

    /// <summary>Linear interpolation between order statistics.</summary>
    private static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }
}

/// <summary>A real frame and a frame made from it (generated by the driver, or passed through the generator's output path), measured
/// alike.</summary>
public sealed record PairedFeatures
{
    /// <summary>The person.</summary>
    public required string Identity { get; init; }

    /// <summary>The real frame's key: several generated frames of one driver frame share it, and are one unit of shuffling.</summary>
    public required string Driver { get; init; }

    /// <summary>The made frame's key.</summary>
    public required string Key { get; init; }

    /// <summary>The real frame's video.</summary>
    public required string Video { get; init; }

    /// <summary>The made frame's video, another name than the real one's.</summary>
    public required string MadeVideo { get; init; }

    /// <summary>How the made frame came to be.</summary>
    public required FrameOrigin Origin { get; init; }

    /// <summary>float32[columns] of the real frame.</summary>
    public required float[] Real { get; init; }

    /// <summary>float32[columns] of the made frame.</summary>
    public required float[] Made { get; init; }
}
