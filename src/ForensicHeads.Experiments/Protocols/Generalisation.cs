using System.Globalization;

namespace ForensicHeads.Experiments.Protocols;

/// <summary>Runs leave-one-generator-out, or leave-one-collection-out, for a detector and the baselines beside it, and sums up.</summary>
public static class Generalisation
{
    /// <summary>Clips that a generator or collection needs for an AUC of its own.</summary>
    public const int LeastClips = 2;

    /// <summary>Name of the baseline that chooses the subset.</summary>
    public const string ContainerOnly = "container_only";

    /// <summary>Runs everything.</summary>
    /// <param name="rule">What is left out.</param>
    /// <param name="clips">The clips.</param>
    /// <param name="options">Folds and seed.</param>
    /// <param name="families">The detector's families, for the record.</param>
    /// <param name="stores">Content hashes of the stores.</param>
    /// <param name="scorers">The detector first, then the baselines.</param>
    /// <param name="remarks">What a reader must know of this run, such as a baseline that was left out; stands first among the
    /// notes.</param>
    /// <param name="progress">Rounds done.</param>
    /// <param name="cancellation">Stops between rounds.</param>
    /// <returns>The summary, and every scorer's scores by name.</returns>
    public static (GeneralisationResults Results, IReadOnlyDictionary<string, IReadOnlyList<RoundScore>> Scores) Run(
        LeaveOneOut rule, ClipSet clips, ProtocolOptions options, IReadOnlyList<string> families, IReadOnlyList<string> stores,
            IReadOnlyList<IClipScorer> scorers, IReadOnlyList<string>? remarks = null, IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(scorers);
        var rounds = rule.Plan([.. clips.Clips, .. clips.Copies], options.Folds, options.Seed);
        var scores = new Dictionary<string, IReadOnlyList<RoundScore>>(StringComparer.Ordinal);
        var results = new List<ScorerResult>();
        foreach (var scorer in scorers)
        {
            var (values, choices) = LeaveOneOut.Run(rounds, scorer, options.Seed, progress, cancellation);
            scores.Add(scorer.Name, values);
            results.Add(Summary(rule, scorer, values, choices, LeastClips));
        }

        var margins = Margins(scorers, scores, results, LeastClips);
        var real = clips.Clips.Where(clip => !clip.Generated).ToArray();
        return (new GeneralisationResults
        {
            Protocol = rule.Protocol,
            LeavesOut = rule.Noun,
            Statement = Statement(rule, results[0], margins),
            Options = options,
            Stores = stores,
            Families = families,
            RealClips = real.Length,
            RealPeople = real.Select(clip => clip.Identity).Distinct().Count(),
            GeneratedClips = clips.Clips.Count - real.Length,
            LeastTraining =
                [rounds.Min(round => round.Train.Count(clip => !clip.Generated)),
                rounds.Min(round => round.Train.Count(clip => clip.Generated))],
            LeftOut = clips.LeftOut,
            NearDuplicates = clips.NearDuplicates,
            Notes = [.. remarks ?? [], .. Notes(rule, results[0])],
            Scorers = results,
            Margins = margins,
            Groups = Groups(clips.Clips, scores),
            Verdicts = VerdictShares.Of([.. scores[scorers[0].Name].Select(Video)]),
            Subset = Subset(rule, scorers, scores),
        }, scores);
    }

    // Whatever its length, a clip is a video; only a single frame would get no word.
    private static RoundVideo Video(RoundScore score) => new(score.LeftOut, score.Fold, new VideoScore(score.Identity, score.Clip,
        score.Generated ? FrameOrigin.MadeBy(score.Generator) : FrameOrigin.Real, score.Score, 0, Frames: 2));

