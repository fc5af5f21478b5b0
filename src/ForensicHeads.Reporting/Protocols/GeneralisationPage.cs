using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Protocols.ProtocolParts;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Protocols;

/// <summary>The page of leave-one-generator-out and leave-one-collection-out: one file, no network, the answer first.</summary>
internal static class GeneralisationPage
{
    internal static string Compose(GeneralisationResults results, ProtocolFacts facts, IReadOnlyList<FigureFile> figures)
    {
        string Figure(string kind) => PageParts.Gallery(figures.Where(figure => figure.Name == kind));
        var title = $"Leave one {results.LeavesOut} out";
        return PageParts.Head(title) + PageParts.Heading($"{title}: a detector on {results.LeavesOut}s it never saw")
            + PageParts.Answer(results.Statement) + First(results) + Alert(results)
            + PageParts.Gallery(figures.Where(figure => figure.Name is "unseen-scorers" or "unseen-margins"))
            + PageParts.Sections(
                [
            ("Macro mean and margins", Scorers(results.Scorers, results.Margins, "") + Note(
                $"Macro mean: every {results.LeavesOut} weighs one, every real person weighs one. Intervals and margins are two-way, over "
                    + $"{results.LeavesOut}s and real people, and paired by both. What counts is the margin over the best baseline; "
                    + "that the best "
                    + "was chosen after the fact is not in its interval.")),
            .. results.Scorers[0].Collections is null ? Array.Empty<(string, string)>()
                : [("By collection", Rows(results, "collection", "collections", scorer => scorer.Collections!) + Of(results))],
            ("By generator", Figure("unseen-generators") + Rows(results, "generator", "generators", scorer => scorer.Generators)),
            .. results.Verdicts is { } verdicts ? [("Verdicts on what was never seen", Verdicts(verdicts, results.LeavesOut))]
                : Array.Empty<(string, string)>(),
            ("Matched groups", Groups(results)),
            ("Where the container tells nothing", Subset(results)),
            ("Left out", LeftOut(results.LeftOut) + NearDuplicates(results.NearDuplicates)),
            ("Scope", Scope(results)),
        ]) + Ending(results.Stores, facts);
    }

    private static string First(GeneralisationResults results)
    {
        var rows = results.Scorers[0].Collections ?? results.Scorers[0].Generators;
        var counted = rows.Count(row => row.Auc.Value is not null);
        return PageParts.Facts(
        [
            $"{Number("real_clips", Count(results.RealClips))} real clips of n = {Number("real_people", Count(results.RealPeople))} people",
            $"{Number("generated_clips", Count(results.GeneratedClips))} generated clips",
            $"n = {Escape(Count(counted))} {results.LeavesOut}s counted, of {Escape(Count(rows.Count))}",
            $"{Escape(Count(results.Scorers.Count - 1, "baseline", "baselines"))}",
            $"left out: {Escape(Count(results.LeftOut.Count, "clip", "clips"))}",
            .. results.LeastTraining.Count == 2
            ? [$"least a round learnt from: {Number("least_training[0]", Count(results.LeastTraining[0]))} real, "
            + $"{Number("least_training[1]", Count(results.LeastTraining[1]))} generated"] : Array.Empty<string>(),
        ]);
    }

    private static string Alert(GeneralisationResults results)
    {
        var best = results.Margins.FirstOrDefault(margin => margin.IsBest);
        string?[] words =
        [
            best is null
                ? "No baseline was run: nothing says that the number is more than what the file's container or seven global statistics "
                + "would reach." : null,
            best is { Difference.Low: <= 0 }
                ? $"The interval of the margin over the best baseline ({best.Baseline}) holds 0: it is not shown that the detector "
                + "carries further than that." : null,
            results.Subset is null && results.Scorers.Any(scorer => scorer.Name == "container_only") ? SubsetResult.None : null,
        ];
        return Alerts(words.OfType<string>());
    }

    private static string Scorers(IReadOnlyList<ScorerResult> scorers, IReadOnlyList<MarginRow> margins, string under) => Table(
        ["scorer", "macro AUC [95 %]", "detector minus it [95 %]", "what it sees"],
        scorers.Select((scorer, i) =>
        {
            var margin = margins.Select((row, at) => (Row: row, At: at)).FirstOrDefault(entry => entry.Row.Baseline == scorer.Name);
            return (IEnumerable<string>)
            [
                $"<b>{Escape(scorer.Name)}</b>", Cell($"{under}scorers[{i}].macro", scorer.Macro, Rate),
                margin.Row is null ? "" : Cell($"{under}margins[{margin.At}].difference", margin.Row.Difference, Difference)
                    + (margin.Row.IsBest ? " <b>counts</b>" : ""), $"<div class=\"wrap\">{Escape(scorer.Description)}</div>",
            ];
        }));

