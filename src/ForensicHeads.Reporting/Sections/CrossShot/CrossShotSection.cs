using System.Text.Json.Serialization;

namespace ForensicHeads.Reporting.Sections.CrossShot;

/// <summary>Train shots × test shots. Its figures stand among those without a section of their own.</summary>
internal sealed class CrossShotSection : IReportSection
{
    public string Title => "Train shots and test shots";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new AreaGridFigure("cross-shot", "Trained on one shot count, tested on another",
            "Detectors trained on one shot count alone.", ("train_shots", "shots trained on"), ("test_shots", "shots tested on")),
    ];

    public IEnumerable<FigureTable> Tables(ExperimentResults results) =>
        results.CrossShot.GroupBy(row => (row.Mode, row.Arm)).Select(group =>
    {
        var (mode, arm) = group.Key;
        var several = results.CrossShot.Any(row => row.Mode == mode && row.Arm != arm);
        return FigureTable.Of(
            $"cross-shot.{FigureTable.Slug(several ? $"{mode}-{arm.Text()}" : $"{mode}")}",
                ["train_shots", "test_shots", "auc", "ci_low", "ci_high", "n_identities"],
            group.Select(row =>
                new object?[] { row.TrainShots, row.TestShots, row.Auc, row.CiLow, row.CiHigh, results.Counts.NIdentities }));
    });

    public IEnumerable<FigureFile> Shown(IReadOnlyList<FigureFile> drawn) => [];

    public string Html(SectionPage page) => "";
}

/// <summary>A cell of the train-shots × test-shots matrix.</summary>
public sealed record CrossShotRow
{
    /// <summary>Shot count the detector was trained on.</summary>
    public required int TrainShots { get; init; }

    /// <summary>Shot count it was tested on.</summary>
    public required int TestShots { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>.</summary>
    public required Method Mode { get; init; }

    /// <summary><c>epochs</c> or <c>updates</c>; empty where the budget of fine-tuning plays no part.</summary>
    [JsonConverter(typeof(ArmJson))]
    public Arm? Arm { get; init; }

    /// <summary>Area under the ROC curve.</summary>
    public double? Auc { get; init; }

    /// <summary>Lower 95 % limit.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>The matrix of each mode and arm.</summary>
    /// <param name="scored">What a detector trained on one shot count says, by mode, arm and that count.</param>
    /// <param name="shots">Shot counts tested.</param>
    /// <param name="condition">The headline's.</param>
    public static IReadOnlyList<CrossShotRow> Of(
        IEnumerable<(Method Mode, Arm? Arm, int TrainShots, IReadOnlyList<ScoredItem> Items)> scored, IReadOnlyList<int> shots,
            string condition) =>
            [.. scored.GroupBy(scores => (scores.Mode, scores.Arm, scores.TrainShots)).SelectMany(group => shots.Select(test =>
        {
            bool IsTested(ScoredItem item) =>
                !item.Generated || (item.Mode == group.Key.Mode && item.Arm == group.Key.Arm && item.Shots == test);
            var items = group.SelectMany(fold => fold.Items).Where(item => item.Condition == condition && IsTested(item));
            var auc = ClusteredAuc.Interval(items.Select(item => item.Clustered));
            return new CrossShotRow
            {
                Mode = group.Key.Mode,
                Arm = group.Key.Arm,
                TrainShots = group.Key.TrainShots,
                TestShots = test,
                Auc = auc.Value,
                CiLow = auc.Low,
                CiHigh = auc.High,
            };
        }))];
}
