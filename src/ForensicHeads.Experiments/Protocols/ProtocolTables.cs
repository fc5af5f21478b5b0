using System.Globalization;
using System.Text;

namespace ForensicHeads.Experiments.Protocols;

/// <summary>The results of a protocol as Markdown tables.</summary>
internal static class ProtocolTables
{
    public static string Of(GeneralisationResults results)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"# {results.Protocol}").AppendLine()
            .AppendLine(results.Statement).AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{results.RealClips} real clips of {results.RealPeople} people, {results.GeneratedClips} generated clips; "
            + $"{results.LeftOut.Count} left out. Seed {results.Options.Seed}.").AppendLine();
        Scorers(text, results.Scorers, results.Margins);
        if (results.Scorers[0].Collections is not null)
        {
            Rows("collection", scorer => scorer.Collections!);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| mean over generators | | {string.Join(" | ", results.Scorers.Select(
                    scorer => Text(scorer.MacroOfGenerators!, NumberText.Rate)))} |").AppendLine();
        }

        Rows("generator", scorer => scorer.Generators);
        if (results.Verdicts is { } said) text.AppendLine().AppendLine("## Verdicts on what was never seen").AppendLine().AppendLine(
            CultureInfo.InvariantCulture,
            $"Of {said.GeneratedClips} generated clips {said.GeneratedCalledReal:P0} consistent with real, "
            + $"{said.GeneratedCalledGenerated:P0} with generated; of {said.RealClips} real clips {said.RealCalledGenerated:P0} consistent "
            + $"with generated, {said.RealCalledReal:P0} with real; the rest inconclusive. Cllr {NumberText.Rate(said.Cllr)}, Cllr_min "
            + $"{NumberText.Rate(said.CllrMin)}.");
        text.AppendLine().AppendLine("## Matched groups").AppendLine();
        text.AppendLine("Share of the group's real clips that score below the generated clip.").AppendLine();
        text.AppendLine("| group | generator | real clips | " + string.Join(" | ", results.Scorers.Select(scorer => scorer.Name)) + " |")
            .AppendLine("|---|---|---|" + string.Concat(results.Scorers.Select(_ => "---|")));
        foreach (var one in results.Groups)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {one.Group} | {one.Generator} | {one.RealClips} | "
                + $"{string.Join(" | ", results.Scorers.Select(scorer => NumberText.Rate(one.Won[scorer.Name])))} |");
        text.AppendLine().AppendLine("## Where the container tells nothing").AppendLine();
        if (results.Subset is { } subset)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{subset.RealClips} real clips of {subset.RealPeople} people and {subset.GeneratedClips} generated clips: {subset.Rule}.")
                .AppendLine();
            Scorers(text, subset.Scorers, subset.Margins);
        }
        else
        {
            text.AppendLine(SubsetResult.None).AppendLine();
        }

        Ending(text, results.NearDuplicates, results.Notes);
        return text.ToString().ReplaceLineEndings("\n");

        void Rows(string noun, Func<ScorerResult, IReadOnlyList<GeneratorAuc>> rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"## By {noun}").AppendLine();
            text.AppendLine($"| {noun} | clips | " + string.Join(" | ", results.Scorers.Select(scorer => scorer.Name)) + " |")
                .AppendLine("|---|---|" + string.Concat(results.Scorers.Select(_ => "---|")));
            foreach (var row in rows(results.Scorers[0]))
            {
                var cells = results.Scorers.Select(
                    scorer => Text(rows(scorer).First(other => other.Generator == row.Generator).Auc, NumberText.Rate));
                text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Generator} | {row.Clips} | {string.Join(" | ", cells)} |");
            }
        }
    }

    public static string Of(CrossResults results)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"# {results.Protocol}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"AUC of clips, interval by identity; {results.RealPeople} people in {results.Options.Folds} folds; {results.LeftOut.Count} "
            + $"clips left out; rows train, columns test. Seed {results.Options.Seed}.").AppendLine();
        text.AppendLine("| trained on | " + string.Join(" | ", results.Slices) + " |")
            .AppendLine("|---|" + string.Concat(results.Slices.Select(_ => "---|")));
        foreach (var train in results.Slices)
        {
            var row = results.Slices.Select(test => results.Cells.First(cell => cell.Train == train && cell.Test == test).Auc);
            text.AppendLine($"| {train} | {string.Join(" | ", row.Select(auc => Text(auc, NumberText.Rate)))} |");
        }

        text.AppendLine().AppendLine("## Beside the baselines").AppendLine();
        text.AppendLine("| trained on | tested on | people | real clips | generated clips | detector |"
            + string.Concat(results.Baselines.Select(baseline => $" {baseline.Name} |")))
            .AppendLine("|---|---|---|---|---|---|" + string.Concat(results.Baselines.Select(_ => "---|")));
        foreach (var (cell, i) in results.Cells.Select((cell, i) => (cell, i)))
        {
            var aucs = new[] { cell.Auc }.Concat(results.Baselines.Select(baseline => baseline.Cells[i].Auc))
                .Select(auc => Text(auc, NumberText.Rate));
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {cell.Train} | {cell.Test} | {cell.Auc.Identities} | {cell.RealClips} | {cell.GeneratedClips} | "
                + $"{string.Join(" | ", aucs)} |");
        }

        text.AppendLine();
        foreach (var baseline in results.Baselines) text.AppendLine(
            CultureInfo.InvariantCulture, $"* {baseline.Name}: {baseline.Description}");
        Ending(text, results.NearDuplicates, results.Notes);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Ending(StringBuilder text, IReadOnlyList<string> nearDuplicates, IReadOnlyList<string> notes)
    {
        foreach (var pair in nearDuplicates) text.AppendLine(CultureInfo.InvariantCulture, $"* kept on one side: {pair}");
        foreach (var note in notes) text.AppendLine(CultureInfo.InvariantCulture, $"* {note}");
    }

    private static void Scorers(StringBuilder text, IReadOnlyList<ScorerResult> scorers, IReadOnlyList<MarginRow> margins)
    {
        text.AppendLine("| scorer | macro AUC | detector minus it |").AppendLine("|---|---|---|");
        foreach (var scorer in scorers)
        {
            var margin = margins.FirstOrDefault(row => row.Baseline == scorer.Name);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {scorer.Name} | {Text(scorer.Macro, NumberText.Rate)} | "
                + $"{(margin is null ? "" : Text(margin.Difference, NumberText.Difference) + (margin.IsBest ? " (counts)" : ""))} |");
        }

        text.AppendLine();
    }

    private static string Text(Estimate estimate, Func<double?, string> format) =>
        estimate.Value is null ? NumberText.Undefined : $"{format(estimate.Value)} [{format(estimate.Low)}, {format(estimate.High)}]";
}
