using System.Globalization;

namespace ForensicHeads.Cli.Scoring;

/// <summary>How a detector did in the rounds of its training, on what each of them left out.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Macro">Mean AUC over the generators or collections left out, two-way interval.</param>
/// <param name="MacroOfGenerators">Mean AUC over generators, likewise.</param>
/// <param name="Generators">Each generator with two clips or more.</param>
/// <param name="Verdicts">The words that these clips would get; null with too few.</param>
/// <param name="Scores">Every round's clips.</param>
internal sealed record RoundFigures(string Protocol, Estimate Macro, Estimate MacroOfGenerators, IReadOnlyList<GeneratorAuc> Generators,
    VerdictShares? Verdicts, IReadOnlyList<RoundScore> Scores)
{
    /// <summary>The figures; null without rounds.</summary>
    public static RoundFigures? Of(LeaveOneOut? rule, TrainingOutcome outcome)
    {
        if (rule is null) return null;
        RoundScore[] scores = [.. outcome.Rounds.Select(one =>
            new RoundScore(one.LeftOut, one.Fold, one.Video.Video, one.Video.Identity, one.Video.Generated, one.Video.Score)
            {
                Generator = one.Video.Origin.Generator ?? one.LeftOut,
            })];
        var byGenerator = GeneratorTable.Of(scores, Generalisation.LeastClips, score => score.Generator);
        return new RoundFigures(rule.Protocol, TwoWayMean.Rate(GeneratorTable.Of(scores, Generalisation.LeastClips).Values),
            TwoWayMean.Rate(byGenerator.Values),
            [.. byGenerator.Generators.Select(generator => new GeneratorAuc(generator,
                scores.Where(score => score.Generated && score.Generator == generator).Select(score => score.Clip).Distinct().Count(),
                TwoWayMean.Rate(byGenerator.ByFakePerson(generator))))],
            outcome.Shares, scores);
    }

    /// <summary>Lines for the terminal.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{Protocol}: macro AUC {Text(Macro)}; over generators {Text(MacroOfGenerators)}";
        foreach (var one in Generators)
            yield return string.Create(CultureInfo.InvariantCulture, $"  {one.Generator,-20} AUC {Text(one.Auc)}, {one.Clips} clips");
        if (Verdicts is not { } shares) yield break;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"  words: {shares.GeneratedClips} generated clips: '{Verdict.Generated}' {100 * shares.GeneratedCalledGenerated:0.0} %, "
            + $"'{Verdict.Real}' {100 * shares.GeneratedCalledReal:0.0} %; {shares.RealClips} real clips: "
            + $"{100 * shares.RealCalledGenerated:0.0} % and {100 * shares.RealCalledReal:0.0} %");
        yield return string.Create(CultureInfo.InvariantCulture,
            $"  Cllr {shares.Cllr:0.000} (saying nothing costs 1), Cllr_min {shares.CllrMin:0.000}");
    }

    private static string Text(Estimate estimate) => estimate.Low is null
        ? string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:0.000}")
        : string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:0.000} [{estimate.Low:0.000}, {estimate.High:0.000}]");
}
