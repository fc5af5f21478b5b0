using System.Text.Json.Serialization;

namespace ForensicHeads.Reporting.Sections.Surface;

/// <summary>The attacker's shots against the defender's references: what a detector that knows the person reaches.</summary>
internal sealed class SurfaceSection : IReportSection
{
    public string Title => "Attacker's shots, defender's references";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new AreaGridFigure("surface", "Shots against references", "A detector that holds R pictures of the person, on heads made from T.",
            ("references", "references R of the defender"), ("shots", "shots T of the attacker")),
        new ShotFigure("surface-per-shot", "AUC per shot count, by references", "", "A line for each number of pictures R that the "
            + "detector holds of the person.", 0.5),
    ];

    public IEnumerable<FigureTable> Tables(ExperimentResults results)
    {
        var headline = results.Headline;
        SurfaceRow[] drawn = [.. results.Surface.Where(row => row.Level == headline.Level && row.Condition == headline.Condition
            && (row.Arm == headline.Arm || row.Arm is null))];
        return drawn.GroupBy(row => row.Mode).SelectMany(mode => new[]
        {
            FigureTable.Of($"surface.{FigureTable.Slug($"{mode.Key}-{headline.Condition}")}",
                ["references", "shots", "auc", "ci_low", "ci_high", "n_identities"],
                mode.Select(row => new object?[] { row.References, row.Shots, row.Auc, row.CiLow, row.CiHigh, row.NIdentities })),
            FigureTable.Of($"surface-per-shot.{FigureTable.Slug($"{mode.Key}-{headline.Condition}")}", ShotFigure.Columns,
                mode.Select(row => new object?[]
                {
                    $"R = {NumberText.Count(row.References)}", row.Shots, row.Auc, row.CiLow, row.CiHigh, row.Condition, row.Level, row.Arm,
                    row.Detector, row.NIdentities, null, null,
                })),
        });
    }

    public string Html(SectionPage page) => page.Results.Surface.Count == 0 ? "" : page.Pictures;
}

/// <summary>What a detector that holds R pictures of each person reaches on heads made from T shots.</summary>
public sealed record SurfaceRow
{
    /// <summary>The detector.</summary>
    public required string Detector { get; init; }

    /// <summary>The condition of the questioned clips.</summary>
    public required string Condition { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required Level Level { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>.</summary>
    public required Method Mode { get; init; }

    /// <summary>The arm of fine-tuning; null for feed-forward heads.</summary>
    [JsonConverter(typeof(ArmJson))]
    public Arm? Arm { get; init; }

    /// <summary>T.</summary>
    public required int Shots { get; init; }

    /// <summary>R.</summary>
    public required int References { get; init; }

    /// <summary>Area under the ROC curve.</summary>
    public double? Auc { get; init; }

    /// <summary>Lower 95 % limit.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Test people of whom R pictures are held.</summary>
    public int NIdentities { get; init; }

    /// <summary>The surface of each condition, mode and arm at one level.</summary>
    /// <param name="scored">Test people's items by number of references.</param>
    /// <param name="level">The headline's.</param>
    public static IReadOnlyList<SurfaceRow> Of(IEnumerable<(int References, ScoredItem Item)> scored, Level level)
    {
        var all = scored.Where(one => one.Item.Level == level).ToArray();
        return
        [
            .. from known in all.GroupBy(one => (one.Item.Detector, one.Item.Condition, one.References))
               let real = known.Where(one => !one.Item.Generated).Select(one => one.Item.Clustered).ToArray()
               from heads in known.Where(one => one.Item is { Generated: true, Shots: not null, Mode.IsHead: true })
                   .GroupBy(one => (Mode: one.Item.Mode!.Value, one.Item.Arm, Shots: one.Item.Shots!.Value))
               orderby known.Key.Condition, heads.Key.Mode, heads.Key.Arm, known.Key.References, heads.Key.Shots
               let auc = ClusteredAuc.Interval([.. real, .. heads.Select(one => one.Item.Clustered)])
               select new SurfaceRow
               {
                   Detector = known.Key.Detector,
                   Condition = known.Key.Condition,
                   Level = level,
                   Mode = heads.Key.Mode,
                   Arm = heads.Key.Arm,
                   Shots = heads.Key.Shots,
                   References = known.Key.References,
                   Auc = auc.Value,
                   CiLow = auc.Low,
                   CiHigh = auc.High,
                   NIdentities = auc.Identities,
               },
        ];
    }
}
