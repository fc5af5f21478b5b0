namespace ForensicHeads.Experiments.Protocols;

/// <summary>
/// Leave-one-generator-out: real people in folds, each real clip scored once a generator by a model that saw neither the generator nor
/// the fold nor anybody, any driver or any group of the test side.
/// </summary>
public static class LeaveOneGeneratorOut
{
    /// <summary>The rounds, generators in ordinal order, then folds.</summary>
    /// <exception cref="UserErrorException">Fewer than two generators, too few people, or a round without training clips of a
    /// class.</exception>
    public static IReadOnlyList<Round> Plan(IReadOnlyList<Clip> clips, int folds, long seed)
    {
        ArgumentNullException.ThrowIfNull(clips);
        var generators = clips.Select(clip => clip.Generator).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToArray();
        if (generators.Length < 2) throw new UserErrorException(
            $"Leaving one generator out needs at least two; there is {(generators.Length == 0 ? "none" : $"only '{generators[0]}'")}. "
            + "Add stores with --generated.");
        var fold = RealFolds.Of(clips, folds, seed);
        var rounds = new List<Round>();
        foreach (var generator in generators)
        {
            for (var k = 0; k < folds; k++)
            {
                var test = clips.Where(clip => clip.Generated ? clip.Generator == generator : fold[clip.Identity] == k).ToArray();
                var known = test.SelectMany(clip => clip.Links).ToHashSet(StringComparer.Ordinal);
                var train = clips.Where(clip => clip.Generator != generator && (clip.Generated || fold[clip.Identity] != k)
                    && !known.Overlaps(clip.Links)).ToArray();
                if (train.All(clip => clip.Generated) || !train.Any(clip => clip.Generated))
                    throw new UserErrorException(
                        $"Without '{generator}', the people of fold {k + 1} and everything that shares a person, driver or group with "
                        + $"them, {train.Count(clip => !clip.Generated)} real and {train.Count(clip => clip.Generated)} generated clips "
                        + "are left to train on; both must be above 0. Add other people and generators.");
                TrainTestGuard.Check(train, test);
                rounds.Add(new Round(generator, k, train, test));
            }
        }

        return rounds;
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
        long done = 0;
        ParallelLoop.Run(
            rounds.Count,
            i =>
            {
                results[i] = scorer.Score(rounds[i].Train, rounds[i].Test, seed, cancellation);
                progress?.Report(new StepProgress(scorer.Name, Interlocked.Increment(ref done), rounds.Count, "rounds"));
            },
            cancellation);

        var scores = rounds.SelectMany((round, i) =>
            round.Test
            .Select((clip, j) => new RoundScore(round.Generator, round.Fold, clip.Id, clip.Identity, clip.Generated, results[i].Values[j])))
            .ToArray();
        var choices = rounds.Zip(results).Where(entry => entry.Second.Choice is not null)
            .Select(entry => new RoundChoice(entry.First.Generator, entry.First.Fold, entry.Second.Choice!)).ToArray();
        return (scores, choices);
    }
}

/// <summary>One round of leave-one-generator-out: who trains and who is tested.</summary>
/// <param name="Generator">The generator left out.</param>
/// <param name="Fold">The fold of real people left out, from 0.</param>
/// <param name="Train">Clips of other generators and other people that share nothing with the test side.</param>
/// <param name="Test">The generator's clips and the fold's real clips.</param>
public sealed record Round(string Generator, int Fold, IReadOnlyList<Clip> Train, IReadOnlyList<Clip> Test);

/// <summary>Real people in folds of about equal size; people who share a group, source or driver stay together.</summary>
internal static class RealFolds
{
    /// <summary>Each real person's fold, 0 … <paramref name="folds"/> − 1.</summary>
    /// <exception cref="UserErrorException">Fewer sets of unconnected people than folds.</exception>
    public static IReadOnlyDictionary<string, int> Of(IReadOnlyList<Clip> clips, int folds, long seed)
    {
        var clusters = LinkedGroups
            .Of(clips.Where(clip => !clip.Generated)
            .SelectMany(clip => clip.Links.Prepend("person/" + clip.Identity).Select(link => (clip.Identity, link))));
        if (clusters.Count < folds)
            throw new UserErrorException(
                $"The real clips show {clusters.Count} sets of people that share no footage; {folds} folds need at least {folds}. Add "
                + "people or lower --folds.");
        var order = new SeededRandom(seed, "protocol/folds").Permutation(clusters.Count).Select(i => clusters[i])
            .OrderByDescending(cluster => cluster.Count);
        var parts = Enumerable.Range(0, folds).Select(_ => new List<string>()).ToArray();
        foreach (var cluster in order) parts.MinBy(part => part.Count)!.AddRange(cluster);
        return parts.SelectMany((part, fold) => part.Select(person => (person, fold)))
            .ToDictionary(entry => entry.person, entry => entry.fold, StringComparer.Ordinal);
    }
}
