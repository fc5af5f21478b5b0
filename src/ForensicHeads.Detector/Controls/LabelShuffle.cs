namespace ForensicHeads.Detector.Controls;

/// <summary>
/// The control that labels carry the signal: within every person the labels of exactly half the driver frames (real frame and the frames
/// made from it) are exchanged, in training and test, and an L2 logistic model is trained and tested on each such exchange.
/// </summary>
/// <remarks>
/// Everything else stays: people, frames, columns, their standardisation, the split. All generated frames of one driver frame move
/// together, since they share one real frame. A person with an odd number of driver frames gets the half rounded up or down at random.
/// A tested driver frame that looks like one of training gets that one's label: were it the same picture under another name, a model
/// that learns labels by heart would know it (<see cref="AlikeShuffle"/>). Were labels exchanged independently on both sides, whatever
/// leaks would hit and miss equally often, and the control could not fail.
/// </remarks>
/// <param name="RealAuc">AUC on the test pairs of the model trained on the true labels; ties counted half.</param>
/// <param name="RealScores">Its scores of the test frames, from which people's significance is taken.</param>
/// <param name="PermutedAucs">AUC of every permutation, in order.</param>
/// <param name="Mean">Mean of the permutations.</param>
/// <param name="Low">2.5 % quantile of the permutations.</param>
/// <param name="High">97.5 % quantile of the permutations.</param>
/// <param name="Alike">What learning by heart gives over test frames that look like frames of training; null where there is none.</param>
public sealed record LabelShuffle(double RealAuc, IReadOnlyList<ClusteredScore> RealScores, IReadOnlyList<double> PermutedAucs, double Mean,
    double Low, double High, AlikeShuffle? Alike)
{
    /// <summary>Widest distance of a mean from ½ that counts as chance.</summary>
    public const double Tolerance = 0.02;

    /// <summary>Whether no leak shows: the mean within ½ ± 0.02, and no look-alike known by heart.</summary>
    public bool Holds => Math.Abs(Mean - 0.5) <= Tolerance && Alike is not { Known: > 0 };

    /// <summary>Smallest number of permutations.</summary>
    public const int MinimumPermutations = 200;

    /// <summary>Runs the control on all cores; the result depends on seed and data only.</summary>
    /// <param name="train">Pairs of the training people.</param>
    /// <param name="test">Pairs of the test people.</param>
    /// <param name="seed">Seed; permutation i has its own stream.</param>
    /// <param name="permutations">200 … 100000.</param>
    /// <param name="alike">For drivers of test frames (<see cref="PairedFeatures.Driver"/>) the one of training that they look like; a
    /// driver of both sides counts as its own likeness. Null for none.</param>
    /// <param name="progress">Told the number of finished permutations.</param>
    /// <param name="cancellation">Stops between two permutations.</param>
    /// <exception cref="UserErrorException">Too few permutations, an empty side, or a person on both sides.</exception>
    public static LabelShuffle Run(
        IReadOnlyList<PairedFeatures> train,
        IReadOnlyList<PairedFeatures> test,
        long seed,
        int permutations = MinimumPermutations,
        IReadOnlyDictionary<string, string>? alike = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        if (permutations is < MinimumPermutations or > 100_000)
            throw new UserErrorException($"{permutations} permutations are outside {MinimumPermutations} … 100000; choose a number inside.",
                exitCode: 2);
        PairChecks.Check(train, test);
        var evaluate = Evaluator(train, test);
        var real = evaluate(new bool[train.Count]);
        var labels = Labels(new bool[test.Count]);
        var likeness = Likeness(train, test, alike);
        var memory = new AlikeShuffle.Memory(train, test, likeness);
        // All pairs of a driver are exchanged together, so the first stands for it.
        var first = Enumerable.Range(0, train.Count).DistinctBy(row => train[row].Driver, StringComparer.Ordinal)
            .ToDictionary(row => train[row].Driver, StringComparer.Ordinal);
        var (aucs, told) = (new double[permutations], new double[permutations][]);
        var done = 0;
        ParallelLoop.Run(
            permutations,
            i =>
            {
                var random = new SeededRandom(seed, FormattableString.Invariant($"label_shuffle/{i}"));
                var trained = Swaps(train, random);
                aucs[i] = Auc.Of(evaluate(trained), Labels(Swaps(
                    test, random, driver => likeness.TryGetValue(driver, out var like) ? trained[first[like]] : null)));
                told[i] = memory.Told(Labels(trained), like => trained[first[like]]);
                progress?.Report(new StepProgress("label_shuffle", Interlocked.Increment(ref done), permutations, "permutations"));
            },
            cancellation);
        var sorted = aucs.Order().ToArray();
        return new LabelShuffle(
            Auc.Of(real, labels),
            [.. real.Select((score, row) => new ClusteredScore(test[row / 2].Identity, labels[row], score))],
            aucs, aucs.Average(), SeriesSummary.Quantile(sorted, 0.025), SeriesSummary.Quantile(sorted, 0.975),
            AlikeShuffle.Of(likeness.Count, told));
    }

    // For each driver of the test side the one of training whose label it is given, where there is one.
    private static Dictionary<string, string> Likeness(IReadOnlyList<PairedFeatures> train, IReadOnlyList<PairedFeatures> test,
        IReadOnlyDictionary<string, string>? alike)
    {
        var known = train.Select(pair => pair.Driver).ToHashSet(StringComparer.Ordinal);
        return test.Select(pair => pair.Driver).Distinct(StringComparer.Ordinal)
            .Select(driver => (Driver: driver, Like: known.Contains(driver) ? driver : alike?.GetValueOrDefault(driver)))
            .Where(one => one.Like is not null && known.Contains(one.Like))
            .ToDictionary(one => one.Driver, one => one.Like!, StringComparer.Ordinal);
    }

    /// <summary>Scores of the test rows (real, made, real, made …) as a function of which training pairs are exchanged; safe to call from
    /// several threads.</summary>
    internal static Func<bool[], float[]> Evaluator(IReadOnlyList<PairedFeatures> train, IReadOnlyList<PairedFeatures> test)
    {
        var trainRows = Rows(train);
        var standardiser = new Standardiser(trainRows);
        var model = new RidgeLogistic(standardiser.Apply(trainRows));
        var testRows = standardiser.Apply(Rows(test));
        return swaps => RidgeLogistic.Score(model.Fit(Labels(swaps)), testRows);
    }

    /// <summary>Which pairs are exchanged: exactly half of each person's driver frames, of those that nothing decides.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="random">The draw.</param>
    /// <param name="decided">Of a driver frame, whether it is exchanged where that is settled elsewhere; null for none.</param>
    internal static bool[] Swaps(IReadOnlyList<PairedFeatures> pairs, SeededRandom random, Func<string, bool?>? decided = null)
    {
        var swaps = new bool[pairs.Count];
        foreach (var person in Enumerable.Range(0, pairs.Count).GroupBy(i => pairs[i].Identity, StringComparer.Ordinal))
        {
            var drivers = new List<IGrouping<string, int>>();
            foreach (var driver in person.GroupBy(i => pairs[i].Driver, StringComparer.Ordinal))
            {
                if (decided?.Invoke(driver.Key) is not { } swap) drivers.Add(driver);
                else foreach (var i in driver) swaps[i] = swap;
            }

            var order = random.Permutation(drivers.Count);
            var half = (drivers.Count / 2) + (drivers.Count % 2 == 1 && random.Chance(0.5) ? 1 : 0);
            foreach (var unit in order.Take(half))
                foreach (var i in drivers[unit]) swaps[i] = true;
        }

        return swaps;
    }

    internal static float[][] Rows(IReadOnlyList<PairedFeatures> pairs) => [.. pairs.SelectMany(pair => new[] { pair.Real, pair.Made })];

    /// <summary>Labels of the rows real, made, real, made …: false, true, unless exchanged.</summary>
    internal static bool[] Labels(bool[] swaps) => [.. swaps.SelectMany(swap => new[] { swap, !swap })];
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
