namespace ForensicHeads.Experiments.Protocols;

/// <summary>
/// Protocols that leave out of training, in turn, all generated clips of one kind and a fold of the real people: each real clip is scored
/// once a kind, by a model that saw neither that kind nor the fold nor anybody, any driver, group or generator of the test side.
/// </summary>
/// <param name="Protocol">Its name.</param>
/// <param name="Noun">What is left out, in a word.</param>
/// <param name="Of">The kind of a generated clip.</param>
/// <param name="KeepsCollections">Whether no collection stands on both sides, so that the folds are of the collections of real
/// clips.</param>
public sealed record LeaveOneOut(string Protocol, string Noun, Func<Clip, string> Of, bool KeepsCollections)
{
    /// <summary>Leave-one-generator-out.</summary>
    public static LeaveOneOut Generator { get; } = new("leave-one-generator-out", "generator", clip => clip.Generator!, false);

    /// <summary>Leave-one-collection-out: harder, since what a repository does to all of its clips teaches nothing.</summary>
    public static LeaveOneOut Collection { get; } = new("leave-one-collection-out", "collection", clip => clip.Collection, true);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LeaveOneOut> All { get; } = [Generator, Collection];

    /// <summary>The one of a name; null for none.</summary>
    public static LeaveOneOut? Find(string? protocol) => All.FirstOrDefault(rule => rule.Protocol == protocol);

    /// <summary>The rounds, what is left out in ordinal order, then folds. Copies teach where their clips do.</summary>
    /// <exception cref="UserErrorException">Fewer than two kinds, too few people, or a round without training clips of a
    /// class.</exception>
    public IReadOnlyList<Round> Plan(IReadOnlyList<Clip> clips, int folds, long seed)
    {
        ArgumentNullException.ThrowIfNull(clips);
        var copies = clips.Where(clip => clip.CopyOf is not null).ToLookup(clip => clip.CopyOf!, StringComparer.Ordinal);
        clips = [.. clips.Where(clip => clip.CopyOf is null)];
        var kinds = clips.Where(clip => clip.Generated).Select(Of).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (kinds.Length < 2) throw new UserErrorException(
            $"Leaving one {Noun} out needs at least two; there is {(kinds.Length == 0 ? "none" : $"only '{kinds[0]}'")}. "
            + (KeepsCollections ? "Say in the manifest's column 'collection' where each file came from, and ingest again."
                : "Add stores with --generated."));
        var fold = RealFolds.Of(clips, folds, seed, KeepsCollections);
        var rounds = new List<Round>();
        foreach (var kind in kinds)
        {
            for (var k = 0; k < folds; k++)
            {
                var test = clips.Where(clip => clip.Generated ? Of(clip) == kind : fold[clip.Identity] == k).ToArray();
                var known = test.SelectMany(Ties).ToHashSet(StringComparer.Ordinal);
                var train = clips.Where(clip => (clip.Generated ? Of(clip) != kind : fold[clip.Identity] != k)
                    && !known.Overlaps(Ties(clip))).ToArray();
                if (train.All(clip => clip.Generated) || !train.Any(clip => clip.Generated))
                    throw new UserErrorException(
                        $"Without '{kind}', the people of fold {k + 1} and everything that shares a person, driver or group with "
                        + $"them, {train.Count(clip => !clip.Generated)} real and {train.Count(clip => clip.Generated)} generated clips "
                        + "are left to train on; both must be above 0. Add other people and generators.");
                TrainTestGuard.Check(train, test);
                rounds.Add(new Round(kind, k, [.. train, .. train.SelectMany(clip => copies[clip.Id])], test));
            }
        }

        return rounds;
    }

    /// <summary>The same rounds for a detector that is calibrated on what they leave out.</summary>
    /// <param name="real">Stores whose real clips take part.</param>
    /// <param name="generated">Stores whose generated clips take part.</param>
    /// <param name="options">Folds, seed, and how long a clip must be.</param>
    /// <param name="teaching">Beginnings of the licences whose clips may teach, the others being scored alone; empty for all.</param>
    /// <param name="progress">Frames compared.</param>
    /// <param name="cancellation">Stops between two frames.</param>
    /// <exception cref="UserErrorException">As <see cref="Plan"/>.</exception>
    public IReadOnlyList<TrainingRound> Rounds(IReadOnlyList<FrameStore> real, IReadOnlyList<FrameStore> generated,
        ProtocolOptions options, IReadOnlyList<string> teaching, IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(teaching);
        var set = NearDuplicateClips.Link(ClipSet.Load(real, generated, options, kinds: true), progress, cancellation);
        return [.. Plan(set.Clips, options.Folds, options.Seed).Select(round =>
        {
            Clip[] train = [.. round.Train.Where(clip =>
                teaching.Count == 0 || teaching.Any(text => clip.Licence.StartsWith(text, StringComparison.OrdinalIgnoreCase)))];
            if (train.All(clip => clip.Generated) || !train.Any(clip => clip.Generated)) throw new UserErrorException(
                $"Without '{round.LeftOut}' and what shares anything with it, {train.Count(clip => !clip.Generated)} real and "
                + $"{train.Count(clip => clip.Generated)} generated clips of the licences {string.Join(", ", teaching)} are left to teach; "
                + "both must be above 0. Name more licences with --teach.");
            return new TrainingRound(round.LeftOut, round.Fold, Names(train), Names(round.Test));
        })];

        static HashSet<string> Names(IReadOnlyList<Clip> clips) => clips.Select(clip => clip.Id).ToHashSet(StringComparer.Ordinal);
    }

