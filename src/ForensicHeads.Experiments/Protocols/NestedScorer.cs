namespace ForensicHeads.Experiments.Protocols;

/// <summary>Chooses among candidates by leaving out one more generator (or collection) inside the training side, then trains the winner on
/// all of it.</summary>
/// <remarks>
/// The inner macro AUC counts every generator (or collection) of the training side, also those with one clip, over inner folds of its
/// people; ties go to
/// the candidate named first. The test side plays no part. Where the training side is too small for inner rounds the first candidate is
/// taken.
/// </remarks>
internal sealed class NestedScorer(string name, string description, IReadOnlyList<ClipCandidate> candidates,
    LeaveOneOut? rule = null, int innerFolds = 2)
    : IClipScorer
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public string Description { get; } = description;

    /// <inheritdoc/>
    public bool LearnsFromCopies { get; init; }

    /// <inheritdoc/>
    public bool IsRival { get; init; } = true;

    /// <inheritdoc/>
    public ClipScores Score(IReadOnlyList<Clip> train, IReadOnlyList<Clip> test, long seed, CancellationToken cancellation)
    {
        if (candidates.Count == 1) return new ClipScores(candidates[0].Score(train, test, seed));
        var rounds = Inner(train, seed);
        if (rounds.Count == 0) return new ClipScores(candidates[0].Score(train, test, seed),
            $"{candidates[0].Name} (too few clips to choose)");
        var best = candidates.Zip(InnerAucs(rounds, seed, cancellation), (candidate, auc) => (Candidate: candidate, Auc: auc))
            .MaxBy(entry => entry.Auc);
        return new ClipScores(best.Candidate.Score(train, test, seed),
            FormattableString.Invariant($"{best.Candidate.Name} ({best.Auc:0.000})"));
    }

    private IReadOnlyList<Round> Inner(IReadOnlyList<Clip> train, long seed)
    {
        try
        {
            return (rule ?? LeaveOneOut.Generator).Plan(train, innerFolds, seed);
        }
        catch (UserErrorException)
        {
            return [];
        }
    }

    private IEnumerable<double> InnerAucs(IReadOnlyList<Round> rounds, long seed, CancellationToken cancellation)
    {
        var scores = candidates.Select(_ => new List<RoundScore>()).ToArray();
        foreach (var round in rounds)
        {
            cancellation.ThrowIfCancellationRequested();
            var kept = new Dictionary<TableModel, double[]>();
            for (var c = 0; c < scores.Length; c++)
            {
                var values = candidates[c].Score(round.Train, round.Test, seed, kept: kept);
                scores[c].AddRange(round.Test.Select((clip, i) => round.Score(clip, values[i])));
            }
        }

        return scores.Select(ofOne => GeneratorTable.Of(ofOne, leastClips: 1).Values.Average(row => row.Average()));
    }
}

/// <summary>What a scorer said of some clips.</summary>
/// <param name="Values">double[clips], finite; higher = more likely generated.</param>
/// <param name="Choice">What the scorer chose inside the training side, such as the winning candidate; null when there was no
/// choice.</param>
public sealed record ClipScores(IReadOnlyList<double> Values, string? Choice = null);
