using System.Globalization;
namespace ForensicHeads.Reporting.Results;

/// <summary>Writes the report's first sentences from its numbers, by rules fixed before anything is scored.</summary>
public static class HeadlineBuilder
{
    /// <summary>The fixed wording where AUC(t0) − AUC(t_all) cannot be told from 0.</summary>
    public const string NoEffect = "shot count did not matter to this detector";

    /// <summary>The headline of one condition, level, mode and arm. A failed gate comes before everything else.</summary>
    public static Headline Build(ExperimentResults results, string condition, Level level, Method mode, Arm? arm)
    {
        AccuracyRow[] Under(string name) =>
            [.. results.AccuracyPerShot
            .Where(row => row.Detector == Detectors.Aware && row.Condition == name && row.Level == level && row.Mode == mode
            && (row.Arm == arm || row.Arm is null)).OrderBy(row => row.Shots)];
        var rows = Under(condition);
        var (nobody, everything) = (Generators.The<NobodysHead>().Name, Generators.The<HeadOfEverything>().Name);
        var outer = results.Comparisons.FirstOrDefault(row => row.Quantity == "auc" && row.First == nobody
            && (row.Second == everything || row.Second == $"{everything} ({arm.Text()})") && row.Condition == condition
            && row.Level == level);
        var people = rows.Length == 0 ? outer?.NIdentities ?? 0 : rows.Max(row => row.NIdentities);
        var scope = string.Create(CultureInfo.InvariantCulture,
            $"(condition {condition}, {level.Text()} level, {(arm is not null ? $"arm {arm.Text()}, " : "")}n = {people} people, n = "
                + $"{results.Counts.NGenerators} {(results.Counts.NGenerators == 1 ? "generator" : "generators")})");
        return new Headline
        {
            Statement =
                string.Join(" ", new[] { Unsound(results.Controls), Anchored(outer), Curve(rows, mode) }.Where(part => part.Length > 0))
                + $" {scope}.{(condition == Clean ? "" : Beside(Under(Clean)))}",
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
            : $"this experiment is unsound, so no number below counts: the control {string.Join(" and ", failed)} does not hold.";
    }

    private static string Anchored(ComparisonRow? outer)
    {
        if (outer?.CiLow is not { } low || outer.CiHigh is not { } high || outer.Difference is not { } difference)
            return "whether shot count mattered is unknown, since the anchors t0 and t_all were not both scored.";
        var numbers = string.Create(CultureInfo.InvariantCulture,
            $"AUC(t0) − AUC(t_all) = {NumberText.ProseDifference(difference)} [{NumberText.ProseDifference(low)}, "
            + $"{NumberText.ProseDifference(high)}]");
        return low <= 0 && high >= 0 ? $"{NoEffect}. Its {numbers}." : $"shot count can matter to this detector: {numbers}.";
    }

    private static string Beside(AccuracyRow[] clean) => clean.Length == 0 ? "" : $" In condition {Clean}: AUC {Areas(clean)}.";

    private static string Areas(AccuracyRow[] rows) =>
        string.Join(", ",
            rows.Select(row =>
                FormattableString.Invariant(
            $"{NumberText.Prose(row.Auc)} [{NumberText.Prose(row.AucCiLow)}, {NumberText.Prose(row.AucCiHigh)}] at T = {row.Shots}")));

    private static string Curve(AccuracyRow[] rows, Method mode)
    {
        if (rows.Length == 0) return "No few-shot fakes were scored";
        var name = mode.Mode switch { Mode.Ft => "Fine-tuned heads", Mode.Ff => "Feed-forward heads", _ => $"Fakes of the kind {mode}" };
        return $"{name} from T shots are told from real frames with AUC {Areas(rows)}";
    }
}
