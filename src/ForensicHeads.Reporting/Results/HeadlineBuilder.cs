using System.Globalization;
namespace ForensicHeads.Reporting.Results;

/// <summary>Writes the report's first sentences from its numbers, by rules fixed before anything is scored.</summary>
public static class HeadlineBuilder
{
    /// <summary>The headline of one condition, level, mode and arm. A failed gate comes before everything else.</summary>
    public static Headline Build(ExperimentResults results, string condition, Level level, Method mode, Arm? arm)
    {
        AccuracyRow[] Of(string detector, string name) =>
            [.. results.AccuracyPerShot.Where(row => row.Detector == detector && row.Condition == name && row.Level == level
                && row.Mode == mode && (row.Arm == arm || row.Arm is null)).OrderBy(row => row.Shots)];
        var rows = Of(Detectors.Artefact, condition);
        (string, AccuracyRow[])[] curves = [.. Detectors.All.All.Where(entry => entry.HasHeadline)
            .Select(entry => (entry.Name, Rows: Of(entry.Name, condition))).Where(curve => curve.Rows.Length > 0)];
        var people = rows.Length == 0 ? 0 : rows.Max(row => row.NIdentities);
        var scope = string.Create(CultureInfo.InvariantCulture,
            $"(condition {condition}, {level.Text()} level, {(arm is not null ? $"arm {arm.Text()}, " : "")}n = {people} people, n = "
                + $"{results.Counts.NGenerators} {(results.Counts.NGenerators == 1 ? "generator" : "generators")})");
        return new Headline
        {
            Statement =
                string.Join(" ", new[] { Unsound(results.Controls), Answer(results.Contrasts), Curve(curves, mode) }
                    .Where(part => part.Length > 0))
                + $" {scope}.{(condition == Clean ? "" : Beside(Of(Detectors.Artefact, Clean)))}",
            Condition = condition,
            Level = level,
            Arm = arm,
            NIdentities = people,
            NGenerators = results.Counts.NGenerators,
        };
    }

    /// <summary>The condition that is always printed beside the headline's.</summary>
    private const string Clean = "clean";

    private static string Unsound(Controls controls)
    {
        var failed = controls.Run().Where(control => control.Result is { Bound: not null, Passed: not true })
            .Select(control => $"{control.Name} (must hold: {control.Result.Bound})").ToArray();
        return failed.Length == 0 ? ""
            : $"this experiment is unsound, so no number below counts: the control{(failed.Length == 1 ? "" : "s")} "
                + $"{string.Join(" and ", failed)} {(failed.Length == 1 ? "does" : "do")} not hold.";
    }

    // One of four sentences for each detector: an interval that merely holds 0 is no sign that there is nothing.
    private static string Answer(IReadOnlyList<ContrastRow> contrasts)
    {
        string[] sentences = [.. contrasts.Where(row => row.Primary).Select(Sentence)];
        return sentences.Length > 0 ? string.Join(" ", sentences)
            : "whether shot count matters is unknown, since fewer than two shot counts were scored.";
    }

    private static string Sentence(ContrastRow row)
    {
        var who = $"the detector '{row.Detector}'";
        string Moves(double? by, double? low, double? high) =>
            $"by {NumberText.Interval(by, low, high, NumberText.Prose)} from T = {row.FewestShots} to {row.MostShots}";
        var seen = NumberText.Interval(row.Difference, row.CiLow, row.CiHigh, NumberText.ProseDifference);
        var power = $"(it could have shown {NumberText.Prose(row.SmallestShown)} with 80 % power)";
        return row.Answer switch
        {
            ContrastAnswer.Above =>
                $"more shots make it harder for {who}: AUC falls {Moves(row.Difference, row.CiLow, row.CiHigh)} {power}.",
            ContrastAnswer.Below =>
                $"more shots make it easier for {who}: AUC rises {Moves(-row.Difference, -row.CiHigh, -row.CiLow)} {power}.",
            ContrastAnswer.Equivalent =>
                $"shot count does not matter to {who}: the difference is smaller than {NumberText.Prose(row.Margin)} ({seen}) {power}.",
            _ => $"this experiment cannot tell whether shot count matters to {who}: it could have shown a difference of "
                + $"{NumberText.Prose(row.SmallestShown)} (80 % power), and saw {seen}.",
        };
    }

    private static string Beside(AccuracyRow[] clean) => clean.Length == 0 ? ""
        : $" In condition {Clean}, by '{Detectors.Artefact}': AUC {Areas(clean)}.";

    private static string Areas(AccuracyRow[] rows) =>
        string.Join(", ",
            rows.Select(row =>
                FormattableString.Invariant(
            $"{NumberText.Prose(row.Auc)} [{NumberText.Prose(row.AucCiLow)}, {NumberText.Prose(row.AucCiHigh)}] at T = {row.Shots}")));

    private static string Curve((string Detector, AccuracyRow[] Rows)[] curves, Method mode)
    {
        if (curves.Length == 0) return "No few-shot fakes were scored";
        var name = mode.Mode switch { Mode.Ft => "Fine-tuned heads", Mode.Ff => "Feed-forward heads", _ => $"Fakes of the kind {mode}" };
        return $"{name} from T shots are told from real frames "
            + string.Join("; ", curves.Select(curve => $"by '{curve.Detector}' with AUC {Areas(curve.Rows)}"));
    }
}
