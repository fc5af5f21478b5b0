using System.Text.Json.Serialization;

namespace ForensicHeads.Reporting.Sections.Robustness;

/// <summary>One step of the robustness ladder on both classes or on one, under the eyes of a detector that did not learn under that step
/// alone.</summary>
public sealed record RobustnessRow
{
    /// <summary>The step that changes nothing.</summary>
    public const string Untouched = "clean";

    /// <summary>Applied to nothing.</summary>
    public const string None = "none";

    /// <summary>Applied to both classes: how much detection suffers.</summary>
    public const string Both = "both";

    /// <summary>Applied to true frames alone: how readily they are taken for generated.</summary>
    public static string Real { get; } = Label.Real.Text();

    /// <summary>Applied to generated frames alone: how well it hides them, or gives them away.</summary>
    public static string Generated { get; } = Label.Generated.Text();

    /// <summary>The detector.</summary>
    public required string Detector { get; init; }

    /// <summary>The step, <c>jpeg-90</c> …</summary>
    public required string Step { get; init; }

    /// <summary><c>none</c>, <c>both</c>, <c>real</c> or <c>generated</c>.</summary>
    public required string AppliedTo { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required Level Level { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>, all shot counts together.</summary>
    public required Method Mode { get; init; }

    /// <summary>Budget of fine-tuning; empty where it plays no part.</summary>
    [JsonConverter(typeof(ArmJson))]
    public required Arm? Arm { get; init; }

    /// <summary>Area under the ROC curve.</summary>
    public double? Auc { get; init; }

    /// <summary>Lower 95 % limit.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Share of generated items called generated, at the threshold fixed before.</summary>
    public double? Tpr { get; init; }

    /// <summary>Share of real items called real, at that threshold.</summary>
    public double? Tnr { get; init; }

    /// <summary>How much the step changed true frames: mean PSNR in dB, at most 100; null for the untouched.</summary>
    public double? PsnrReal { get; init; }

    /// <summary>How much it changed generated frames.</summary>
    public double? PsnrGenerated { get; init; }

    /// <summary>Test people.</summary>
    public int NIdentities { get; init; }

    /// <summary>One row for each detector, mode and arm at one level; folds of one step are pooled.</summary>
    public static IReadOnlyList<RobustnessRow> Of(IReadOnlyList<RobustnessScores> scores, Level level) =>
        [.. scores.Where(part => part.Items.Count > 0).GroupBy(part => (Detector: part.Items[0].Detector, part.Step, part.AppliedTo))
            .SelectMany(group =>
        {
            var items = group.SelectMany(part => part.Items).Where(item => item.Level == level).ToArray();
            var real = items.Where(item => !item.Generated).ToArray();
            return items.Where(item => item is { Generated: true, Origin.IsHead: true })
                .GroupBy(item => (Mode: item.Mode!.Value, item.Arm)).OrderBy(cell => cell.Key.Mode).ThenBy(cell => cell.Key.Arm)
                .Select(cell =>
            {
                ScoredItem[] both = [.. real, .. cell];
                var auc = ClusteredAuc.Interval(both.Select(item => item.Clustered));
                return new RobustnessRow
                {
                    Detector = group.Key.Detector,
                    Step = group.Key.Step,
                    AppliedTo = group.Key.AppliedTo,
                    Level = level,
                    Mode = cell.Key.Mode,
                    Arm = cell.Key.Arm,
                    Auc = auc.Value,
                    CiLow = auc.Low,
                    CiHigh = auc.High,
                    Tpr = cell.Average(item => item.Score > 0 ? 1.0 : 0),
                    Tnr = real.Length == 0 ? null : real.Average(item => item.Score <= 0 ? 1.0 : 0),
                    PsnrReal = Mean(group.SelectMany(part => part.PsnrReal)),
                    PsnrGenerated = Mean(group.SelectMany(part => part.PsnrGenerated)),
                    NIdentities = both.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count(),
                };
            });
        })];

    private static double? Mean(IEnumerable<double> values) => values.Any() ? values.Average() : null;
}

/// <summary>What one detector says of true and few-shot frames under one step of the robustness ladder.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="AppliedTo">The classes it was applied to: see <see cref="RobustnessRow"/>.</param>
/// <param name="Items">Scored frames and videos of one detector; the threshold is 0.</param>
/// <param name="PsnrReal">dB of every true frame against itself before the step; empty where nothing was changed.</param>
/// <param name="PsnrGenerated">dB of every generated frame.</param>
public sealed record RobustnessScores(string Step, string AppliedTo, IReadOnlyList<ScoredItem> Items, IReadOnlyList<double> PsnrReal,
    IReadOnlyList<double> PsnrGenerated);
