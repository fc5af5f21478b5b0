namespace ForensicHeads.Reporting.Sections.Waterfall;

/// <summary>Where detectability comes from. Its figure stands among those without a section of their own.</summary>
internal sealed class WaterfallSection : IReportSection
{
    public string Title => "Waterfall";

    public IReadOnlyList<Figure> Figures { get; } = [new WaterfallFigure()];

    public IEnumerable<FigureTable> Tables(ExperimentResults results) => results.Waterfall.Count == 0 ? [] :
    [
        FigureTable.Of("waterfall", ["name", "part", "auc", "ci_low", "ci_high", "condition", "level", "n_identities"], results.Waterfall
            .Select(step => new object?[]
        {
            step.Name, step.Part, step.Auc, step.CiLow, step.CiHigh, results.Headline.Condition, results.Headline.Level,
            results.Headline.NIdentities,
        })),
    ];

    public IEnumerable<FigureFile> Shown(IReadOnlyList<FigureFile> drawn) => [];

    public string Html(SectionPage page) => "";
}

/// <summary>A step from "nothing is fake but the file path" to "the worst fake".</summary>
/// <param name="Name">An anchor, or <c>ft 32</c> and so on.</param>
/// <param name="Part"><c>pipeline</c>, <c>decoder</c> or <c>few-shot</c>: what the step adds.</param>
/// <param name="Auc">Area against the same real items.</param>
/// <param name="CiLow">Lower 95 % limit.</param>
/// <param name="CiHigh">Upper 95 % limit.</param>
public sealed record WaterfallStep(string Name, string Part, double? Auc, double? CiLow, double? CiHigh)
{
    /// <summary>From nothing fake but the file path to nobody's face: the steps of one condition, level, mode and arm; steps that were not
    /// run are left out.</summary>
    public static IReadOnlyList<WaterfallStep> Of(
        IReadOnlyList<AnchorRow> anchors, IReadOnlyList<AccuracyRow> rows, string condition, Level level, Method mode, Arm? arm)
    {
        IEnumerable<WaterfallStep> Anchor(GeneratorEntry anchor) => anchors.Where(row =>
            row.Name == anchor.Name && (row.Arm == arm || row.Arm is null) && row.Condition == condition && row.Level == level)
            .Select(row => new WaterfallStep(anchor.Name, anchor.Step, row.Auc, row.CiLow, row.CiHigh));
        var shots = rows.Where(row => row.Condition == condition && row.Level == level && row.Mode == mode
            && (row.Arm == arm || row.Arm is null)).OrderByDescending(row => row.Shots)
            .Select(row => new WaterfallStep($"{mode} {row.Shots}", Generators.FewShot.Step, row.Auc, row.AucCiLow, row.AucCiHigh));
        return
        [
            .. Anchor(Generators.The<Passthrough>()), .. Anchor(Generators.The<Reconstruction>()),
            .. Anchor(Generators.The<HeadOfEverything>()),
            .. shots, .. Anchor(Generators.The<NobodysHead>()),
        ];
    }
}
