namespace ForensicHeads.Detector.Training;

/// <summary>Features of the <c>cnn</c> family to train a frame detector with.</summary>
public static class CnnFeatures
{
    /// <summary>
    /// Deals the training people into folds, trains a network without each fold and measures the fold's frames with it, and trains the
    /// network that measures everybody else. So a row of training was never seen by the network that made it, as no test row ever is.
    /// </summary>
    /// <remarks>
    /// Networks of different folds name the directions of their penultimate vectors differently. Each fold's vectors are therefore brought
    /// to those of the network of all by <see cref="VectorAlignment"/>, fitted on the frames that the fold's network learnt from: of the
    /// fold itself the map knows nothing but what the last network makes of other people. The validation people choose the step of every
    /// network, so that features of theirs are slightly too good; test and calibration people stay out.
    /// </remarks>
    /// <param name="train">Frames of training people, both classes, one size.</param>
    /// <param name="validation">Frames of other people, both classes, which choose the step of each network; none keeps the last.</param>
    /// <param name="options">Steps, seed, augmentation.</param>
    /// <param name="folds">Number of folds, 2 … 20.</param>
    /// <param name="progress">Told every step of every network.</param>
    /// <param name="compute">Where, and in which numbers, the networks learn; null for the CPU in float32.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="UserErrorException">Fewer people than folds, or a training without a fold lacks a class.</exception>
    public static OutOfFoldFeatures OutOfFold(
        IReadOnlyList<TrainingFrame> train,
        IReadOnlyList<TrainingFrame> validation,
        NetworkTrainingOptions options,
        int folds = 3,
        IProgress<StepProgress>? progress = null,
        Compute? compute = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        var foldOf = Deal(train, folds, options.Seed);
        var network = CnnTraining.Learn(train, validation, options, progress, compute, cancellation);
        var family = new CnnEntry();
        var reference = family.Measure(network, train, cancellation);
        var rows = new float[train.Count][];
        var networks = new TrainedNetwork[folds];
        var aucs = new double?[folds];
        for (var fold = 0; fold < folds; fold++)
        {
            var (inside, outside) = (Places(foldOf, i => i == fold), Places(foldOf, i => i != fold));
            networks[fold] = CnnTraining.Learn(
                [.. outside.Select(i => train[i])], validation, options, progress, compute, cancellation);
            var features = family.Measure(networks[fold], train, cancellation);
            var alignment = new VectorAlignment([.. outside.Select(i => features[i])], [.. outside.Select(i => reference[i])]);
            foreach (var i in inside) rows[i] = alignment.Apply(features[i]);
            var auc = Auc.Of(Array.ConvertAll(inside, i => rows[i][0]), Array.ConvertAll(inside, i => train[i].Generated));
            aucs[fold] = double.IsNaN(auc) ? null : auc;
        }

        return new OutOfFoldFeatures { Rows = rows, Network = network, Folds = networks, FoldOf = foldOf, FoldAucs = aucs };
    }

    /// <summary>The fold of every frame: whole people, dealt in a seeded order, those with frames of both classes first.</summary>
    internal static int[] Deal(IReadOnlyList<TrainingFrame> frames, int folds, long seed)
    {
        if (folds is < 2 or > 20) throw new UserErrorException($"{folds} folds are outside 2 … 20; choose a number inside.", exitCode: 2);
        var people = frames.GroupBy(frame => frame.Identity, StringComparer.Ordinal).OrderBy(person => person.Key, StringComparer.Ordinal)
            .ToArray();
        if (people.Length < folds) throw new UserErrorException(
            $"{people.Length} training people cannot be dealt into {folds} folds; use fewer folds or more people.");
        var order = new SeededRandom(seed, "cnn/folds").Permutation(people.Length)
            .OrderBy(i => people[i].Select(frame => frame.Generated).Distinct().Count() == 2 ? 0 : people[i].First().Generated ? 1 : 2)
            .ToArray();
        var foldOfPerson = order.Select((person, place) => (people[person].Key, Fold: place % folds))
            .ToDictionary(pair => pair.Key, pair => pair.Fold, StringComparer.Ordinal);
        return [.. frames.Select(frame => foldOfPerson[frame.Identity])];
    }

    private static int[] Places(int[] foldOf, Func<int, bool> isWanted) =>
        [.. Enumerable.Range(0, foldOf.Length).Where(i => isWanted(foldOf[i]))];
}

/// <summary>Features of training frames by networks that never saw their people, and the network for everybody else.</summary>
public sealed record OutOfFoldFeatures
{
    /// <summary>float32[frames][65], in the order of the frames: logit and aligned penultimate vector.</summary>
    public required IReadOnlyList<float[]> Rows { get; init; }

    /// <summary>The network of all training people; its features go to people outside the training alone.</summary>
    public required TrainedNetwork Network { get; init; }

    /// <summary>The networks of the folds.</summary>
    public required IReadOnlyList<TrainedNetwork> Folds { get; init; }

    /// <summary>Fold of each frame.</summary>
    public required IReadOnlyList<int> FoldOf { get; init; }

    /// <summary>AUC of the out-of-fold logits of each fold, what a new person may expect; null where a fold lacks a class.</summary>
    public required IReadOnlyList<double?> FoldAucs { get; init; }
}