    private static string Rows(GeneralisationResults results, string noun, string key,
        Func<ScorerResult, IReadOnlyList<GeneratorAuc>> rows) => Table(
        [noun, "clips", "n", .. results.Scorers.Select(scorer => $"{Escape(scorer.Name)} [95 %]")],
        rows(results.Scorers[0]).Select((row, g) => (IEnumerable<string>)
        [
            Escape(row.Generator), Number($"scorers[0].{key}[{g}].clips", Count(row.Clips)),
                Number($"scorers[0].{key}[{g}].auc.identities", Count(row.Auc.Identities)),
            .. results.Scorers.Select((scorer, s) =>
            {
                var at = Enumerable.Range(0, rows(scorer).Count).First(i => rows(scorer)[i].Generator == row.Generator);
                return Cell($"scorers[{s}].{key}[{at}].auc", rows(scorer)[at].Auc, Rate);
            }),
        ])) + Note(
        $"n: the people whom the {noun} shows or the real people, whichever are fewer. They decide how wide the interval is; with two "
        + $"it is as wide as it gets. A dash: too few clips for an AUC of its own; such a {noun} is only trained on.");

    private static string Verdicts(VerdictShares shares, string noun) => Table(
        ["clips", "number", "consistent with generated", "inconclusive", "consistent with real"],
        [
            [Label.Real.Text(), Number("verdicts.real_clips", Count(shares.RealClips)),
                Number("verdicts.real_called_generated", Rate(shares.RealCalledGenerated)),
                Escape(Rate(1 - shares.RealCalledGenerated - shares.RealCalledReal)),
                Number("verdicts.real_called_real", Rate(shares.RealCalledReal))],
            [Label.Generated.Text(), Number("verdicts.generated_clips", Count(shares.GeneratedClips)),
                Number("verdicts.generated_called_generated", Rate(shares.GeneratedCalledGenerated)),
                Escape(Rate(1 - shares.GeneratedCalledGenerated - shares.GeneratedCalledReal)),
                Number("verdicts.generated_called_real", Rate(shares.GeneratedCalledReal))],
        ]) + $"<p>Cllr {Number("verdicts.cllr", Rate(shares.Cllr))} (saying nothing costs 1), Cllr_min "
            + $"{Number("verdicts.cllr_min", Rate(shares.CllrMin))}.</p>\n" + Note(
            $"Shares of clips, of the detector. The calibrator of each round is fitted on rounds that left out another {noun} and other "
            + "people, so that no clip is judged by what was learnt or calibrated on its like.");

    private static string Of(GeneralisationResults results) =>
        "<p>Mean over generators instead: " + string.Join(", ", results.Scorers.Select((scorer, i) =>
            $"{Escape(scorer.Name)} {Cell($"scorers[{i}].macro_of_generators", scorer.MacroOfGenerators!, Rate)}")) + ".</p>\n";

    private static string Groups(GeneralisationResults results) =>
        results.Groups.Count == 0 ? Note("No group holds both a real and a generated clip.") : Table(
            ["group", "generator", "real clips", .. results.Scorers.Select(scorer => Escape(scorer.Name))],
        results.Groups.Select((one, g) => (IEnumerable<string>)
        [
            Escape(one.Group), Escape(one.Generator), Number($"groups[{g}].real_clips", Count(one.RealClips)),
            .. results.Scorers.Select(scorer => Number($"groups[{g}].won.{scorer.Name}", Rate(one.Won[scorer.Name]))),
        ])) + Note(
            "The case study: a generated clip against the real clips of its own group, which is the same footage. The share of those that "
        + "score below it, ties half: 1 is right, 0 is wrong. So few clips have no interval.");

    private static string Subset(GeneralisationResults results) =>
        results.Subset is not { } subset
        ? Note(results.Scorers.Any(scorer => scorer.Name == "container_only") ? SubsetResult.None
        : "The baseline container_only was not run.") :
        $"<p>{Number("subset.real_clips", Count(subset.RealClips))} real clips of "
            + $"{Number("subset.real_people", Count(subset.RealPeople))} people and "
            + $"{Number("subset.generated_clips", Count(subset.GeneratedClips))} generated clips: {Escape(subset.Rule)}. "
        + $"The window holds clips whose container score is above those of {Number("subset.low", Rate(subset.Low))} to "
        + $"{Number("subset.high", Rate(subset.High))} of a round's real clips (as a share; mean over a clip's rounds).</p>\n"
        + Scorers(subset.Scorers, subset.Margins, "subset.");

    private static string Scope(GeneralisationResults results) => Bullets(results.Notes)
        + $"<p>Detector: {Escape(string.Join(", ", results.Families))}. {Sampling(results.Options)}</p>\n"
        + Note("The numbers speak of these generators, these real people and their cameras and codecs, and of detectors trained anew in "
        + "every round; they are no error rate of any one detector that is shipped or saved.");
}
