using ScottPlot;

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

/// <summary>Where detectability comes from: each step's bar runs from the area of the step before it to its own.</summary>
internal sealed class WaterfallFigure : Figure
{
    private static readonly string[] Parts =
        [Generators.The<Passthrough>().Step, Generators.The<Reconstruction>().Step, Generators.FewShot.Step];

    public override string Kind => "waterfall";

    public override string Title(FigureTable table) => "What detectability is made of";

    public override string Caption(FigureTable table) =>
        "AUC of each step against the same real items; a bar runs from the step before it. Starts at chance. Condition "
            + $"{table.Text(0, "condition")}, " +
        $"{table.Text(0, "level")} level, {FigureCounts.Of(table)}. Lines: 95 % intervals over people. pipeline: the output path alone; "
            + "decoder: an auto-encoder; few-shot: the rest.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var before = 0.5;
        for (var row = 0; row < table.Rows.Count; row++)
        {
            if (table.Number(row, "auc") is not { } auc) continue;
            var colour = FigureStyle.Colour(Array.IndexOf(Parts, table.Text(row, "part")) is var part and >= 0 ? part : 2);
            var bar = plot.Add.Bar(new Bar
            {
                Position = row,
                ValueBase = before,
                Value = auc,
                FillColor = colour.WithAlpha(0.55),
                LineColor = colour,
                LineWidth = 2,
                Size = 0.62
            });
            bar.Axes.YAxis = plot.Axes.Left;
            if (row > 0)
            {
                var link = plot.Add.Line(row - 0.69, before, row - 0.31, before);
                link.LineColor = FigureStyle.Muted;
                link.LineWidth = 1.2f;
                link.MarkerSize = 0;
            }

            var top = auc;
            if (table.Number(row, "ci_low") is { } low && table.Number(row, "ci_high") is { } high)
            {
                var interval = plot.Add.Line(row, low, row, high);
                interval.LineColor = FigureStyle.Ink;
                interval.LineWidth = 1.8f;
                interval.MarkerSize = 0;
                top = high;
            }

            FigureStyle.Label(plot, row, Math.Max(top, before) + 0.015, NumberText.Prose(auc), FigureStyle.Ink, Alignment.LowerCenter, 15);
            before = auc;
        }

        // Between the last two bars, where no interval runs through the word.
        FigureStyle.Chance(plot, -0.6, table.Rows.Count - 0.4, table.Rows.Count < 2 ? null : table.Rows.Count - 1.5);
        FigureStyle.Ticks(
            plot.Axes.Bottom, Enumerable.Range(0, table.Rows.Count).Select(row => ((double)row, Tick(table.Text(row, "name")))));
        FigureStyle.Unit(plot.Axes.Left);
        plot.Axes.SetLimits(-0.6, table.Rows.Count - 0.4, -0.03, 1.17);
        plot.YLabel("AUC");
        plot.Title(FigureCounts.Of(table));
        // Colours alone would not survive grey print: each part is named above its bars.
        for (var part = 0; part < Parts.Length; part++)
        {
            var own = Enumerable.Range(0, table.Rows.Count).Where(row => table.Text(row, "part") == Parts[part]).ToArray();
            if (own.Length > 0) FigureStyle.Label(
                plot, own.Average(), 1.13, Parts[part], FigureStyle.TextColour(part), Alignment.MiddleCenter, 15);
        }
    }

    private static string Tick(string name) => FigureStyle.Broken(name).Replace(' ', '\n');
}