    private static ScorerResult Summary(LeaveOneOut rule, IClipScorer scorer, IReadOnlyList<RoundScore> scores,
        IReadOnlyList<RoundChoice> choices, int leastClips)
    {
        var byGenerator = GeneratorTable.Of(scores, leastClips, score => score.Generator);
        var generators = Rows(byGenerator, score => score.Generator);
        if (!rule.KeepsCollections)
            return new ScorerResult(scorer.Name, scorer.Description, TwoWayMean.Rate(byGenerator.Values), generators, choices);
        var table = GeneratorTable.Of(scores, leastClips);
        return new ScorerResult(scorer.Name, scorer.Description, TwoWayMean.Rate(table.Values), generators, choices)
        {
            MacroOfGenerators = TwoWayMean.Rate(byGenerator.Values),
            Collections = Rows(table, score => score.LeftOut),
        };

        GeneratorAuc[] Rows(GeneratorTable of, Func<RoundScore, string> row) =>
            [.. scores.Where(score => score.Generated).GroupBy(row).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
            {
                var count = group.Select(score => score.Clip).Distinct().Count();
                return new GeneratorAuc(group.Key, count, of.Generators.Contains(group.Key) ? TwoWayMean.Rate(of.ByFakePerson(group.Key))
                    : Estimate.Undefined($"{count} of at least {leastClips} clips"));
            })];
    }

    private static MarginRow[] Margins(IReadOnlyList<IClipScorer> scorers, Dictionary<string, IReadOnlyList<RoundScore>> scores,
        List<ScorerResult> results, int leastClips)
    {
        if (results.Count < 2 || results[0].Macro.Value is null) return [];
        var detector = GeneratorTable.Of(scores[scorers[0].Name], leastClips);
        var rivals = scorers.Where(scorer => scorer.IsRival).Select(scorer => scorer.Name).ToHashSet(StringComparer.Ordinal);
        var best = results.Skip(1).Where(result => rivals.Contains(result.Name)).MaxBy(result => result.Macro.Value)?.Name;
        return [.. results.Skip(1)
            .Select(result =>
                new MarginRow(result.Name, result.Name == best,
            TwoWayMean.Difference(detector.Minus(GeneratorTable.Of(scores[result.Name], leastClips)))))];
    }

    private static GroupCase[] Groups(IReadOnlyList<Clip> clips, Dictionary<string, IReadOnlyList<RoundScore>> scores)
    {
        var cases = new List<GroupCase>();
        foreach (var group in clips.Where(clip => clip.Group.Length > 0).GroupBy(clip => clip.Group)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var real = group.Where(clip => !clip.Generated).Select(clip => clip.Id).ToHashSet(StringComparer.Ordinal);
            if (real.Count == 0) continue;
            foreach (var fake in group.Where(clip => clip.Generated))
                cases.Add(new GroupCase(group.Key, fake.Generator!, fake.Id, real.Count,
                    scores.ToDictionary(pair => pair.Key, pair => Won(pair.Value, fake, real))));
        }

        return [.. cases];
    }

    private static double Won(IReadOnlyList<RoundScore> scores, Clip fake, HashSet<string> real)
    {
        var own = scores.Where(score => score.Clip == fake.Id).ToDictionary(score => score.Fold, score => score.Score);
        var left = scores.First(score => score.Clip == fake.Id).LeftOut;
        return scores.Where(score => score.LeftOut == left && real.Contains(score.Clip))
            .Average(score => own[score.Fold] > score.Score ? 1 : own[score.Fold] == score.Score ? 0.5 : 0);
    }

    // The headline's generators or collections, on the clips inside the window; one clip is enough for a row here.
    private static SubsetResult? Subset(LeaveOneOut rule, IReadOnlyList<IClipScorer> scorers,
        Dictionary<string, IReadOnlyList<RoundScore>> scores)
    {
        if (!scores.TryGetValue(ContainerOnly, out var container)) return null;
        var headline = GeneratorTable.Of(container, LeastClips).Generators.ToHashSet(StringComparer.Ordinal);
        var eligible = container.Where(score => headline.Contains(score.LeftOut)).ToArray();
        if (OverlapSubset.Choose(eligible) is not { } window) return null;
        var inside = scores.ToDictionary(pair => pair.Key,
            pair => (IReadOnlyList<RoundScore>)[.. pair.Value.Where(
                score => headline.Contains(score.LeftOut) && window.Clips.Contains(score.Clip))]);
        var results = scorers.Select(scorer => Summary(rule, scorer, inside[scorer.Name], [], 1)).ToList();
        var chosen = inside[ContainerOnly].DistinctBy(score => score.Clip).ToArray();
        return new SubsetResult(
            "clips inside the widest window of cross-fitted container_only scores, as ranks among the real clips of their round, in "
                + "which the macro AUC of container_only is 0.50 ± 0.05; chosen from container_only alone",
            window.Low, window.High, chosen.Count(score => !score.Generated),
                chosen.Where(score => !score.Generated).Select(score => score.Identity).Distinct().Count(),
            chosen.Count(score => score.Generated), results, Margins(scorers, inside, results, 1));
    }

    private static string Statement(LeaveOneOut rule, ScorerResult detector, MarginRow[] margins)
    {
        var macro = Text(detector.Macro, NumberText.Rate);
        var best = margins.FirstOrDefault(margin => margin.IsBest);
        return best is null
            ? $"Macro AUC {macro} on {rule.Noun}s never trained on; no baseline was run beside it."
            : $"Macro AUC {macro} on {rule.Noun}s never trained on, {Text(best.Difference, NumberText.Difference)} over the best of the "
            + $"{NumberText.Count(margins.Length, "baseline", "baselines")} that ran ({best.Baseline}).";
    }

    private static string Text(Estimate estimate, Func<double?, string> format) =>
        $"{format(estimate.Value)} [{format(estimate.Low)}, {format(estimate.High)}]";

    private static string[] Notes(LeaveOneOut rule, ScorerResult detector)
    {
        var rows = (detector.Collections ?? detector.Generators).Count(row => row.Clips >= LeastClips);
        string[] basis =
        [
            string.Create(CultureInfo.InvariantCulture,
                $"The macro mean counts {rows} {rule.Noun}s with at least {LeastClips} clips; the others train, and their clips stand in "
                + $"scores.parquet and among the groups."),
            "Scores of two rounds come from two models and are never compared; a generated clip is set against each real clip in the "
                + "round that left that person out.",
        ];
        return rows >= 10 ? basis : [.. basis, $"With {rows} {rule.Noun}s the two-way interval is wide by necessity."];
    }
}