    // What must not stand on both sides.
    private IEnumerable<string> Ties(Clip clip)
    {
        IEnumerable<string> ties = clip.Links;
        if (clip.Generated) ties = ties.Append("generator " + clip.Generator);
        return KeepsCollections ? ties.Append("collection " + clip.Collection) : ties;
    }

    /// <summary>Runs one scorer through all rounds, on all cores; the result does not depend on their number.</summary>
    /// <returns>The scores in the order of the rounds, and what was chosen in each.</returns>
    public static (IReadOnlyList<RoundScore> Scores, IReadOnlyList<RoundChoice> Choices) Run(
        IReadOnlyList<Round> rounds, IClipScorer scorer, long seed, IProgress<StepProgress>? progress = null,
            CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        ArgumentNullException.ThrowIfNull(scorer);
        var results = new ClipScores[rounds.Count];
        var trainings = Trainings(rounds, scorer.LeftOutTogether);
        long done = 0;
        ParallelLoop.Run(
            trainings.Length,
            t =>
            {
                Round[] ofOne = [.. trainings[t].Select(i => rounds[i])];
                Clip[] test = [.. ofOne.SelectMany(round => round.Test).DistinctBy(clip => clip.Id)];
                var scored = scorer.Score([.. Common(ofOne).Where(clip => scorer.LearnsFromCopies || clip.CopyOf is null)], test, seed,
                    cancellation);
                var values = test.Zip(scored.Values).ToDictionary(pair => pair.First.Id, pair => pair.Second, StringComparer.Ordinal);
                foreach (var i in trainings[t]) results[i] = scored with { Values = [.. rounds[i].Test.Select(clip => values[clip.Id])] };
                progress?.Report(new StepProgress(scorer.Name, Interlocked.Add(ref done, ofOne.Length), rounds.Count, "rounds"));
            },
            cancellation);

        var scores = rounds.SelectMany((round, i) =>
            round.Test
            .Select((clip, j) => round.Score(clip, results[i].Values[j])))
            .ToArray();
        var choices = rounds.Zip(results).Where(entry => entry.Second.Choice is not null)
            .Select(entry => new RoundChoice(entry.First.LeftOut, entry.First.Fold, entry.Second.Choice!)).ToArray();
        return (scores, choices);
    }

    // Rounds that share a training, by index; a fold's stay together where what they have in common still has both classes.
    private static int[][] Trainings(IReadOnlyList<Round> rounds, int together) =>
        [.. Enumerable.Range(0, rounds.Count).GroupBy(i => rounds[i].Fold).SelectMany(fold => fold.Chunk(together)).SelectMany(chunk =>
        {
            var labels = Common([.. chunk.Select(i => rounds[i])]).Select(clip => clip.Generated).Distinct().Count();
            return labels == 2 ? [chunk] : chunk.Select(i => new[] { i });
        })];

    private static IEnumerable<Clip> Common(Round[] rounds)
    {
        var others = rounds.Skip(1).Select(round => round.Train.Select(clip => clip.Id).ToHashSet(StringComparer.Ordinal)).ToArray();
        return rounds[0].Train.Where(clip => others.All(other => other.Contains(clip.Id)));
    }
}

/// <summary>One round: who trains and who is tested.</summary>
/// <param name="LeftOut">The generator or collection left out.</param>
/// <param name="Fold">The fold of real people left out, from 0.</param>
/// <param name="Train">Clips that share nothing with the test side.</param>
/// <param name="Test">The generated clips left out and the fold's real clips.</param>
public sealed record Round(string LeftOut, int Fold, IReadOnlyList<Clip> Train, IReadOnlyList<Clip> Test)
{
    /// <summary>What a scorer said of a tested clip.</summary>
    public RoundScore Score(Clip clip, double value)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return new RoundScore(LeftOut, Fold, clip.Id, clip.Identity, clip.Generated, value) { Generator = clip.Generator ?? LeftOut };
    }
}

/// <summary>Real people in folds of about equal size; people who share a group, source or driver stay together, and
/// where it is asked for those of one collection.</summary>
internal static class RealFolds
{
    /// <summary>Each real person's fold, 0 … <paramref name="folds"/> − 1.</summary>
    /// <exception cref="UserErrorException">Fewer sets of unconnected people than folds.</exception>
    public static IReadOnlyDictionary<string, int> Of(IReadOnlyList<Clip> clips, int folds, long seed, bool byCollection = false)
    {
        var clusters = LinkedGroups
            .Of(clips.Where(clip => !clip.Generated)
            .SelectMany(clip => clip.Links.Concat(byCollection ? ["person/" + clip.Identity, "collection/" + clip.Collection]
                : ["person/" + clip.Identity]).Select(link => (clip.Identity, link))));
        if (clusters.Count < folds)
            throw new UserErrorException(
                $"The real clips show {clusters.Count} sets of people that share no "
                + $"{(byCollection ? "footage or collection" : "footage")}; "
                + $"{folds} folds need at least {folds}. Add "
                + "people or lower --folds.");
        var order = new SeededRandom(seed, "protocol/folds").Permutation(clusters.Count).Select(i => clusters[i])
            .OrderByDescending(cluster => cluster.Count);
        var parts = Enumerable.Range(0, folds).Select(_ => new List<string>()).ToArray();
        foreach (var cluster in order) parts.MinBy(part => part.Count)!.AddRange(cluster);
        return parts.SelectMany((part, fold) => part.Select(person => (person, fold)))
            .ToDictionary(entry => entry.person, entry => entry.fold, StringComparer.Ordinal);
    }
}
